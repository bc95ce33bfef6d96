"""Golden outputs of the shipped detector, for the Java tests.

    python scripts/train/detector_golden.py --pack models/lintel-detect --faces src/test/resources/faces \
        --out src/test/resources/golden

Writes detector-input.png (two composite faces, 192x128) and detector.json.
"""
import argparse
import json
import pathlib

import cv2
import numpy as np

from detections import NAMES
from detector_pack import Detector


def scene(folder):
    """Two composite portraits (4:5) of different size on a grey canvas, 192 wide and 128 high."""
    canvas = np.full((128, 192, 3), 114, np.uint8)
    for name, side, x, y in (("01-a.jpg", 96, 4, 4), ("02-a.jpg", 56, 122, 40)):
        face = cv2.imread(str(folder / name))
        canvas[y:y + side * 5 // 4, x:x + side] = cv2.resize(face, (side, side * 5 // 4), interpolation=cv2.INTER_AREA)
    return canvas


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--pack", required=True, type=pathlib.Path)
    p.add_argument("--faces", required=True, type=pathlib.Path)
    p.add_argument("--out", required=True, type=pathlib.Path)
    a = p.parse_args()
    detector, image = Detector(a.pack), scene(a.faces)
    cv2.imwrite(str(a.out / "detector-input.png"), image)
    manifest, out, found = detector.manifest, detector.outputs(image), detector(image)
    faces = [{"box": [round(float(v), 3) for v in (f[0], f[1], f[2] - f[0], f[3] - f[1])],
              "landmarks": [round(float(v), 3) for v in f[4:14]], "score": round(float(f[14]), 5)} for f in found]
    golden = {"id": manifest["id"], "tolerance": 1e-3, "file": "detector-input.png", "threshold": manifest["threshold"],
              "suppression": .35, "faces": faces,
              "outputs": {n: [round(float(v), 5) for v in out[n].reshape(-1)] for n in NAMES}}
    (a.out / "detector.json").write_text(json.dumps(golden) + "\n")
    print(len(faces), "faces")


if __name__ == "__main__":
    main()
