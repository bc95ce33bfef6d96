"""Measure a frozen detector beside YuNet and a Haar cascade in one run.

    python scripts/train/detector_eval.py --pack models/lintel-detect --yunet yunet_n_640_640.onnx \
        --lfw LFW_DIR --faceless DIR [DIR ...] [--haar haarcascade_frontalface_default.xml] \
        [--box http://localhost:8000] --out figures.json

`lintel` is the detection network by itself; with --box a running appliance is asked too (POST /detect), which looks
again at each find with the landmark network: what its users get.

Recall: the central face of each LFW picture (250x250), found where a box overlaps YuNet's by IoU >= 0.5; and, because
that measure knows only YuNet's idea of a box, also where a box of 5 to 80 % of the picture holds its centre. By size:
the same pictures shrunk and enlarged so that the face has the wanted size (root of box area), rims smeared outwards; truth
is YuNet's answer at the original size. Landmarks: mean distance of the five points in interocular distances, against
YuNet's one look at the picture and against the median of its looks at ten views of it (`landmarks_labels.py`), which
one look of YuNet itself misses by the `yunet` row. Further faces: of the finds beside the best one of a picture, by
least score, how many overlap one of YuNet's and how many none of them (for the box's figures below its `besideScore`
run it on a pack without one). False positives: faceless pictures at 640 pixels, and two crops of 320 of each.
Thresholds: the pack's own, YuNet 0.6 (as OpenCV's sample proposes 0.6..0.9), Haar minNeighbors 3 and scale 1.1.
"""
import argparse
import json
import pathlib
import random
import time
import urllib.error
import urllib.request

import cv2
import numpy as np
import tensorflow as tf
import yaml

from common import central, images, open_yunet
from detector_export import Frozen
from detector_net import grid
from detector_score import collect, iou, pad
from landmarks_labels import Views, median

BESIDE = (0, .7, .75, .8, .83, .86, .9, .95)
SIZES = (16, 20, 24, 32, 48, 64, 96, 128, 200, 300)


class Own:
    name = "lintel"

    def __init__(self, pack, threshold=None):
        manifest = yaml.safe_load((pack / "manifest.yaml").read_text())
        definition = tf.compat.v1.GraphDef()
        definition.ParseFromString((pack / manifest["file"]).read_bytes())
        self.frozen, self.threshold = Frozen(definition), threshold or manifest["threshold"]
        self.cells = {}

    def __call__(self, image):
        image = pad(image)
        size = image.shape[:2]
        if size not in self.cells:
            self.cells[size] = grid(*size).numpy()
        return collect(self.frozen.flat(image), self.cells[size], self.threshold)


class YuNet:
    name = "yunet"

    def __init__(self, path, threshold=.6):
        self.net = open_yunet(path, threshold)

    def __call__(self, image):
        self.net.setInputSize(image.shape[1::-1])
        found = self.net.detect(image)[1]
        if found is None:
            return np.zeros((0, 15), np.float32)
        found = found.copy()
        found[:, 2:4] += found[:, :2]
        return found


class Box:
    name = "box"

    def __init__(self, address):
        self.address = address.rstrip("/") + "/detect"

    def __call__(self, image):
        png = cv2.imencode(".png", image)[1].tobytes()
        request = urllib.request.Request(self.address, png, {"Content-Type": "image/png"})
        try:
            with urllib.request.urlopen(request) as answer:
                answer = json.load(answer)
        except urllib.error.HTTPError as e:
            if json.load(e).get("code") != "no_face":
                raise
            return np.zeros((0, 15), np.float32)
        rows = []
        for face in answer["faces"] if answer["image"]["rotation"] == 0 else []:  # a turned answer is a wrong one here
            x, y, w, h = (face["box"][k] for k in ("x", "y", "width", "height"))
            marks = [face["landmarks"][k] for k in ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")]
            rows.append([x, y, x + w, y + h, *[v for m in marks for v in (m["x"], m["y"])], face["detection_score"]])
        return np.array(rows, np.float32).reshape(-1, 15)


class Haar:
    name = "haar"

    def __init__(self, path):
        self.net = cv2.CascadeClassifier(path)

    def __call__(self, image):
        found = self.net.detectMultiScale(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), 1.1, 3, minSize=(14, 14))
        out = np.zeros((len(found), 15), np.float32)
        if len(found):
            out[:, :4] = found
            out[:, 2:4] += out[:, :2]
        return out


