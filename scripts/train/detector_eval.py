"""Measure the box's detection, alone and through running boxes, beside YuNet's file and a Haar cascade in one run.

    python scripts/train/detector_eval.py --pack models/lintel-detect --yunet yunet_n_640_640.onnx --lfw LFW_DIR \
        --faceless DIR [DIR ...] --labelled boxes.json PICTURES --turned FAIRFACE_VAL \
        --box now=http://localhost:8000 [--box before=http://localhost:8001] [--haar FILE.xml] [--out figures.json]

A name is a detector: `lintel` is the pack's network by itself, each --box a running appliance that asks for no key (POST /detect), which
looks again at each find with the landmark network: what its users get.

- `labelled`: pictures in which people have drawn boxes (COCO's form): recall by what the label says and by size, and finds where there is no
  label. A find is right where its centre lies in the label's box, that box's centre in it, and neither has more than three times
  the other's area. `--half odd` takes every second picture, so that thresholds can be chosen on the others.
- `lfw`: the central face of each LFW picture (250x250), found where a box overlaps YuNet's by IoU >= 0.5. The truth is YuNet's: likeness to
  YuNet, not truth. Landmarks: mean distance of the five points in interocular distances, against YuNet's one look at the picture and
  against the median of its looks at ten views of it (`landmarks_labels.py`). Further faces: of the finds beside the best one of a
  picture, how many overlap one of YuNet's and how many none of them.
- `size`: the same pictures shrunk and enlarged so that the face has the wanted size (root of box area), rims smeared outwards.
- `spoilt`: LFW pictures blurred, darkened, covered or cut; their face lies where LFW's alignment has put it.
- `turned`: FairFace's pictures, each of one person, by how far the head is turned (by YuNet's points, where it sees any).
- `faceless`: pictures without people at 640 pixels, and two crops of 320 of each: finds a picture.

Thresholds: the pack's own, YuNet 0.6 (as OpenCV's sample proposes 0.6..0.9), Haar minNeighbors 3 and scale 1.1.
"""
import argparse
import json
import math
import pathlib
import random
import time
import urllib.error
import urllib.request

import cv2
import numpy as np

from common import central, images, open_yunet
from detections import iou
from detector_pack import Detector
from landmarks_labels import Views, median

SIZES = (16, 20, 24, 32, 48, 64, 96, 128, 200, 300)
LFW_FACE = np.array([75., 68, 175, 182])  # where LFW's alignment puts the face of its 250x250 pictures
TURNED = (0, 15, 30, 45, 60, 91)
NOSE_DEPTH = 0.6  # as `QualityAssessor` has it


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
    def __init__(self, name, address):
        self.name = name
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
    kinds = ("hit", "marks", "middle", "ms", "beside", "nothing")
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
            overlaps = [iou(f[:4], everybody[:, :4]) if len(everybody) else np.zeros(1) for f in found]
            best = min(range(len(found)), key=lambda k: -found[k, 14]) if len(found) else None
            for k, o in enumerate(overlaps):
                if k != best:
                    row["beside" if o.max() >= .3 else "nothing"].append(k)
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
        out[name] = {"recall": rate(row["hit"]), "millisecondsMedian": round(float(np.median(row["ms"])), 2),
                     "furtherFaces": [len(row["beside"]), len(row["nothing"])]}
        for key, errors in (("landmarksFromOneLook", row["marks"]), ("landmarksFromTenViews", row["middle"])):
            if errors:
                middle, most = np.percentile(errors, (50, 95))
                out[name][key] = {"median": round(float(middle), 4), "95": round(float(most), 4)}
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
    return {n: {str(s): rate(v) for s, v in h.items()} for n, h in hits.items()}


def right(found, label):
    """Whether a find [n,15] is the face of a label's box (corners)."""
    if not len(found):
        return np.zeros(0, bool)
    low, high = found[:, :2], found[:, 2:4]
    middle, wanted = (low + high) / 2, (label[:2] + label[2:]) / 2
    area = (high - low).prod(1) / max(1., (label[2:] - label[:2]).prod())
    return ((middle > label[:2]) & (middle < label[2:]) & (wanted > low) & (wanted < high)).all(1) & (area > 1 / 3) & (area < 3)


