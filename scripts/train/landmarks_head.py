"""Fit the landmark network's second output alone: whether a face is there. A minute, where training takes hours.

    python scripts/train/landmarks_head.py --faces PREFIX --check PREFIX --others PREFIX --init models/lintel-landmarks/model.pb --out DIR

PREFIX as for `landmarks_train.py`. The points stay as they are. The last layer is one logistic regression (Newton's method) on what
the layers before it say of crops of which 3 in 20 show a face as it is, 6 one with something before it, 2 one that the rim cuts, 5 no
upright face and 4 a false find. Writes DIR/landmarks.pt for `landmarks_pack.py`, and what it refuses and believes before and after,
by kind, to DIR/head.json.
"""
import argparse
import json
import pathlib

import cv2
import numpy as np
import torch

import landmarks_warm
from landmarks_train import LandmarkNet, other, sample

KINDS = {"spoilt": .15, "covered": .3, "cut": .1, "noFace": .25, "falseFind": .2}  # shares; the first three are faces
DECAY = 1e-3
CAUTION = .3  # off the logit, because what is no face is worse than a face missed; chosen on pictures that are not reported


def crops(prefix, others, count, rng):
    """`count` crops [64,64,3] RGB, drawn by KINDS, and the number of each one's kind."""
    pictures, faces, covered = (np.load(prefix + "_%s.npy" % k, mmap_mode="r") for k in "xyc")
    finds = np.load(others + "_n.npy", mmap_mode="r")
    kinds = rng.choice(len(KINDS), count, p=list(KINDS.values()))
    for kind in kinds:
        i = int(rng.integers(len(faces)))
        picture = (covered if kind == 1 or kind in (2, 3) and rng.random() < .35 else pictures)[i]
        yield kind, (other(finds[int(rng.integers(len(finds)))], rng) if kind == 4
                     else sample(picture, faces[i], rng, kind == 3, kind == 2))[0]


@torch.no_grad()
def features(net, prefix, others, count, seed):
    """What the last layer gets [count,192], and the crops' kinds."""
    kinds, out, batch = [], [], []
    for k, (kind, crop) in enumerate(crops(prefix, others, count, np.random.default_rng(seed)), 1):
        kinds.append(kind)
        batch.append(crop)
        if len(batch) == 128 or k == count:
            out.append(net.sight(torch.from_numpy(np.stack(batch)).permute(0, 3, 1, 2).float()).numpy())
            batch = []
    return np.concatenate(out).astype(np.float64), np.array(kinds)


def fit(x, face):
    """Weights and bias of the logistic regression of `face` on the columns of x, which are made equally large first."""
    middle, spread = x.mean(0), x.std(0) + 1e-6
    x = np.c_[(x - middle) / spread, np.ones(len(x))]
    w, decay = np.zeros(x.shape[1]), np.r_[np.full(x.shape[1] - 1, DECAY), 0]
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        slope = x.T @ (p - face) / len(x) + decay * w
        curve = (x * (p * (1 - p) + 1e-9)[:, None]).T @ x / len(x) + np.diag(decay)
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    weights = w[:-1] / spread
    return weights, w[-1] - weights @ middle


def shares(x, kinds, weights, bias):
    """The share of each kind that is taken for a face."""
    seen = x @ weights + bias > 0
    return {name: round(float(seen[kinds == k].mean()), 4) for k, name in enumerate(KINDS)}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--faces", required=True)
    p.add_argument("--check", required=True)
    p.add_argument("--others", required=True)
    p.add_argument("--others-check", required=True)
    p.add_argument("--init", required=True, type=pathlib.Path)
    p.add_argument("--out", required=True, type=pathlib.Path)
    p.add_argument("--crops", type=int, default=32000)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    net = LandmarkNet()
    landmarks_warm.load(a.init, net)
    before = net.face.weight[0].detach().double().numpy(), net.face.bias.item()
    x, kinds = features(net, a.faces, a.others, a.crops, a.seed)
    weights, bias = fit(x, kinds < 3)
    after = weights, bias - CAUTION
    checked = features(net, a.check, a.others_check, a.crops // 4, a.seed + 1)
    figures = {"crops": a.crops, "seed": a.seed, "faces": len(np.load(a.faces + "_y.npy", mmap_mode="r")),
               "falseFinds": len(np.load(a.others + "_n.npy", mmap_mode="r")), "takenForFacesBefore": shares(*checked, *before),
               "takenForFacesAfter": shares(*checked, *after)}
    with torch.no_grad():
        net.face.weight.copy_(torch.from_numpy(after[0])[None])
        net.face.bias.fill_(after[1])
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), a.out / "landmarks.pt")
    (a.out / "head.json").write_text(json.dumps(figures) + "\n")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
