"""Better landmark labels than one look of the teacher gives: the median of what YuNet sees in ten views of a picture.

    python scripts/train/landmarks_labels.py PREFIX OUT --yunet yunet_n_640_640.onnx

PREFIX is what `detector_labels.py` wrote; OUT gets the same rows with the points replaced (the pictures are linked). A
view is the picture or its mirror at one of five scales. Prints how far one look lies from another and from the median,
in interocular distances: what no student of one look can go below.
"""
import argparse
import json
import multiprocessing
import os
import pathlib

import cv2
import numpy as np

from landmarks_train import MIRROR

SCALES = (.45, .6, .8, 1, 1.25)
LEAST = 6  # views that must have the face


class Views:
    """What YuNet sees of a face in ten views of its picture."""

    def __init__(self, model):
        self.model = model
        self.yunet = {}

    def look(self, picture, face):
        """The five points [5,2] of the detection whose centre is nearest to the label's, or None if none is near."""
        size = picture.shape[1::-1]
        if size not in self.yunet:
            self.yunet[size] = cv2.FaceDetectorYN.create(self.model, "", size, .5, .3, 50)
        found = self.yunet[size].detect(picture)[1]
        if found is None:
            return None
        centre = face[:2] + face[2:4] / 2
        best = min(found, key=lambda f: np.abs(f[:2] + f[2:4] / 2 - centre).max())
        if np.abs(best[:2] + best[2:4] / 2 - centre).max() > .25 * face[2:4].max():
            return None
        return best[4:14].reshape(5, 2)

    def __call__(self, original, face):
        """The points seen in each view [10,5,2], in pixels of the picture; rows of views without the face are NaN."""
        points = np.full((2 * len(SCALES), 5, 2), np.nan, np.float32)
        for mirrored in range(2):
            side = original.shape[1]
            picture = np.ascontiguousarray(original[:, ::-1] if mirrored else original)
            box = np.r_[side - face[0] - face[2], face[1:4]] if mirrored else face[:4]
            for k, scale in enumerate(SCALES):
                small = picture if scale == 1 else cv2.resize(
                    picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
                p = self.look(small, box * scale)
                if p is not None:
                    p = (p + .5) / scale - .5
                    points[mirrored * len(SCALES) + k] = p[MIRROR] * [-1, 1] + [side - 1, 0] if mirrored else p
        return points


def median(points):
    """The median view [...,5,2] of views [...,10,5,2], and whether enough of them have the face."""
    middle = np.nanmedian(points, -3)
    seen = np.isfinite(points[..., 0, 0]).sum(-1)
    return middle, (seen >= LEAST) & np.isfinite(middle).all((-2, -1))


def start(path, model):
    global views, pictures
    cv2.setNumThreads(1)
    views, pictures = Views(model), np.load(path, mmap_mode="r")


def work(job):
    return views(pictures[job[0]], job[1])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("prefix")
    p.add_argument("out")
    p.add_argument("--yunet", required=True)
    p.add_argument("--workers", type=int, default=2)
    a = p.parse_args()
    faces = np.load(a.prefix + "_y.npy")
    with multiprocessing.get_context("spawn").Pool(a.workers, start, (a.prefix + "_x.npy", a.yunet)) as pool:
        points = np.stack(pool.map(work, list(enumerate(faces)), chunksize=64))
    middle, good = median(points)
    eyes = np.linalg.norm(middle[:, 0] - middle[:, 1], axis=1)
    spread = lambda one, two: round(float(np.nanmedian(np.linalg.norm(one - two, axis=-1).mean(-1) / eyes)), 4)
    print(json.dumps({
        "faces": len(faces), "usedMedian": int(good.sum()), "mirrorFromPicture": spread(points[:, 8], points[:, 3]),
        "pictureFromMedian": spread(points[:, 3], middle),
        "scaleFromMedian": {s: spread(points[:, k], middle) for k, s in enumerate(SCALES)}}))
    faces[good, 4:14] = middle[good].reshape(-1, 10)
    np.save(a.out + "_y.npy", faces)
    linked = pathlib.Path(a.out + "_x.npy")
    if not linked.exists():
        os.symlink(pathlib.Path(a.prefix + "_x.npy").resolve(), linked)


if __name__ == "__main__":
    main()
