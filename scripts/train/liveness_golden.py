"""Golden outputs of the shipped liveness network, for the Java tests.

    python scripts/train/liveness_golden.py --pack models/lintel-live --out src/test/resources/golden

Two squares of detector-input.png (`detector_golden.py`), as they are and with their channels the other way round; writes liveness.json.
"""
import argparse
import json
import pathlib

import cv2
import numpy as np
import yaml

from lite_export import read
from liveness_export import Frozen
from liveness_net import SIDE

LEFT = 0, 64


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pack", required=True, type=pathlib.Path)
    p.add_argument("--out", required=True, type=pathlib.Path)
    a = p.parse_args()
    manifest = yaml.safe_load((a.pack / "manifest.yaml").read_text())
    image = cv2.imread(str(a.out / "detector-input.png"))[..., ::-1]
    squares = np.stack([image[:SIDE, x:x + SIDE] for x in LEFT])
    run = Frozen(read(a.pack / manifest["file"]))
    golden = {"id": manifest["id"], "tolerance": 1e-3, "file": "detector-input.png", "left": LEFT,
              "live": [round(float(v), 5) for v in run(squares)], "liveOfBgr": [round(float(v), 5) for v in run(squares[..., ::-1])]}
    (a.out / "liveness.json").write_text(json.dumps(golden) + "\n")
    print(golden)


if __name__ == "__main__":
    main()
