"""Measure a liveness pack beside the public network on real attacks that were never trained on.

    python scripts/train/liveness_eval.py --pack models/lintel-live --spoof DIR --yunet yunet_n_640_640.onnx \
        --public minifas128.onnx

DIR holds real/ and fake/ (pictures), webcam-live.mp4 and webcam-phone-replay.mp4. Faces are found by YuNet in the
picture with a reflected rim; the crop is the square of 1.5 times the longer side of the box, border reflected.
APCER: share of fakes taken for live. BPCER: share of live taken for fake. The area under the ROC curve needs no
threshold: 0.5 is guessing. The public network's threshold is 0.5.
"""
import argparse
import json
import pathlib

import cv2
import numpy as np
import tensorflow as tf
import yaml

from common import central, images, open_yunet
from liveness_data import Teacher, crop
from liveness_export import Frozen


def surroundings(yunet, image):
    """uint8 RGB [128,128,3] around the central face, or None."""
    s = min(1, 640 / max(image.shape[:2]))
    image = cv2.resize(image, None, fx=s, fy=s, interpolation=cv2.INTER_AREA) if s < 1 else image
    b = max(image.shape[:2]) // 4
    wide = cv2.copyMakeBorder(image, b, b, b, b, cv2.BORDER_REFLECT_101)
    yunet.setInputSize(wide.shape[1::-1])
    found = yunet.detect(wide)[1]
    face = None if found is None else central(found, wide.shape)
    if face is None:
        return None
    face = face.copy()
    face[:2] -= b
    return np.ascontiguousarray(crop(image, face)[..., ::-1])


def frames(path, every=5):
    video, k = cv2.VideoCapture(str(path)), 0
    while True:
        ok, frame = video.read()
        if not ok:
            return
        if k % every == 0:
            yield frame
        k += 1


def errors(live, fake, threshold):
    order = (live[:, None] > fake[None]).mean() + .5 * (live[:, None] == fake[None]).mean()
    apcer, bpcer = float((fake >= threshold).mean()), float((live < threshold).mean())
    return {"apcer": round(apcer, 4), "bpcer": round(bpcer, 4), "acer": round((apcer + bpcer) / 2, 4),
            "areaUnderRoc": round(float(order), 4)}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pack", type=pathlib.Path, help="without it only the public network is measured")
    p.add_argument("--spoof", required=True, type=pathlib.Path)
    p.add_argument("--yunet", required=True)
    p.add_argument("--public")
    p.add_argument("--threshold", type=float)
    p.add_argument("--out", type=pathlib.Path)
    a = p.parse_args()
    cv2.setNumThreads(1)
    judges, threshold = {}, a.threshold
    if a.pack:
        manifest = yaml.safe_load((a.pack / "manifest.yaml").read_text())
        definition = tf.compat.v1.GraphDef()
        definition.ParseFromString((a.pack / manifest["file"]).read_bytes())
        threshold = threshold or manifest["threshold"]
        judges["lintel"] = (Frozen(definition), threshold)
    if a.public:
        teacher = Teacher(a.public)
        judges["public"] = (lambda x: 1 / (1 + np.exp(-teacher(x))), .5)
    yunet = open_yunet(a.yunet)
    sets = {"crops": [[cv2.imread(str(f)) for f in images(a.spoof / k)] for k in ("real", "fake")],
            "clips": [frames(a.spoof / k) for k in ("webcam-live.mp4", "webcam-phone-replay.mp4")]}
    result = {"threshold": threshold}
    for name, pair in sets.items():
        crops, missed = [], []
        for part in pair:
            found = [surroundings(yunet, v) for v in part]
            crops.append(np.stack([c for c in found if c is not None]))
            missed.append(sum(c is None for c in found))
        result[name] = {"live": len(crops[0]), "fake": len(crops[1]), "withoutFace": missed}
        for judge, (run, cut) in judges.items():
            result[name][judge] = errors(run(crops[0]), run(crops[1]), cut)
    text = json.dumps(result, indent=1)
    print(text)
    if a.out:
        a.out.write_text(text + "\n")


if __name__ == "__main__":
    main()