def on_labelled(detectors, annotations, folder, half):
    """Recall by label and size, and finds without a label, of pictures with boxes in COCO's form."""
    data = json.loads(annotations.read_text())
    names = {c["id"]: c["name"] for c in data["categories"]}
    boxes = {}
    for a in data["annotations"]:
        boxes.setdefault(a["image_id"], []).append((names[a["category_id"]], np.array(a["bbox"], float)))
    pictures = sorted((i for i in data["images"] if (folder / i["file_name"]).exists()), key=lambda i: i["file_name"])
    pictures = pictures if half == "all" else pictures[half == "odd"::2]
    hits, wrong = {d.name: {} for d in detectors}, {d.name: 0 for d in detectors}
    for i in pictures:
        image = cv2.imread(str(folder / i["file_name"]))
        labels = [(n, np.r_[b[:2], b[:2] + b[2:]]) for n, b in boxes.get(i["id"], [])]
        for d in detectors:
            found = d(image)
            free = np.ones(len(found), bool)
            for name, box in labels:
                r = right(found, box)
                free &= ~r
                size = math.sqrt((box[2:] - box[:2]).prod())
                key = "%s, %s" % (name, "16 to 23" if 16 <= size < 24 else "24 to 47" if 24 <= size < 48 else "48 and more")
                if size >= 16:
                    hits[d.name].setdefault(key, []).append(bool(r.any()))
            wrong[d.name] += int(free.sum())
    return {"pictures": len(pictures), **{d.name: {
        "recall": {k: rate(v) for k, v in sorted(hits[d.name].items())},
        "all": rate([h for v in hits[d.name].values() for h in v]),
        "findsWithoutLabel": wrong[d.name]} for d in detectors},
        "faces": {k: len(v) for k, v in sorted(hits[detectors[0].name].items())}}


def moved(image, length, rng):
    kernel, angle, c = np.zeros((length, length), np.float32), rng.uniform(0, np.pi), (length - 1) / 2
    for t in np.linspace(-c, c, 8 * length):
        kernel[round(c + t * np.sin(angle)), round(c + t * np.cos(angle))] = 1
    return cv2.filter2D(image, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)


def unfocused(image, radius):
    y, x = np.mgrid[-radius:radius + 1, -radius:radius + 1]
    kernel = (x * x + y * y <= radius * radius + .5).astype(np.float32)
    return cv2.filter2D(image, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)


def noisy(image, gain, sigma, rng):
    return np.clip(image * gain + rng.normal(0, sigma, image.shape), 0, 255).astype(np.uint8)


def covered(image, shape, rng):
    out, colour = image.copy(), tuple(int(v) for v in rng.integers(0, 255, 3))
    if shape == "mouth":
        cv2.ellipse(out, (125, 165), (48, 38), 0, 0, 360, colour, -1)
    elif shape == "half":
        cv2.rectangle(out, (70, 60), (125, 200), colour, -1)
    else:
        cv2.rectangle(out, (75, 95), (175, 122), (15, 15, 15), -1)
    return out


SPOILT = {
    "moved by 15 pixels": lambda x, rng: moved(x, 15, rng),
    "moved by 21 pixels": lambda x, rng: moved(x, 21, rng),
    "moved by 31 pixels": lambda x, rng: moved(x, 31, rng),
    "out of focus, radius 7": lambda x, rng: unfocused(x, 7),
    "out of focus, radius 10": lambda x, rng: unfocused(x, 10),
    "mouth covered": lambda x, rng: covered(x, "mouth", rng),
    "one half covered": lambda x, rng: covered(x, "half", rng),
    "eyes covered": lambda x, rng: covered(x, "eyes", rng),
    "a quarter beyond the rim": lambda x, rng: x[:, :152],
    "half beyond the rim": lambda x, rng: x[:, :128],
    "noise, sigma 20": lambda x, rng: noisy(x, 1, 20, rng),
    "noise, sigma 35": lambda x, rng: noisy(x, 1, 35, rng),
    "an eighth of the light, noise": lambda x, rng: noisy(x, .12, 4, rng),
}