def holds_centre(found, shape):
    """Whether a box of plausible area holds the centre of the picture."""
    h, w = shape[:2]
    area = (found[:, 2:4] - found[:, :2]).prod(1) / (h * w)
    inside = (found[:, 0] < w / 2) & (found[:, 2] > w / 2) & (found[:, 1] < h / 2) & (found[:, 3] > h / 2)
    return bool((inside & (area > .05) & (area < .8)).any())


def reference(yunet, image):
    """YuNet's central face as box [4], points [5,2]; or None."""
    faces = yunet(image)
    faces = faces.copy()
    faces[:, 2:4] -= faces[:, :2]
    face = central(faces, image.shape)
    return None if face is None else (np.concatenate([face[:2], face[:2] + face[2:4]]), face[4:14].reshape(5, 2))


def resized(image, scale):
    """The picture at another scale in a margin of its own, smeared rim, and where its corner lies."""
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=way)
    h, w = small.shape[:2]
    margin = 16
    below, right = -(h + 2 * margin) % 32 + margin, -(w + 2 * margin) % 32 + margin
    canvas = cv2.copyMakeBorder(small, margin, below, margin, right, cv2.BORDER_REPLICATE)
    return canvas, margin


def apart(found, want):
    """Mean distance of the five points in interocular distances."""
    return np.linalg.norm(found - want, axis=1).mean() / max(1, np.linalg.norm(want[0] - want[1]))


def on_lfw(detectors, yunet, views, files):
    kinds = ("hit", "centre", "marks", "middle", "ms", "beside", "nothing")
    rows = {d.name: {k: [] for k in kinds} for d in detectors}
    none = further = 0
    for f in files:
        image = cv2.imread(str(f))
        truth = reference(yunet, image)
        none += truth is None
        everybody = yunet(image)
        further += max(0, len(everybody) - 1)
        middle, known = (None, False) if truth is None else median(
            views(image, np.r_[truth[0][:2], truth[0][2:] - truth[0][:2], truth[1].ravel()]))
        for d in detectors:
            start = time.perf_counter()
            found = d(image)
            row = rows[d.name]
            row["ms"].append((time.perf_counter() - start) * 1e3)
            row["centre"].append(holds_centre(found, image.shape))
            overlaps = [iou(f[:4], everybody[:, :4]) if len(everybody) else np.zeros(1) for f in found]
            best = min(range(len(found)), key=lambda k: -found[k, 14]) if len(found) else None
            for k, o in enumerate(overlaps):
                if k != best:
                    row["beside" if o.max() >= .3 else "nothing"].append(float(found[k, 14]))
            if truth is None:
                continue
            o = iou(truth[0], found[:, :4]) if len(found) else np.zeros(1)
            row["hit"].append(o.max() >= .5)
            if o.max() >= .5 and d.name != "haar":
                got = found[o.argmax(), 4:14].reshape(5, 2)
                row["marks"].append(apart(got, truth[1]))
                if known:
                    row["middle"].append(apart(got, middle))
    out = {}
    for name, row in rows.items():
        out[name] = {"recall": round(float(np.mean(row["hit"])), 4), "centreFound": round(float(np.mean(row["centre"])), 4),
                     "millisecondsMedian": round(float(np.median(row["ms"])), 2)}
        for key, errors in (("landmarksFromOneLook", row["marks"]), ("landmarksFromTenViews", row["middle"])):
            if errors:
                middle, most = np.percentile(errors, (50, 95))
                out[name][key] = {"median": round(float(middle), 4), "95": round(float(most), 4)}
        if name != "haar":  # whose finds have no score
            out[name]["furtherFaces"] = {
                str(t): [int(sum(v >= t for v in row[k])) for k in ("beside", "nothing")] for t in BESIDE}
    return {"pictures": len(files), "withoutYunetFace": int(none), "furtherYunetFaces": int(further), **out}


