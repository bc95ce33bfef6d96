"""Aligned crops of a folder of pictures, and the teachers' embeddings of them.

align    IMAGES OUT_PREFIX --yunet FILE [--landmarks PACK] [--margin 8] [--pairs FILE]
         writes OUT_x.npy uint8 [N,S,S,3] BGR and OUT_n.txt (names); --pairs keeps to the pictures of LFW's pairs.
         With --landmarks the five points are placed as the box places them: a student that is to see such crops should
         learn from such crops. The rows are the same as without, so that the teachers' embeddings fit both.
teach    PREFIX NAME --teacher FILE --kind mbf|mobilefacenet [--mirror]
         writes PREFIX_NAME.npy float32 [N,D] as it goes: first the unit embedding of every image, then, with --mirror,
         that of its mirror added to it. A row of zeros is not done yet: the trainer can start before the teacher ends,
         and the same command goes on where it was stopped.
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

_detector, _landmarks = None, None
TEACHERS = {  # mean and standard deviation of the RGB input, 0..255
    "mbf": ([127.5] * 3, [127.5] * 3),
    "mobilefacenet": ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375]),
}


def _start(yunet, landmarks):
    global _detector, _landmarks
    cv2.setNumThreads(1)
    _detector = common.open_yunet(yunet)
    _landmarks = common.Landmarks(landmarks) if landmarks else None


def _crop(job):
    path, margin = job
    image = cv2.imread(str(path))
    if image is None:
        return None
    face = common.central(common.detect(_detector, image), image.shape)
    if face is None:
        return None
    return common.align(image, _landmarks(image, face[:4]) if _landmarks else face[4:14].reshape(5, 2), margin)


def in_pairs(path):
    """Stems of the pictures that an LFW pairs file names."""
    out = set()
    for line in path.read_text().splitlines()[1:]:
        t = line.split()
        out.add("%s_%04d" % (t[0], int(t[1])))
        out.add("%s_%04d" % (t[-2] if len(t) == 4 else t[0], int(t[-1])))
    return out


def align_folder(folder, out, yunet, landmarks, margin, pairs=None, workers=2):
    files, start = common.images(folder), time.time()
    if pairs:
        wanted = in_pairs(pairs)
        files = [f for f in files if f.stem in wanted]
    crops, names = [], []
    with multiprocessing.get_context("spawn").Pool(workers, _start, (str(yunet), landmarks)) as pool:
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
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.disable_quant_qdq", "1")  # unpack int8 weights once, not at each run
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


def teach(prefix, name, teacher, kind, mirror):
    run, x, start = open_teacher(teacher, kind), np.load(prefix + "_x.npy", mmap_mode="r"), time.time()
    m, path = (x.shape[1] - common.CROP) // 2, pathlib.Path(prefix + "_" + name + ".npy")
    if not path.exists():
        width = run(x[:1, m:m + common.CROP, m:m + common.CROP]).shape[1]
        np.lib.format.open_memmap(path, "w+", np.float32, (len(x), width)).flush()
    out = np.load(path, mmap_mode="r+")
    for turn in range(2 if mirror else 1):
        for i in range(0, len(x), 32):
            length = np.linalg.norm(out[i:i + 32], axis=1)
            if turn == 0 and length.all() or turn == 1 and (np.abs(length - 1) > 1e-4).all():
                continue
            crops = x[i:i + 32, m:m + common.CROP, m:m + common.CROP]
            out[i:i + 32] += run(crops[:, :, ::-1] if turn else crops)
            if i % 3200 == 0:
                print("mirror" if turn else "image", i, "of", len(x), "%.0f s" % (time.time() - start), flush=True)
    out.flush()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(dest="command", required=True)
    a = sub.add_parser("align")
    a.add_argument("images", type=pathlib.Path)
    a.add_argument("out")
    a.add_argument("--yunet", required=True)
    a.add_argument("--landmarks", help="landmark pack of the box")
    a.add_argument("--margin", type=int, default=8)
    a.add_argument("--pairs", type=pathlib.Path)
    t = sub.add_parser("teach")
    t.add_argument("prefix")
    t.add_argument("name")
    t.add_argument("--teacher", required=True)
    t.add_argument("--kind", choices=TEACHERS, required=True)
    t.add_argument("--mirror", action="store_true", help="add the embedding of the mirrored image")
    a = p.parse_args()
    if a.command == "align":
        align_folder(a.images, a.out, a.yunet, a.landmarks, a.margin, a.pairs)
    else:
        teach(a.prefix, a.name, a.teacher, a.kind, a.mirror)


if __name__ == "__main__":
    main()