def on_spoilt(detectors, files):
    hits = {d.name: {k: [] for k in SPOILT} for d in detectors}
    rng = np.random.default_rng(7)
    for f in files:
        image = cv2.imread(str(f))
        for kind, spoil in SPOILT.items():
            picture = np.ascontiguousarray(spoil(image, rng))
            rim = np.tile(picture.shape[1::-1], 2)
            want = np.minimum(LFW_FACE, rim)
            for d in detectors:
                found = d(picture)
                seen = np.clip(found[:, :4], 0, rim) if len(found) else np.zeros((1, 4))
                hits[d.name][kind].append(iou(want, seen).max() >= .35)
    return {"pictures": len(files), **{n: {k: rate(v) for k, v in h.items()} for n, h in hits.items()}}


def on_turned(detectors, yunet, files):
    keys = ["%d to %d degrees" % (a, b - 1) for a, b in zip(TURNED, TURNED[1:])] + ["not seen by YuNet"]
    hits = {d.name: {k: [] for k in keys} for d in detectors}
    for f in files:
        image = cv2.imread(str(f))
        b = image.shape[1] * 2 // 5
        truth = reference(yunet, cv2.copyMakeBorder(image, b, b, b, b, cv2.BORDER_CONSTANT))
        key = keys[-1]
        if truth is not None:
            p = truth[1]
            across = p[1] - p[0]
            nose = (p[2] - (p[0] + p[1]) / 2) @ across / max(1., across @ across)
            angle = abs(math.degrees(math.atan(nose / NOSE_DEPTH)))
            key = keys[next(i for i, most in enumerate(TURNED[1:]) if angle < most)]
        for d in detectors:
            found = d(image)
            middle = np.array(image.shape[1::-1]) / 2
            hits[d.name][key].append(bool(len(found) and ((found[:, :2] < middle) & (found[:, 2:4] > middle)).all(1).any()))
    return {"pictures": {k: len(v) for k, v in hits[detectors[0].name].items()},
            **{n: {k: rate(v) for k, v in h.items() if v} for n, h in hits.items()}}


def rate(hits):
    return round(float(np.mean(hits)), 4)


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
    p.add_argument("--labelled", nargs=2, type=pathlib.Path, metavar=("BOXES", "PICTURES"))
    p.add_argument("--half", choices=("all", "even", "odd"), default="all", help="of the labelled pictures")
    p.add_argument("--turned", help="folder of FairFace's validation pictures")
    p.add_argument("--haar")
    p.add_argument("--skip", type=int, default=0, help="of the shuffled LFW pictures")
    p.add_argument("--count", type=int, default=1000, help="LFW and FairFace pictures, drawn at random")
    p.add_argument("--size-count", type=int, default=100)
    p.add_argument("--spoilt-count", type=int, default=100)
    p.add_argument("--box", action="append", default=[], help="NAME=ADDRESS of a running appliance that asks for no key")
    p.add_argument("--out", type=pathlib.Path)
    p.add_argument("--record", action="store_true", help="write the figures into the pack's manifest too")
    a = p.parse_args()
    cv2.setNumThreads(1)
    yunet, own = YuNet(a.yunet), Detector(a.pack)
    own.name = "lintel"
    detectors = [own] + ([Haar(a.haar)] if a.haar else []) + [Box(*b.split("=", 1)) for b in a.box]
    files = images(a.lfw)
    random.Random(0).shuffle(files)
    files = files[a.skip:]
    result = {"threshold": own.threshold, "lfw": on_lfw(detectors + [yunet], yunet, Views(a.yunet), files[:a.count]),
              "size": by_size(detectors, yunet, files[:a.size_count]),
              "spoilt": on_spoilt(detectors, files[:a.spoilt_count]),
              "findsPerFacelessPicture": on_faceless(detectors, [q for r in a.faceless for q in images(r)])}
    if a.labelled:
        result["labelled"] = on_labelled(detectors, *a.labelled, a.half)
    if a.turned:
        faces = images(a.turned)
        random.Random(0).shuffle(faces)
        result["turned"] = on_turned(detectors, YuNet(a.yunet, .3), faces[:a.count])
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