def by_size(detectors, yunet, files):
    hits = {d.name: {s: [] for s in SIZES} for d in detectors}
    for f in files:
        image = cv2.imread(str(f))
        truth = reference(yunet, image)
        if truth is None:
            continue
        size = np.sqrt((truth[0][2:] - truth[0][:2]).prod())
        for s in SIZES:
            canvas, margin = resized(image, s / size)
            want = truth[0] * s / size + margin
            for d in detectors:
                found = d(canvas)
                o = iou(want, found[:, :4]) if len(found) else np.zeros(1)
                hits[d.name][s].append(o.max() >= (.5 if d.name != "haar" else .35))
    return {n: {str(s): round(float(np.mean(v)), 4) for s, v in h.items()} for n, h in hits.items()}


def on_faceless(detectors, files, seed=3):
    rng, count, pictures = random.Random(seed), {d.name: 0 for d in detectors}, 0
    for f in files:
        image = cv2.imread(str(f))
        if image is None or min(image.shape[:2]) < 320:
            continue
        s = 640 / max(image.shape[:2])
        views = [cv2.resize(image, None, fx=s, fy=s, interpolation=cv2.INTER_AREA)]
        t = min(1, 1280 / max(image.shape[:2]))
        large = cv2.resize(image, None, fx=t, fy=t, interpolation=cv2.INTER_AREA)
        for _ in range(2):
            y, x = rng.randint(0, max(0, large.shape[0] - 320)), rng.randint(0, max(0, large.shape[1] - 320))
            views.append(np.ascontiguousarray(large[y:y + 320, x:x + 320]))
        for v in views:
            pictures += 1
            for d in detectors:
                count[d.name] += len(d(v))
    return {"pictures": pictures, **{n: round(c / max(1, pictures), 4) for n, c in count.items()}}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pack", required=True, type=pathlib.Path)
    p.add_argument("--yunet", required=True)
    p.add_argument("--lfw", required=True)
    p.add_argument("--faceless", nargs="*", default=[])
    p.add_argument("--haar")
    p.add_argument("--count", type=int, default=3000, help="LFW pictures, drawn at random; 0 for all")
    p.add_argument("--size-count", type=int, default=200)
    p.add_argument("--threshold", type=float)
    p.add_argument("--box", help="address of a running appliance that asks for no key")
    p.add_argument("--out", type=pathlib.Path)
    p.add_argument("--record", action="store_true", help="write the figures into the pack's manifest too")
    a = p.parse_args()
    cv2.setNumThreads(1)
    yunet = YuNet(a.yunet)
    detectors = [Own(a.pack, a.threshold), yunet] + ([Haar(a.haar)] if a.haar else []) + ([Box(a.box)] if a.box else [])
    files = images(a.lfw)
    random.Random(0).shuffle(files)
    chosen = files[:a.count] if a.count else files
    result = {"threshold": detectors[0].threshold, "lfw": on_lfw(detectors, yunet, Views(a.yunet), chosen),
              "recallBySize": by_size(detectors, yunet, files[:a.size_count]),
              "falsePerFacelessPicture": on_faceless(detectors, [q for r in a.faceless for q in images(r)])}
    if a.record:
        manifest = a.pack / "manifest.yaml"
        line = "measured: " + json.dumps({"command": "scripts/train/detector_eval.py", **result})
        manifest.write_text("".join((line if q.startswith("measured:") else q) + "\n" for q in manifest.read_text().splitlines()))
    text = json.dumps(result, indent=1)
    print(text)
    if a.out:
        a.out.write_text(text + "\n")


if __name__ == "__main__":
    main()
