"""Measure liveness packs beside the public network on pictures and films of real people and real attacks.

    python scripts/train/liveness_eval.py --pack models/lintel-live --public minifas128.onnx --yunet yunet_n_640_640.onnx \\
        --set phone:shared:spoof/real:spoof/fake --set live:portraits:portraits: ...

Each --set is the kind of attack, a name, where the live and where the attacks are: folders of pictures (subfolders count equally)
or films, either may be empty. At most --most of each are taken, evenly spread. Faces are found by YuNet in the picture with a
reflected rim; the crop is the square of 1.5 times the longer side of the box, border reflected. With --cache the crops are
kept there. APCER: share of attacks taken for live, by kind the largest of its sets, too, as ISO/IEC 30107-3 asks for the worst.
BPCER: share of live taken for attacks. With --tune the thresholds come from those sets: report only the others. Intervals are Wilson's at 95 %, as if all pictures were independent: those of one
film are not, so that the truth is wider. EER and the area under the ROC curve need no threshold.
"""
import argparse
import json
import math
import pathlib

import cv2
import numpy as np

from common import central, images, open_yunet
from liveness_data import Teacher, crop

FILMS = (".mp4", ".mov", ".avi", ".gif")


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


def spread(items, most):
    """At most `most` of the items, evenly spread."""
    return items if len(items) <= most else [items[int(k)] for k in np.linspace(0, len(items) - 1, most)]


def pictures(place, most):
    """BGR pictures of a folder or a film."""
    if place.suffix.lower() in FILMS:
        video, frames = cv2.VideoCapture(str(place)), []
        while True:
            ok, frame = video.read()
            if not ok:
                return spread(frames, most)
            frames.append(frame)
    groups = {}
    for f in images(place):
        groups.setdefault(f.parent, []).append(f)
    each = max(1, math.ceil(most / max(1, len(groups))))
    files = spread([f for group in groups.values() for f in spread(group, each)], most)
    read = (cv2.imread(str(f)) for f in files)
    return [v for v in read if v is not None]


def crops(yunet, place, most):
    """(uint8 [N,128,128,3], how many pictures without a face)."""
    if not place:
        return np.zeros((0, 128, 128, 3), np.uint8), 0
    found = [surroundings(yunet, v) for v in pictures(pathlib.Path(place), most)]
    kept = [c for c in found if c is not None]
    return np.stack(kept) if kept else np.zeros((0, 128, 128, 3), np.uint8), len(found) - len(kept)


def gather(sets, yunet, most, cache=None):
    """{name: (kind, live crops, attack crops, without a face)}."""
    result = {}
    for line in sets:
        kind, name, live, fake = line.split(":")
        kept = cache / (name + ".npz") if cache else None
        if kept and kept.exists():
            z = np.load(kept)
            result[name] = kind, z["live"], z["fake"], z["missed"].tolist()
            continue
        (a, m), (b, n) = crops(yunet, live, most), crops(yunet, fake, most)
        result[name] = kind, a, b, [m, n]
        if kept:
            cache.mkdir(parents=True, exist_ok=True)
            np.savez(kept, live=a, fake=b, missed=[m, n])
    return result


def wilson(k, n):
    """Share k of n with its 95 % interval."""
    if n == 0:
        return None
    z, p = 1.96, k / n
    middle, half = (p + z * z / 2 / n) / (1 + z * z / n), z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return {"errors": int(k), "of": int(n), "share": round(p, 4), "from": round(max(0, middle - half), 4), "to": round(min(1, middle + half), 4)}


def errors(live, fake, threshold):
    out = {"apcer": wilson((fake >= threshold).sum(), len(fake)), "bpcer": wilson((live < threshold).sum(), len(live))}
    if len(live) and len(fake):
        cuts = np.unique(np.r_[live, fake, 2])
        gap = [max((live < c).mean(), (fake >= c).mean()) for c in cuts]
        out["eer"] = round(float(min(gap)), 4)
        out["areaUnderRoc"] = round(float((live[:, None] > fake[None]).mean() + .5 * (live[:, None] == fake[None]).mean()), 4)
    return out


def tuned(run, sets, bpcer=.05):
    """The threshold that refuses this share of the live, each set counting the same: the mean of their quantiles, as log odds."""
    lives = [np.clip(run(live), 1e-6, 1 - 1e-6) for _, live, _, _ in sets.values() if len(live)]
    odds = np.mean([np.quantile(np.log(p / (1 - p)), bpcer) for p in lives])
    return float(1 / (1 + np.exp(-odds)))


def trained(path):
    """The network of a file of weights."""
    import torch
    from liveness_net import load
    net = load(path).eval()

    @torch.no_grad()
    def run(x):
        return np.concatenate([net(torch.from_numpy(x[k:k + 32]).permute(0, 3, 1, 2).float()).sigmoid()[:, 0].numpy()
                               for k in range(0, len(x), 32)])
    return run


def judges(packs, public, threshold=None, weights=()):
    """{name: (function of crops, threshold)}."""
    found = {w.stem: (trained(w), threshold or .5) for w in weights}
    for pack in packs:
        import yaml
        from liveness_export import Frozen
        from lite_export import read
        manifest = yaml.safe_load((pack / "manifest.yaml").read_text())
        found[manifest["id"]] = Frozen(read(pack / manifest["file"])), threshold or manifest["threshold"]
    if public:
        teacher = Teacher(public)
        found["public"] = lambda x: 1 / (1 + np.exp(-np.array([teacher(x[k:k + 1])[0] for k in range(len(x))]))), .5
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pack", type=pathlib.Path, nargs="*", default=[])
    p.add_argument("--weights", type=pathlib.Path, nargs="*", default=[], help="networks that are no pack yet")
    p.add_argument("--tune", action="append", default=[], help="like --set: sets on which each threshold is chosen for a BPCER of 5 %%")
    p.add_argument("--set", action="append", required=True, help="KIND:NAME:LIVE:ATTACKS")
    p.add_argument("--yunet", required=True)
    p.add_argument("--public")
    p.add_argument("--threshold", type=float, help="instead of the packs' own")
    p.add_argument("--most", type=int, default=100)
    p.add_argument("--cache", type=pathlib.Path)
    p.add_argument("--out", type=pathlib.Path)
    a = p.parse_args()
    cv2.setNumThreads(1)
    sets = gather(a.set, open_yunet(a.yunet), a.most, a.cache)
    tuning = gather(a.tune, open_yunet(a.yunet), a.most, a.cache)
    result = {}
    for judge, (run, cut) in judges(a.pack, a.public, a.threshold, a.weights).items():
        cut = tuned(run, tuning) if tuning else cut
        rows, live, kinds = {}, [], {}
        for name, (kind, alive, fake, missed) in sets.items():
            p, q = (run(v) if len(v) else np.zeros(0) for v in (alive, fake))
            rows[name] = {"kind": kind, "withoutFace": missed, **errors(p, q, cut)}
            live.append(p)
            if len(q):
                kinds.setdefault(kind, []).append(q)
        together = {"bpcer": errors(np.concatenate(live), np.zeros(0), cut)["bpcer"]}
        for kind, scores in kinds.items():
            together[kind] = {"apcer": errors(np.zeros(0), np.concatenate(scores), cut)["apcer"],
                              "worstSet": max(float((q >= cut).mean()) for q in scores)}
        result[judge] = {"threshold": cut, "sets": rows, "together": together}
    text = json.dumps(result, indent=1)
    print(text)
    if a.out:
        a.out.write_text(text + "\n")


if __name__ == "__main__":
    main()
