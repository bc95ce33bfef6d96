"""Train the liveness network on simulated recapture, with the public network as second opinion. Resumable:

    python scripts/train/liveness_train.py --data PREFIX --check FILE.npz... --out DIR --minutes 60

PREFIX is what `liveness_data.py` wrote or still writes. The target is the label, half of it the teacher's probability where the
teacher was asked and is right. Each batch is half live, a third screens, a sixth paper. The learning rate follows the clock.
--check names crops that `liveness_eval.py --cache` kept: what was chosen by them is not reported on them. --init starts from
the graph of a pack. DIR gets last.pt, final.pt and log.jsonl. No picture of a real attack is used for training.
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

from liveness_data import LIVE, PAPER, SCREEN
from liveness_net import LivenessNet, load, warm


def spoil(p, rng):
    """Cheap variety, per picture: light, contrast, a patch that is hidden."""
    n = len(p)
    gain = torch.from_numpy(np.exp(rng.normal(0, .12, (n, 1, 1, 1))).astype(np.float32))
    shift = torch.from_numpy(rng.normal(0, 6, (n, 1, 1, 1)).astype(np.float32))
    p = (p * gain + shift).clamp_(0, 255)
    for k in np.flatnonzero(rng.random(n) < .25):
        h, w = rng.integers(12, 56, 2)
        y, x = rng.integers(0, 128 - h), rng.integers(0, 128 - w)
        p[k, :, y:y + h, x:x + w] = p[k, :, y:y + h, x:x + w].mean((1, 2), keepdim=True)
    return p


def batches(data, size, share, seed):
    """Endless (pictures float [B,3,128,128], target [B,1]) of all that is done so far: balanced, mirrored, moved by up to eight
    pixels."""
    rng = np.random.default_rng(seed)
    x, y, t = (np.load(data + s, mmap_mode="r") for s in ("_x.npy", "_y.npy", "_t.npy"))
    counts = {LIVE: size // 2, SCREEN: size // 3, PAPER: size - size // 2 - size // 3}
    n, order = 0, {}
    while True:
        if not order or min(len(order[k]) - at[k] for k in counts) < size:
            n = int(pathlib.Path(data + "_n.txt").read_text() or n)
            kinds = y[:n]
            order, at = {k: rng.permutation(np.flatnonzero(kinds == k)) for k in counts}, dict.fromkeys(counts, 0)
        i = np.concatenate([order[k][at[k]:at[k] + c] for k, c in counts.items()])
        for k, c in counts.items():
            at[k] += c
        i.sort()
        p = torch.from_numpy(x[i]).permute(0, 3, 1, 2).float()
        dy, dx = (int(v) for v in rng.integers(0, 17, 2))
        p = F.pad(p, (8, 8, 8, 8), "reflect")[:, :, dy:dy + 128, dx:dx + 128]
        p = spoil(p.flip(3) if rng.random() < .5 else p.clone(), rng)
        live = (y[i] == LIVE).astype(np.float32)
        opinion = t[i]
        right = ~np.isnan(opinion) & ((opinion > 0) == (live > .5))
        taught = 1 / (1 + np.exp(-np.nan_to_num(opinion) / 2))
        target = np.where(right, (1 - share) * live + share * taught, .03 + .94 * live)
        yield p.contiguous(memory_format=torch.channels_last), torch.from_numpy(target).float()[:, None], n


@torch.no_grad()
def scores(net, x):
    """Probability of live of uint8 RGB [N,128,128,3]."""
    net.eval()
    return np.concatenate([net(torch.from_numpy(x[k:k + 64]).permute(0, 3, 1, 2).float()).sigmoid()[:, 0].numpy()
                           for k in range(0, len(x), 64)] or [np.zeros(0)])


def figures(net, checks):
    """Area under the ROC curve and equal error rate of each set, and where 5 % of all live are refused the share of attacks that
    pass."""
    out, lives, fakes = {}, [], {}
    for name, (live, fake) in checks.items():
        p, q = scores(net, live), scores(net, fake)
        lives.append(p)
        fakes[name] = q
        if len(p) and len(q):
            out[name] = round(float((p[:, None] > q[None]).mean() + .5 * (p[:, None] == q[None]).mean()), 3)
    # Each set counts the same, however many pictures it has.
    five = min(float(np.mean([np.quantile(p, .05) for p in lives if len(p)])), 1.)
    passing = {k: round(float((q >= five).mean()), 3) for k, q in fakes.items() if len(q)}
    return {"area": out, "meanArea": round(float(np.mean(list(out.values()))), 4), "threshold": round(five, 3),
            "apcer": passing, "bpcer": [round(float((p < five).mean()), 3) for p in lives]}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--check", nargs="+", type=pathlib.Path, required=True)
    p.add_argument("--out", required=True, type=pathlib.Path)
    p.add_argument("--init", type=pathlib.Path, help="graph of a pack, or weights (.pt), to start from")
    p.add_argument("--frozen", type=int, default=0, help="so many of the first layers stay as they are")
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--batch", type=int, default=48)
    p.add_argument("--share", type=float, default=.5, help="the teacher's share in the target")
    p.add_argument("--every", type=float, default=120, help="seconds of the processor between two measurements")
    p.add_argument("--average", type=float, default=.995, help="share of the weights that the average keeps at each step")
    p.add_argument("--seed", type=int, default=31)
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    checks = {f.stem: (z["live"], z["fake"]) for f in a.check for z in [np.load(f)]}
    source = batches(a.data, a.batch, a.share, a.seed)
    if a.init and a.init.suffix == ".pt":
        net = load(a.init)
    else:
        net = LivenessNet()
        if a.init:
            warm(net, a.init, torch.cat([next(source)[0] for _ in range(6)]))
    net = net.to(memory_format=torch.channels_last)
    net.frozen = a.frozen
    smooth = copy.deepcopy(net)
    opt = torch.optim.AdamW(net.parameters(), lr=a.rate, weight_decay=.02)
    step, used, last = 0, 0.0, a.out / "last.pt"
    if last.exists():
        c = torch.load(last)
        net.load_state_dict(c["net"])
        smooth.load_state_dict(c["smooth"])
        opt.load_state_dict(c["opt"])
        step, used = c["step"], c["used"]
    start, shown, total, count = time.time() - used, -1e9, 0.0, 0
    log = open(a.out / "log.jsonl", "a", buffering=1)
    log.write(json.dumps({"from": step, **vars(a)}, default=str) + "\n")

    def tell(**more):
        log.write(json.dumps({"minutes": round(used / 60, 1), "processorSeconds": round(time.process_time()), "step": step, **more,
                              **figures(smooth, checks)}) + "\n")

    def keep():
        torch.save({"net": net.state_dict(), "smooth": smooth.state_dict(), "opt": opt.state_dict(), "step": step, "used": used}, last)

    for images, target, n in source:
        used = time.time() - start
        if time.process_time() - shown >= a.every or used >= a.minutes * 60:
            shown = time.process_time()
            tell(loss=round(total / max(1, count), 4), pictures=n)
            total, count = 0.0, 0
            keep()
        if used >= a.minutes * 60:
            break
        for group in opt.param_groups:
            group["lr"] = a.rate * min(1, (step + 1) / 100) * max(.02, 1 - used / (a.minutes * 60))
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            out = net(images)
        loss = F.binary_cross_entropy_with_logits(out.float(), target)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        step, total, count = step + 1, total + float(loss.detach()), count + 1
        decay = min(a.average, (step + 1) / (step + 20))
        with torch.no_grad():
            for s, q in zip(smooth.state_dict().values(), net.state_dict().values()):
                s.lerp_(q, 1 - decay) if s.is_floating_point() else s.copy_(q)
    torch.save(smooth.state_dict(), a.out / "final.pt")


if __name__ == "__main__":
    main()
