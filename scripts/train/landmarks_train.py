"""Train the landmark network: five points in a square crop around a face, finer than a detector's grid gives them.

    python scripts/train/landmarks_train.py --faces PREFIX --check PREFIX --out DIR --minutes 10

PREFIX is what `landmarks_labels.py` wrote (pictures and the median of YuNet's looks at them) and `landmarks_views.py` has
covered. Crops are 64x64 pixels, 1.4 times the longer side of the detector's box, moved, scaled and turned as a detector's boxes
are, cut by the picture's rim, darkened, blurred and shrunk as cameras do. Labels follow the crop's transform exactly. A quarter
of the crops show no upright face, for the second output, and an eighth what the detector took for faces (`landmarks_others.py`).
The learning rate follows the clock. Writes DIR/landmarks.pt, DIR/last.pt to resume from, and a line of figures for each check to DIR/train.jsonl;
`landmarks_pack.py` makes the model pack of it.
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
from torch import nn

import landmarks_warm
from embedder_warm import settle
from landmarks_views import Frame, beyond, cover, streak, unfocused

SIDE = 64
MARGIN = 1.4
REACH = 2.2   # of a patch of `landmarks_others.py`, likewise
MIRROR = [1, 0, 2, 4, 3]
FACE = np.array([[.32, .34], [.68, .34], [.5, .55], [.35, .76], [.65, .76]])  # where a detector's box has the points, about


def block(i, o, stride):
    return nn.Sequential(nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU())


def pooled(x):
    return torch.cat([x.amax((2, 3)), x.mean((2, 3))], 1)


def up(x):
    return nn.functional.interpolate(x, scale_factor=2, mode="nearest")


class LandmarkNet(nn.Module):
    """13 M multiply-adds; uint8 RGB crops as float 0..255 [N,3,64,64] -> points [N,10], x and y in 0..1 of the crop,
    and the logit [N,1] that an upright face is in the crop as a detector's box frames it.

    An hourglass of three scales gives each point a map of 16x16 weights; the point is their mean place (integral
    regression, Sun et al., ECCV 2018), finer than the map's grid and quicker to learn than a linear layer.
    """

    def __init__(self):
        super().__init__()
        self.fine = nn.Sequential(block(3, 16, 2), block(16, 32, 2), block(32, 32, 1))
        self.middle = nn.Sequential(block(32, 64, 2), block(64, 64, 1))
        self.coarse = nn.Sequential(block(64, 96, 2), block(96, 96, 1))
        self.narrow = nn.Sequential(block(96, 64, 1))
        self.join = nn.Sequential(block(64, 64, 1), block(64, 32, 1))
        self.maps = nn.Sequential(block(32, 32, 1), nn.Conv2d(32, 5, 1))
        self.face = nn.Linear(192, 1)
        self.register_buffer("grid", grid())

    def forward(self, x):
        fine = self.fine((x - 127.5) / 128)
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        x = self.join(middle + up(self.narrow(coarse)))
        points = (self.maps(fine + up(x)).flatten(2).softmax(2) @ self.grid).flatten(1)
        return points, self.face(pooled(coarse))

    def sight(self, x):
        """What the second output is made of: the largest and the mean of each channel at the coarsest scale [N,192]."""
        return pooled(self.coarse(self.middle(self.fine((x - 127.5) / 128))))


def grid():
    """Centres of the map's cells [256,2], x and y; spread by a quarter, so that a point on the rim can be reached."""
    axis = (torch.arange(16) - 7.5) / 16 * 1.25 + .5
    return torch.stack([axis.repeat(16), axis.repeat_interleave(16)], 1)


