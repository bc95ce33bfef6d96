"""Label tight face photographs with YuNet: one box, five landmarks and a score for each picture.

Each picture is seen once, clean, at its own size inside a grey border, where the teacher is at its best. Pictures with no face or with
a second one are left out.

    python scripts/train/detector_labels.py IMAGE_DIR OUT_PREFIX --teacher yunet_n_640_640.onnx --count 24000

Writes OUT_PREFIX_x.npy (uint8 [N,224,224,3] BGR) and OUT_PREFIX_y.npy (float32 [N,14]: x, y, width, height, then
x, y of right eye, left eye, nose, right and left corner of the mouth, as seen in the picture from left to right).
"""
import argparse
import pathlib
import random

import cv2
import numpy as np

SIDE = 224
BORDER = 48


def label(teacher, image, least):
    """The one face of `image` as 14 numbers, or None."""
    padded = cv2.copyMakeBorder(image, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=(114, 114, 114))
    teacher.setInputSize((padded.shape[1], padded.shape[0]))
    faces = teacher.detect(padded)[1]
    if faces is None or len(faces) != 1 or faces[0][14] < least:
        return None
    face = faces[0][:14].copy()
    face[[0, 1]] -= BORDER
    face[4:14] -= BORDER
    return face


def main():
    p = argparse.ArgumentParser()
    p.add_argument("images", type=pathlib.Path)
    p.add_argument("out")
    p.add_argument("--teacher", required=True)
    p.add_argument("--count", type=int, default=24000, help="how many pictures to look at, drawn at random")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    cv2.setNumThreads(1)
    teacher = cv2.FaceDetectorYN.create(a.teacher, "", (320, 320), .5, .3, 50)
    files = sorted(a.images.rglob("*.jpg"))
    random.Random(a.seed).shuffle(files)
    pictures, faces = [], []
    for f in files[:a.count]:
        image = cv2.imread(str(f))
        if image is None:
            continue
        if image.shape[:2] != (SIDE, SIDE):
            image = cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        face = label(teacher, image, .7)
        if face is not None:
            pictures.append(image)
            faces.append(face)
    np.save(a.out + "_x.npy", np.stack(pictures))
    np.save(a.out + "_y.npy", np.stack(faces))
    print(len(pictures), "of", min(a.count, len(files)), "labelled")


if __name__ == "__main__":
    main()
