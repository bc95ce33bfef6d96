"""Train the liveness network on simulated recapture, with the public network as second opinion. Resumable:

    python scripts/train/liveness_train.py --data PREFIX --check PREFIX --out DIR --minutes 20

PREFIX is what `liveness_data.py` wrote. The target is the label with a share of the teacher's probability mixed in.
The learning rate follows the clock. DIR gets last.pt, final.pt and log.jsonl. No picture of a real attack is used.
"""
import argparse
import copy
import json
import math
import pathlib
import time

import numpy as np
import torch
from torch.nn import functional as F

from liveness_net import LivenessNet


def batches(x, y, t, size, share, seed):
    """Endless (pictures float [B,3,128,128], target [B,1]): shuffled, mirrored, shifted by up to four pixels."""
    rng = np.random.default_rng(seed)
    while True:
        for i in np.array_split(rng.permutation(len(x)), len(x) // size):
            i.sort()
            p = torch.from_numpy(x[i]).permute(0, 3, 1, 2).float()
            dy, dx = rng.integers(-4, 5, 2)
            p = torch.roll(p.flip(3) if rng.random() < .5 else p, (int(dy), int(dx)), (2, 3))
            target = (1 - share) * y[i] + share / (1 + np.exp(-t[i] / 2))
            yield p.contiguous(memory_format=torch.channels_last), torch.from_numpy(target).float()[:, None]


@torch.no_grad()
def scores(net, x):
    """Probability of live of uint8 RGB [N,128,128,3]."""
    net.eval()
    return np.concatenate([net(torch.from_numpy(x[k:k + 64]).permute(0, 3, 1, 2).float()).sigmoid()[:, 0].numpy()
                           for k in range(0, len(x), 64)])


def figures(p, y):
    """Equal error rate and its threshold, and the threshold and APCER where 5 % of the live are refused."""
    live, fake = np.sort(p[y == 1]), p[y == 0]
    cuts = np.unique(p)
    gap = [abs((live < c).mean() - (fake >= c).mean()) for c in cuts]
    eer = cuts[int(np.argmin(gap))]
    five = live[int(len(live) * .05)]
    return {"eer": round(float(((live < eer).mean() + (fake >= eer).mean()) / 2), 4), "eerThreshold": round(float(eer), 4),
            "thresholdAtBpcer5": round(float(five), 4), "apcerAtBpcer5": round(float((fake >= five).mean()), 4)}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--check", required=True)
    p.add_argument("--out", required=True, type=pathlib.Path)
    p.add_argument("--minutes", type=float, default=20)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--share", type=float, default=.25, help="the teacher's share in the target")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=30)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    x, y, t = (np.load(a.data + s, mmap_mode=m) for s, m in (("_x.npy", "r"), ("_y.npy", None), ("_t.npy", None)))
    cx, cy = np.load(a.check + "_x.npy"), np.load(a.check + "_y.npy")
    net = LivenessNet().to(memory_format=torch.channels_last)
    smooth = copy.deepcopy(net)
    opt = torch.optim.AdamW(net.parameters(), lr=a.rate, weight_decay=.02)
    step, used, last = 0, 0.0, a.out / "last.pt"
    if last.exists():
        c = torch.load(last)
        net.load_state_dict(c["net"])
        smooth.load_state_dict(c["smooth"])
        opt.load_state_dict(c["opt"])
        step, used = c["step"], c["used"]
    start, shown, total, count = time.time() - used, used, 0.0, 0
    log = open(a.out / "log.jsonl", "a", buffering=1)
    log.write(json.dumps({"from": step, **vars(a)}, default=str) + "\n")
    for images, target in batches(x, y, t, a.batch, a.share, a.seed + step):
        used = time.time() - start
        if used >= a.minutes * 60:
            break
        for group in opt.param_groups:
            group["lr"] = a.rate * min(1, (step + 1) / 200) * (.5 + .5 * math.cos(math.pi * used / (a.minutes * 60)))
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            out = net(images)
        loss = F.binary_cross_entropy_with_logits(out.float(), target)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        step, total, count = step + 1, total + float(loss.detach()), count + 1
        keep = min(.998, (step + 1) / (step + 20))
        with torch.no_grad():
            for s, q in zip(smooth.state_dict().values(), net.state_dict().values()):
                s.lerp_(q, 1 - keep) if s.is_floating_point() else s.copy_(q)
        if used - shown >= 120:
            shown = used
            log.write(json.dumps({"minutes": round(used / 60, 1), "step": step, "loss": round(total / count, 4),
                                  **figures(scores(smooth, cx), cy)}) + "\n")
            total, count = 0.0, 0
            torch.save({"net": net.state_dict(), "smooth": smooth.state_dict(), "opt": opt.state_dict(), "step": step,
                        "used": used}, last)
    log.write(json.dumps({"minutes": round(used / 60, 1), "step": step, "end": True, **figures(scores(smooth, cx), cy)}) + "\n")
    torch.save(smooth.state_dict(), a.out / "final.pt")


if __name__ == "__main__":
    main()
