"""Train the detector on mosaics. Resumable; one command:

    python scripts/train/detector_train.py --faces PREFIX --check PREFIX --out DIR --minutes 75

PREFIX is what `detector_labels.py` wrote; `--check` a second set that is not trained on. The learning rate follows the
clock: it falls to nothing when `--minutes` of training are used up, however fast the machine is. DIR keeps last.pt
(to resume), best.pt (smoothed weights) and log.jsonl. Small batches: a network this small is starved of updates, not of
pictures per update.
"""
import argparse
import copy
import json
import math
import pathlib
import time

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from detector_data import Faces, Mosaics, mosaic
from detector_net import Detector, decode, flatten, grid
from detector_score import detect, tally


def losses(flat, state, value, cells):
    """(objectness, class, box, landmarks), each averaged over the positive cells."""
    flat = flat.float()
    positive, known = state == 1, state >= 0
    count = positive.sum().clamp(min=1)
    boxes, points = decode(flat, cells)
    want = torch.cat([value[..., :2], value[..., :2] + value[..., 2:4]], -1)
    low, high = torch.maximum(boxes[..., :2], want[..., :2]), torch.minimum(boxes[..., 2:], want[..., 2:])
    inter = (high - low).clamp(min=0).prod(-1)
    area = (boxes[..., 2:] - boxes[..., :2]).prod(-1)
    union = area + value[..., 2] * value[..., 3] - inter
    iou = inter / union.clamp(min=1e-3)
    hull = (torch.maximum(boxes[..., 2:], want[..., 2:]) - torch.minimum(boxes[..., :2], want[..., :2])).prod(-1)
    giou = iou - (hull - union) / hull.clamp(min=1e-3)
    box = ((1 - giou) * positive).sum() / count
    size = value[..., 2:4].prod(-1).clamp(min=1).sqrt()
    off = (points.flatten(-2) - value[..., 4:]).abs() / size[..., None]
    marks = (F.smooth_l1_loss(off, torch.zeros_like(off), beta=.02, reduction="none").mean(-1) * positive).sum() / count
    target = iou.detach().clamp(0, 1) * positive
    p = flat[..., 0].sigmoid()
    cls = F.binary_cross_entropy_with_logits(flat[..., 0], target, reduction="none") * (p.detach() - target).abs().square()
    cls = (cls * known).sum() / count
    obj = F.binary_cross_entropy_with_logits(flat[..., 1], positive.float(), reduction="none")
    obj = (obj * known).sum() / count
    return obj, cls, box, marks


def checks(prefix, count, side=320, seed=11):
    rng, faces = np.random.default_rng(seed), Faces(prefix)
    return [mosaic(rng, faces, side) for _ in range(count)]


def evaluate(net, scenes):
    """Figures of the smoothed network on fixed mosaics."""
    net.eval()
    rows = [(detect(net, image), found, whole) for image, found, whole in scenes]
    return tally(rows)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--faces", required=True)
    p.add_argument("--check", required=True)
    p.add_argument("--out", required=True, type=pathlib.Path)
    p.add_argument("--minutes", type=float, default=75)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--threads", type=int, default=1, help="of training; each worker that paints has its own")
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--every", type=float, default=5, help="minutes between checks")
    p.add_argument("--sides", default="192x14,192x14,256x8,384x4", help="canvas side x batch, drawn at random")
    p.add_argument("--start", help="weights to begin with when there is no last.pt, such as a pack's weights.pt")
    p.add_argument("--again", action="store_true", help="resume with a new descent of the learning rate")
    p.add_argument("--compile", action="store_true", help="worth its minutes on a machine that is otherwise idle")
    p.add_argument("--seed", type=int, default=20)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    cv2.setNumThreads(1)
    a.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = Detector().to(device, memory_format=torch.channels_last)
    smooth = copy.deepcopy(net)
    plain = [q for q in net.parameters() if q.ndim == 1]
    heavy = [q for q in net.parameters() if q.ndim > 1]
    opt = torch.optim.AdamW([{"params": heavy, "weight_decay": .02}, {"params": plain, "weight_decay": 0}], lr=a.rate)
    step, used, best, seen = 0, 0.0, -1.0, 0
    last = a.out / "last.pt"
    if last.exists():
        c = torch.load(last, map_location=device)
        net.load_state_dict(c["net"])
        smooth.load_state_dict(c["smooth"])
        opt.load_state_dict(c["opt"])
        step, used, best, seen = c["step"], c["used"], c["best"], c["seen"]
    elif a.start:
        net.load_state_dict(torch.load(a.start, map_location=device))
        smooth.load_state_dict(net.state_dict())
    origin = used if a.again else 0.0
    scenes = checks(a.check, 150)
    Faces(a.faces)  # paints the pool of backgrounds once, before the workers want it
    sides = [tuple(int(v) for v in part.split("x")) for part in a.sides.split(",")]
    data = Mosaics(a.faces, sides, a.seed + step)
    load = torch.utils.data.DataLoader(data, batch_size=None, num_workers=a.workers, prefetch_factor=6)
    fast = torch.compile(net, dynamic=False) if a.compile else net
    cells = {side: grid(side, side).to(device) for side, _ in sides}
    start, shown, sums = time.time() - used, used, np.zeros(4)
    log = open(a.out / "log.jsonl", "a", buffering=1)
    log.write(json.dumps({"from": step, **vars(a)}, default=str) + "\n")
    counted = 0
    for images, state, value in load:
        used = time.time() - start
        progress = (used - origin) / (a.minutes * 60 - origin)
        if progress >= 1:
            break
        rate = a.rate * min(1, (step + 1) / 300, (used - origin) / 20 + .1) * max(.004, .5 + .5 * math.cos(math.pi * progress))
        for group in opt.param_groups:
            group["lr"] = rate
        net.train()
        x = images.to(device).permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last)
        with torch.autocast(device, torch.bfloat16):
            out = fast(x)
        parts = losses(flatten(out), state.to(device), value.to(device), cells[images.shape[1]])
        loss = parts[0] + 2 * parts[1] + 1.5 * parts[2] + 12 * parts[3]
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10)
        opt.step()
        step, seen, counted = step + 1, seen + len(images), counted + 1
        sums += [float(v.detach()) for v in parts]
        keep = min(.998, (step + 1) / (step + 20))
        with torch.no_grad():
            for s, q in zip(smooth.state_dict().values(), net.state_dict().values()):
                s.lerp_(q, 1 - keep) if s.is_floating_point() else s.copy_(q)
        if used - shown >= a.every * 60:
            shown = used
            figures = evaluate(smooth, scenes)
            score = figures["recall"] - .2 * figures["false_per_picture"] - figures["landmark_error"]
            line = {"minutes": round(used / 60, 1), "step": step, "pictures": seen, "rate": round(rate, 6),
                    "loss": [round(float(v), 4) for v in sums / counted], **figures}
            log.write(json.dumps(line) + "\n")
            sums[:], counted = 0, 0
            if score > best:
                best = score
                torch.save(smooth.state_dict(), a.out / "best.pt")
            torch.save({"net": net.state_dict(), "smooth": smooth.state_dict(), "opt": opt.state_dict(), "step": step,
                        "used": used, "best": best, "seen": seen}, last)
    figures = evaluate(smooth, scenes)
    log.write(json.dumps({"minutes": round(used / 60, 1), "step": step, "pictures": seen, "end": True, **figures}) + "\n")
    torch.save(smooth.state_dict(), a.out / "final.pt")


if __name__ == "__main__":
    main()
