"""Fit the last layer of a pruned liveness network anew, on simulated recapture: a logistic regression, exact and quick.

    python scripts/train/liveness_head.py --weights start.pt --data PREFIX --out head.pt --count 2152

PREFIX is what `liveness_data.py` wrote. The target is the label, half of it the network's own opinion where that is right; live
counts as much as all attacks, screens as much as prints. --ridge holds the weights small; choose it on crops that are not reported.
"""
import argparse

import numpy as np
import torch

from liveness_data import LIVE, PAPER, SCREEN
from liveness_net import load


@torch.no_grad()
def features(net, x):
    """What the last layer sees of uint8 RGB [N,128,128,3], float64 [N,C]."""
    parts = []
    for k in range(0, len(x), 32):
        v = torch.from_numpy(np.array(x[k:k + 32])).permute(0, 3, 1, 2).float()
        parts.append(net.last(v).double().numpy())
    return np.concatenate(parts)


def weights_of(kinds):
    """How much each picture counts: live as much as all attacks, screens as much as prints; 1 on average."""
    w = sum(share * (kinds == k) / max(1, (kinds == k).sum()) for k, share in ((LIVE, .5), (SCREEN, .25), (PAPER, .25)))
    return w / w.mean()


def fit(f, target, counts, ridge, rounds=30):
    """Weights [C] and bias of the logistic regression of `target` (0..1) on f [N,C]: Newton's steps, halved while they do not help."""
    mean, spread = f.mean(0), f.std(0) + 1e-6
    x = np.c_[(f - mean) / spread, np.ones(len(f))]
    b, hold = np.zeros(x.shape[1]), np.r_[np.full(f.shape[1], ridge), 0]

    def loss(b):
        z = x @ b
        return (counts * (np.logaddexp(0, z) - target * z)).mean() + .5 * (hold * b * b).sum()

    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -40, 40)))
        slope = x.T @ (counts * (p - target)) / len(x) + hold * b
        step = np.linalg.solve((x * (counts * p * (1 - p))[:, None]).T @ x / len(x) + np.diag(hold + 1e-9), slope)
        size = 1.
        while loss(b - size * step) > loss(b) and size > 1e-4:
            size /= 2
        b = b - size * step
        if np.abs(step).max() * size < 1e-5:
            break
    w = b[:-1] / spread
    return w, b[-1] - w @ mean


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--count", type=int, default=2152)
    p.add_argument("--ridge", type=float, default=.001)
    a = p.parse_args()
    torch.set_num_threads(1)
    net = load(a.weights).eval()
    kinds = np.load(a.data + "_y.npy")[:a.count]
    f = features(net, np.load(a.data + "_x.npy", mmap_mode="r")[:a.count])
    z = f @ net.head.weight[0].double().detach().numpy() + float(net.head.bias)
    live = (kinds == LIVE).astype(float)
    target = np.where((z > 0) == (live > .5), .5 * live + .5 / (1 + np.exp(-z / 2)), .03 + .94 * live)
    w, bias = fit(f, target, weights_of(kinds), a.ridge)
    with torch.no_grad():
        net.head.weight.copy_(torch.from_numpy(w)[None])
        net.head.bias.copy_(torch.tensor([bias]))
    torch.save(net.state_dict(), a.out)


if __name__ == "__main__":
    main()
