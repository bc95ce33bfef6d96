"""Make the liveness training set: live crops, simulated fakes, and what the teacher says of each.

    python scripts/train/liveness_data.py FACES OUT --teacher minifas128.onnx --count 16000

FACES is the prefix `detector_labels.py` wrote. Writes OUT_x.npy (uint8 [N,128,128,3] RGB), OUT_y.npy (uint8: 1 live,
0 fake) and OUT_t.npy (float32: the teacher's logit for live). A third of the pictures is live; the fakes are screens
and prints in equal parts. Crops are the square of 1.5 times the longer side of the face's box, border reflected, with
some jitter, as the appliance cuts them.
"""
import argparse

import cv2
import numpy as np
import onnxruntime as ort

import liveness_recapture as recapture

SIDE = 128
WORK = 160  # fakes are made finer than they are shown


def crop(image, face, side=SIDE, scale=1.5, shift=(0, 0)):
    """The square around a face (x, y, width, height), uint8 BGR."""
    x, y, w, h = face[:4]
    s = scale * max(w, h)
    cx, cy = x + w / 2 + shift[0] * s, y + h / 2 + shift[1] * s
    k = side / s
    m = np.array([[k, 0, side / 2 - cx * k], [0, k, side / 2 - cy * k]])
    if k < .6:
        image = cv2.GaussianBlur(image, (0, 0), .4 / k)
    return cv2.warpAffine(image, m, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


class Teacher:
    """Logit for live of uint8 RGB crops [N,128,128,3]."""

    def __init__(self, path):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(path, options)

    def __call__(self, x):
        out = self.session.run(None, {"input": np.ascontiguousarray(x.transpose(0, 3, 1, 2).astype(np.float32) / 255)})[0]
        return out[:, 0] - out[:, 1]


def example(rng, image, face):
    """(uint8 BGR crop, live?)."""
    jitter = dict(scale=1.5 * np.exp(rng.normal(0, .06)), shift=rng.normal(0, .02, 2))
    x = crop(image, face, WORK, **jitter).astype(np.float32) / 255
    if rng.random() < .5:
        x = x[:, ::-1]
    live = rng.random() < 1 / 3
    x = np.ascontiguousarray(x)
    if not live:
        if rng.random() < .5:
            x = recapture.camera(rng, x).astype(np.float32) / 255  # the picture shown was once taken, too
        x = recapture.screen(rng, x) if rng.random() < .5 else recapture.paper(rng, x)
    x = cv2.resize(np.asarray(x, np.float32), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return recapture.camera(rng, x), live


def main():
    p = argparse.ArgumentParser()
    p.add_argument("faces")
    p.add_argument("out")
    p.add_argument("--teacher", required=True)
    p.add_argument("--count", type=int, default=12000)
    p.add_argument("--seed", type=int, default=4)
    a = p.parse_args()
    cv2.setNumThreads(1)
    rng, teacher = np.random.default_rng(a.seed), Teacher(a.teacher)
    pictures, faces = np.load(a.faces + "_x.npy", mmap_mode="r"), np.load(a.faces + "_y.npy")
    x = np.lib.format.open_memmap(a.out + "_x.npy", "w+", np.uint8, (a.count, SIDE, SIDE, 3))
    y, t = np.zeros(a.count, np.uint8), np.zeros(a.count, np.float32)
    for k in range(a.count):
        i = int(rng.integers(len(pictures)))
        picture, y[k] = example(rng, pictures[i], faces[i])
        x[k] = picture[..., ::-1]
        if k % 64 == 63:
            t[k - 63:k + 1] = teacher(x[k - 63:k + 1])
    rest = a.count % 64
    if rest:
        t[-rest:] = teacher(x[-rest:])
    x.flush()
    np.save(a.out + "_y.npy", y)
    np.save(a.out + "_t.npy", t)
    print("live %.3f; the teacher says live of %.3f of the live and %.3f of the fakes"
          % (y.mean(), (t[y == 1] > 0).mean(), (t[y == 0] > 0).mean()))


if __name__ == "__main__":
    main()
