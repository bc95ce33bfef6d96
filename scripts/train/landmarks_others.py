"""What the detector takes for faces and is none, for the landmark network to learn to refuse.

    python scripts/train/landmarks_others.py PREFIX OUT --detector models/lintel-detect

PREFIX is what `detector_labels.py` wrote. The detector looks at faceless pictures (`faceless.py`), crops of them
turned and recoloured, enlarged by up to two or shrunk; its finds of a score of 0.25 and more go to OUT_n.npy: uint8
[N,96,96,3] BGR, each in a square of 2.2 times the longer side of its box.
"""
import argparse

import cv2
import numpy as np

from detector_pack import Detector
from faceless import Faceless
from landmarks_train import REACH

SIDE = 96


def cut(image, box):
    """The square around a box in corners."""
    side = max(box[2] - box[0], box[3] - box[1]) * REACH
    shrink = max(1, round(side / SIDE))
    s = SIDE * shrink / side
    cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    half = (SIDE * shrink - 1) / 2
    m = np.array([[s, 0, half - s * cx], [0, s, half - s * cy]], np.float32)
    big = cv2.warpAffine(image, m, (SIDE * shrink, SIDE * shrink), borderMode=cv2.BORDER_REFLECT_101)
    return cv2.resize(big, (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("prefix")
    p.add_argument("out")
    p.add_argument("--detector", required=True)
    p.add_argument("--count", type=int, default=12000, help="crops looked at")
    p.add_argument("--least", type=float, default=.25)
    p.add_argument("--seed", type=int, default=3)
    a = p.parse_args()
    cv2.setNumThreads(1)
    detector, faceless, rng, found = Detector(a.detector), Faceless(a.prefix), np.random.default_rng(a.seed), []
    for _ in range(a.count):
        crop = faceless.crop(rng, int(rng.choice([160, 320, 416])))
        side = int(rng.choice([224, 320]))
        image = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA if side < len(crop) else cv2.INTER_LINEAR)
        found += [cut(image, f[:4]) for f in detector(image, a.least)]
    if not found:
        raise SystemExit("the detector took nothing for a face: look at more crops (--count), or lower --least")
    np.save(a.out + "_n.npy", np.stack(found))
    print(len(found), "finds in", a.count, "crops")


if __name__ == "__main__":
    main()
