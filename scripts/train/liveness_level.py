"""What a camera's own limit does: learnt from some of a set's live pictures, measured on visits made of the others.

    python scripts/train/liveness_level.py --pack models/lintel-live --yunet yunet_n_640_640.onnx --set phone:C:C/real:C/fake ...

Sets as for `liveness_eval.py`, each of one camera. A visit is --frames pictures in a row of the sorted, evenly spread pictures of
a set; its score is the mean of the network. --lessons visits drawn from the set's live ones give the level (the mean of their
log odds), and from it follows the limit, as `cameraLimit` of the pack's manifest says; every visit of the set is then held against it. The
visits that taught are not left out: they are few, and the level is one number. Means over --draws draws. Beside it the pack's own limit
(sequenceThreshold), the limit without its bounds, and for the sets together one limit for all that refuses as many live visits.
Pictures of one film resemble each other; a real visit's are more alike than these.
"""
import argparse
import json
import pathlib

import cv2
import numpy as np
import yaml

from common import open_yunet
from liveness_eval import gather, judges


def odds(p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def visits(p, frames):
    """Log odds of the mean of so many pictures in a row."""
    return odds(np.array([p[k:k + frames].mean() for k in range(max(1, len(p) - frames + 1))])) if len(p) else np.zeros(0)


def limits(live, rule, bounds, lessons, draws, rng):
    """One limit for each draw, in log odds."""
    levels = np.array([live[rng.integers(0, len(live), lessons)].mean() for _ in range(draws)])
    return np.clip(levels - rule["margin"], *bounds)


def rates(live, fake, cuts):
    """(BPCER, APCER or None) over several limits."""
    refused = float(np.mean([(live < c).mean() for c in cuts])) if len(live) else None
    return refused, float(np.mean([(fake >= c).mean() for c in cuts])) if len(fake) else None


def together(sets):
    """Means of the sets, each counting the same."""
    return [round(float(np.mean([v for v in column if v is not None])), 3) for column in zip(*sets)]


def same(scores, bpcer):
    """Means of the sets at the one limit whose mean BPCER is nearest to this."""
    cuts = np.unique(np.concatenate([live for live, _ in scores]))
    best = min(cuts, key=lambda c: abs(np.mean([(live < c).mean() for live, _ in scores]) - bpcer))
    return together([rates(live, fake, [best]) for live, fake in scores])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pack", type=pathlib.Path, required=True)
    p.add_argument("--set", action="append", required=True, help="KIND:NAME:LIVE:ATTACKS")
    p.add_argument("--yunet", required=True)
    p.add_argument("--most", type=int, default=100)
    p.add_argument("--cache", type=pathlib.Path)
    p.add_argument("--frames", type=int, default=5)
    p.add_argument("--lessons", type=int, nargs="+", default=[5, 10, 20])
    p.add_argument("--draws", type=int, default=40)
    p.add_argument("--margin", type=float, help="instead of the manifest's")
    a = p.parse_args()
    cv2.setNumThreads(1)
    manifest = yaml.safe_load((a.pack / "manifest.yaml").read_text())
    rule, own = manifest["cameraLimit"], float(odds(np.array(manifest["sequenceThreshold"])))
    rule["margin"] = a.margin or rule["margin"]
    bounds = {"own": (own, own), "level": odds(np.array([rule["least"], rule["most"]])),
              "levelWhereAsked": odds(np.array([rule["leastAsked"], rule["most"]])),
              "levelUnbounded": (-9, 9)}
    (run, _), = judges([a.pack], None).values()
    sets = gather(a.set, open_yunet(a.yunet), a.most, a.cache)
    scores = {name: tuple(visits(run(v) if len(v) else np.zeros(0), a.frames) for v in (live, fake))
              for name, (_, live, fake, _) in sets.items()}
    result = {}
    for what, bound in bounds.items():
        for lessons in a.lessons if what != "own" else [0]:
            rng = np.random.default_rng(0)
            rows = {name: rates(live, fake, limits(live, rule, bound, lessons, a.draws, rng) if lessons else [own])
                    for name, (live, fake) in scores.items()}
            mean = together(rows.values())
            result["%s, %d lessons" % (what, lessons) if lessons else what] = {
                "bpcerApcer": mean, "oneLimitForAllAtThatBpcer": same(list(scores.values()), mean[0]),
                "sets": {n: [None if v is None else round(v, 3) for v in row] for n, row in rows.items()}}
    print(json.dumps({"frames": a.frames, "levels": {n: round(float(1 / (1 + np.exp(-live.mean()))), 3) for n, (live, _) in scores.items()},
                      **result}, indent=1))


if __name__ == "__main__":
    main()
