"""Aligned crops of a folder of pictures, and the teachers' embeddings of them.

align    IMAGES OUT_PREFIX --yunet FILE [--margin 8]   writes OUT_x.npy uint8 [N,S,S,3] BGR and OUT_n.txt (names)
teach    PREFIX NAME --teacher FILE --kind mbf|mobilefacenet
         writes PREFIX_NAME.npy float16 [N,D]: the sum of the unit embeddings of the image and of its mirror, made unit
Crops are cut with a margin so that the trainer can shift, turn and scale them over real pixels; the teachers see the
central 112x112.
"""
import argparse
import multiprocessing
import pathlib
import time

import cv2
import numpy as np

import common

_detector = None
TEACHERS = {  # mean and standard deviation of the RGB input, 0..255
    "mbf": ([127.5] * 3, [127.5] * 3),
    "mobilefacenet": ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375]),
}


def _start(yunet):
    global _detector
    cv2.setNumThreads(1)
    _detector = common.open_yunet(yunet)


def _crop(job):
    path, margin = job
    image = cv2.imread(str(path))
    if image is None:
        return None
    face = common.central(common.detect(_detector, image), image.shape)
    return None if face is None else common.align(image, face[4:14].reshape(5, 2), margin)


def align_folder(folder, out, yunet, margin, workers=2):
    files, start = common.images(folder), time.time()
    crops, names = [], []
    with multiprocessing.Pool(workers, _start, (str(yunet),)) as pool:
        for i, crop in enumerate(pool.imap(_crop, [(f, margin) for f in files], chunksize=64)):
            if crop is not None:
                crops.append(crop)
                names.append(str(files[i].relative_to(folder)))
            if i % 5000 == 4999:
                print(i + 1, "of", len(files), "%.0f s" % (time.time() - start), flush=True)
    np.save(out + "_x.npy", np.stack(crops))
    pathlib.Path(out + "_n.txt").write_text("\n".join(names))
    print(len(crops), "faces in", len(files), "pictures, %.0f s" % (time.time() - start), flush=True)


def open_teacher(path, kind):
    """A function from BGR crops uint8 [N,112,112,3] to unit embeddings float32 [N,D]."""
    import onnxruntime as ort
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    key, fixed = session.get_inputs()[0].name, session.get_inputs()[0].shape[0] == 1
    mean, std = (np.array(v, np.float32) for v in TEACHERS[kind])

    def run(crops):
        x = np.ascontiguousarray(((crops[..., ::-1].astype(np.float32) - mean) / std).transpose(0, 3, 1, 2))
        parts = [session.run(None, {key: x[i:i + 1]})[0] for i in range(len(x))] if fixed else \
            [session.run(None, {key: x})[0]]
        e = np.concatenate(parts)
        return e / np.linalg.norm(e, axis=1, keepdims=True)

    return run


def teach(prefix, name, teacher, kind, mirror=True):
    run, x, start, out = open_teacher(teacher, kind), np.load(prefix + "_x.npy", mmap_mode="r"), time.time(), []
    m = (x.shape[1] - common.CROP) // 2
    for i in range(0, len(x), 32):
        crops = x[i:i + 32, m:m + common.CROP, m:m + common.CROP]
        e = run(crops)
        if mirror:
            e = e + run(crops[:, :, ::-1])
        out.append(e / np.linalg.norm(e, axis=1, keepdims=True))
        if i % 3200 == 0:
            print(i, "of", len(x), "%.0f s" % (time.time() - start), flush=True)
    np.save(prefix + "_" + name + ".npy", np.concatenate(out).astype(np.float16))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(dest="command", required=True)
    a = sub.add_parser("align")
    a.add_argument("images", type=pathlib.Path)
    a.add_argument("out")
    a.add_argument("--yunet", required=True)
    a.add_argument("--margin", type=int, default=8)
    t = sub.add_parser("teach")
    t.add_argument("prefix")
    t.add_argument("name")
    t.add_argument("--teacher", required=True)
    t.add_argument("--kind", choices=TEACHERS, required=True)
    t.add_argument("--plain", action="store_true", help="the image alone, without its mirror")
    a = p.parse_args()
    if a.command == "align":
        align_folder(a.images, a.out, a.yunet, a.margin)
    else:
        teach(a.prefix, a.name, a.teacher, a.kind, not a.plain)


if __name__ == "__main__":
    main()