def square(face, rng=None, no_face=False):
    """Crop transform [2,3] from picture to crop pixels for a label row.

    With rng jittered as detectors' boxes are, which now and then are nearly twice too large. With no_face such a frame
    that no upright face is framed by: turned on its side or head, beside the face, or far too wide or narrow.
    """
    cx, cy = face[0] + face[2] / 2, face[1] + face[3] / 2
    side, angle = max(face[2], face[3]) * MARGIN, 0.0
    if rng is not None:
        wild = rng.random() < .3
        cx += rng.normal(0, .1 if wild else .05) * side
        cy += rng.normal(0, .1 if wild else .05) * side
        side *= math.exp(float(np.clip(rng.normal(.1, .3), -.5, .65)) if wild else rng.normal(0, .1))
        angle = math.radians(float(np.clip(rng.normal(0, 18), -50, 50)))
    if no_face:
        kind = rng.random()
        if kind < .5:
            angle += math.radians(rng.choice([90, 180, 180, 270]))
        elif kind < .8:
            turn, far = rng.uniform(0, 2 * math.pi), rng.uniform(.5, 1) * side
            cx, cy = cx + far * math.cos(turn), cy + far * math.sin(turn)
        else:
            side *= rng.uniform(.2, .4) if rng.random() < .6 else rng.uniform(2.4, 4)
    s = SIDE / side
    c, n = math.cos(angle) * s, math.sin(angle) * s
    half = (SIDE - 1) / 2
    return np.array([[c, -n, half - c * cx + n * cy], [n, c, half - n * cx - c * cy]], np.float32)


def photograph(crop, rng):
    """What cameras do to a crop: less light, colour cast, motion, defocus, low resolution, noise, JPEG, something in the way."""
    k = rng.random()
    if k < .12:
        crop = streak(crop, rng.uniform(2, 13), rng)
    elif k < .22:
        crop = unfocused(crop, rng.uniform(.7, 4.5))
    elif k < .35:
        crop = cv2.GaussianBlur(crop, (0, 0), rng.uniform(.5, 2))
    if rng.random() < .6:
        small = int(rng.integers(15, 56))
        crop = cv2.resize(crop, (small, small), interpolation=cv2.INTER_AREA)
        if rng.random() < .4:
            crop = jpeg(crop, rng)
        crop = cv2.resize(crop, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    x = crop.astype(np.float32)
    x = (x - 127.5) * rng.uniform(.5, 1.4) + 127.5 + rng.normal(0, 22)
    x *= 1 + rng.normal(0, .06, 3).astype(np.float32)
    if rng.random() < .05:
        x[:] = x.mean(2, keepdims=True)
    if rng.random() < .3:
        x += rng.normal(0, rng.uniform(1, 10), x.shape).astype(np.float32)
    x = np.clip(x, 0, 255).astype(np.uint8)
    if rng.random() < .1:
        w, h = rng.integers(8, 28, 2)
        a, b = rng.integers(0, SIDE - 8, 2)
        x[b:b + h, a:a + w] = rng.integers(0, 255, 3)
    return jpeg(x, rng) if rng.random() < .3 else x


def jpeg(image, rng):
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 90))])[1], 1)


def sample(picture, face, rng, no_face=False, cut=False):
    """A crop [64,64,3] RGB, its points [10] and whether they are there; a fixed clean one without rng. With `cut` a part of the face
    lies beyond the picture's rim, which the box fills by reflection."""
    m, corner = square(face, rng, no_face), np.zeros(2)
    border = cv2.BORDER_CONSTANT if no_face or rng is not None and rng.random() < .4 else cv2.BORDER_REFLECT_101
    if cut:
        left, top, right, bottom = beyond(face, picture.shape, rng)
        picture, border = np.ascontiguousarray(picture[top:bottom, left:right]), cv2.BORDER_REFLECT_101
        corner += [left, top]
        m[:, 2] += m[:, :2] @ corner
    shrink = max(1, round(1 / math.hypot(m[0, 0], m[0, 1])))
    big = m * shrink
    big[:, 2] += (shrink - 1) / 2
    value = rng.integers(0, 255, 3).tolist() if rng is not None else (0, 0, 0)
    crop = cv2.warpAffine(picture, big, (SIDE * shrink, SIDE * shrink), borderMode=border, borderValue=value)
    crop = cv2.resize(crop, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    points = np.c_[face[4:14].reshape(5, 2) - corner, np.ones(5)] @ m.T
    if rng is not None:
        crop = photograph(crop, rng)
        if rng.random() < .5:
            crop, points = crop[:, ::-1], points[MIRROR] * [-1, 1] + [SIDE - 1, 0]
    return crop[..., ::-1], ((points + .5) / SIDE).astype(np.float32).ravel(), not no_face


def other(patch, rng=None):
    """As `sample`, of a find that is no face: a square patch of `landmarks_others.py` around its box. Some have a mask or another thing
    drawn where a face would have it, so that this is no sign of a face."""
    side = patch.shape[0]
    box = side / REACH
    around = np.array([(side - box) / 2, (side - box) / 2, box, box, *[side / 2] * 10], np.float32)
    if rng is not None and rng.random() < .25:
        patch = cover(patch, around[:2] + FACE * box, rng)
    return (*sample(np.ascontiguousarray(patch), around, rng)[:2], False)


class Crops(torch.utils.data.IterableDataset):
    """Endless batches; each worker draws its own stream. A turned face comes up to six times as often as a straight one; two in
    five have something before the face, one in seven is cut by the rim."""

    def __init__(self, prefix, batch, seed, others=None):
        self.prefix, self.batch, self.seed, self.others = prefix, batch, seed, others

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        pictures, faces = np.load(self.prefix + "_x.npy", mmap_mode="r"), np.load(self.prefix + "_y.npy")
        covered = np.load(self.prefix + "_c.npy", mmap_mode="r")
        others = np.load(self.others + "_n.npy", mmap_mode="r") if self.others else None
        turned = np.abs([Frame(f[4:14].reshape(5, 2)).nose for f in faces])
        often = np.cumsum(1 + 5 * np.clip((turned - .15) / .3, 0, 1))
        while True:
            picks = np.searchsorted(often, rng.random(self.batch) * often[-1] * .999999)
            rows = [other(others[int(rng.integers(len(others)))], rng) if others is not None and k % 8 == 1 else
                    sample((covered if rng.random() < .4 else pictures)[i], faces[i], rng, k % 4 == 0, k % 7 == 2 and k % 4 > 0)
                    for k, i in enumerate(picks)]
            yield (torch.from_numpy(np.stack([r[0] for r in rows])).permute(0, 3, 1, 2),
                   torch.from_numpy(np.stack([r[1] for r in rows])), torch.tensor([[r[2]] for r in rows]))


def errors(found, want):
    """Mean distance of the five points in interocular distances, for each face."""
    found, want = found.reshape(-1, 5, 2), want.reshape(-1, 5, 2)
    eyes = np.linalg.norm(want[:, 0] - want[:, 1], axis=1)
    return np.linalg.norm(found - want, axis=2).mean(1) / np.maximum(eyes, .1)


@torch.no_grad()
def average(mean, net, keep):
    """Moves the averaged weights towards the net's."""
    for m, n in zip(mean.state_dict().values(), net.state_dict().values()):
        if m.dtype.is_floating_point:
            m.lerp_(n, 1 - keep)
        else:
            m.copy_(n)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--faces", required=True)
    p.add_argument("--check", required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--others", help="finds that are no faces, from landmarks_others.py: an eighth of each batch")
    p.add_argument("--others-check", help="the same, not trained on")
    p.add_argument("--init", type=pathlib.Path, help="weights to go on from: a pack's model.pb, or a landmarks.pt")
    p.add_argument("--minutes", type=float, default=10)
    p.add_argument("--batch", type=int, default=128)
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--seed", type=int, default=5)
    p.add_argument("--rate", type=float, default=3e-3)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pictures, faces = np.load(a.check + "_x.npy", mmap_mode="r"), np.load(a.check + "_y.npy")
    rng = np.random.default_rng(a.seed)
    covered = np.load(a.check + "_c.npy", mmap_mode="r")
    checks = [sample((covered if i % 5 == 2 else pictures)[i], faces[i], rng if i % 5 else None, i % 5 == 4, i % 5 == 3)
              for i in range(min(1500, len(faces)))]
    cx = torch.from_numpy(np.stack([c[0] for c in checks])).permute(0, 3, 1, 2).float().to(device)
    cy = np.stack([c[1] for c in checks])
    finds = None
    if a.others_check:
        patches = [other(q)[0] for q in np.load(a.others_check + "_n.npy", mmap_mode="r")[:1000]]
        finds = torch.from_numpy(np.stack(patches)).permute(0, 3, 1, 2).float().to(device)
    net = LandmarkNet().to(device)
    if a.init and a.init.suffix == ".pb":
        landmarks_warm.load(a.init, net)
        settle(net, cx[:300]).train()
    elif a.init:
        net.load_state_dict(torch.load(a.init, map_location=device))
    if device == "cpu":
        net = net.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net).eval()
    opt = torch.optim.AdamW(net.parameters(), a.rate, weight_decay=1e-4)
    step, seen, used, last = 0, 0, 0.0, a.out / "last.pt"
    if last.exists():
        c = torch.load(last, map_location=device)
        net.load_state_dict(c["net"])
        mean.load_state_dict(c["mean"])
        opt.load_state_dict(c["opt"])
        step, seen, used = c["step"], c["seen"], c["used"]
    start, shown = time.time() - used, used / (a.minutes * 60)
    load = torch.utils.data.DataLoader(Crops(a.faces, a.batch, a.seed + step, a.others), batch_size=None, num_workers=a.workers,
                                       prefetch_factor=8, multiprocessing_context="spawn")
    for x, y, there in load:
        part = (time.time() - start) / (a.minutes * 60)
        if part >= 1:
            break
        for g in opt.param_groups:
            g["lr"] = a.rate * min(1, (step + 1) / 100) * (.5 + .5 * math.cos(math.pi * part))
        x = x.to(device).float().contiguous(memory_format=torch.channels_last)
        points, face = net(x)
        there = there.to(device).float()
        apart = nn.functional.smooth_l1_loss(points, y.to(device), beta=.01, reduction="none").mean(1, keepdim=True)
        certain = nn.functional.binary_cross_entropy_with_logits(face, there)
        loss = (apart * there).sum() / there.sum() + .02 * certain
        opt.zero_grad()
        loss.backward()
        opt.step()
        average(mean, net, min(.998, step / (step + 10)))
        step, seen = step + 1, seen + len(x)
        if part - shown > .08:
            shown = part
            with torch.no_grad():
                points, face = mean(cx)
                e, face = errors(points.cpu().numpy(), cy), face.sigmoid().cpu().numpy()[:, 0]
            line = {"minutes": round(part * a.minutes, 1), "step": step, "crops": seen, "loss": round(loss.item(), 5)}
            for k, name in enumerate(("clean", "spoilt", "covered", "cut")):
                line["error_" + name] = round(float(np.median(e[k::5])), 4)
                line["missed_" + name] = round(float((face[k::5] < .5).mean()), 4)
            line["false"] = round(float((face[4::5] > .5).mean()), 4)
            if finds is not None:
                with torch.no_grad():
                    line["finds_believed"] = round(float((mean(finds)[1].sigmoid() > .5).float().mean()), 4)
            print(json.dumps(line), flush=True)
            (a.out / "train.jsonl").open("a").write(json.dumps(line) + "\n")
            torch.save(mean.state_dict(), a.out / "landmarks.pt")
            torch.save({"net": net.state_dict(), "mean": mean.state_dict(), "opt": opt.state_dict(), "step": step, "seen": seen,
                        "used": time.time() - start}, last)
    torch.save(mean.state_dict(), a.out / "landmarks.pt")


if __name__ == "__main__":
    main()
