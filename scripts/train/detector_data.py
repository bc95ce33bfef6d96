"""Mosaics of labelled faces for the detector, made on the fly, with dense targets for every stride."""
import pathlib

import cv2
import numpy as np
import torch

import detector_paint as paint

STRIDES = (8, 16, 32)
RANGES = ((0, 42), (36, 132), (112, 1e9))   # size (root of box area) for which a stride is responsible
FLIP = [1, 0, 2, 4, 3]                      # landmarks after mirroring


POOL = 416                                  # side of the backgrounds kept ready


class Faces:
    """The labelled pictures in four sizes, and a pool of backgrounds made from them of which crops are used."""

    def __init__(self, prefix):
        self.full = np.load(prefix + "_x.npy", mmap_mode="r")
        self.labels = np.load(prefix + "_y.npy")
        self.sizes = {1: self.full, **{k: self.shrunk(prefix, k) for k in (2, 4, 8)}}
        pool = pathlib.Path(prefix + "_b.npy")
        if not pool.exists():
            np.save(pool, self.paint_pool(np.random.default_rng(7), min(2500, len(self.full))))
        self.pool = np.load(pool, mmap_mode="r")

    def shrunk(self, prefix, k):
        """The pictures at 1/k, from a file made once: most faces are pasted small, and shrinking took the most time."""
        kept = pathlib.Path(f"{prefix}_x{k}.npy")
        if not kept.exists():
            side = self.full.shape[1] // k
            np.save(kept, np.stack([cv2.resize(x, (side, side), interpolation=cv2.INTER_AREA) for x in self.full]))
        return np.load(kept, mmap_mode="r")

    def paint_pool(self, rng, count):
        out = np.empty((count, POOL, POOL, 3), np.uint8)
        for k in range(count):
            i, j = rng.integers(len(self.full), size=2)
            out[k] = paint.background(rng, POOL, self.full[i], self.labels[i])
            if rng.random() < .15:
                other = paint.background(rng, POOL, self.full[j], self.labels[j])
                t = np.clip(paint.clouds(rng, POOL)[..., :1].astype(np.float32) / 128 - .5, 0, 1)
                out[k] = out[k] * t + other * (1 - t)
        return out

    def background(self, rng, side):
        """A crop of one of the pool, turned and recoloured."""
        y, x = rng.integers(0, POOL - side + 1, 2)
        out = self.pool[int(rng.integers(len(self.pool)))][y:y + side, x:x + side]
        out = np.rot90(out, int(rng.integers(4)))
        if rng.random() < .5:
            out = out[:, ::-1]
        if rng.random() < .3:
            out = out[..., rng.permutation(3)]
        return np.ascontiguousarray(out)

    def __len__(self):
        return len(self.full)

    def at(self, i, scale):
        """Picture i for use at `scale`: (pixels, how much they were shrunk)."""
        shrink = 1
        while scale * shrink < .6 and shrink < 8:
            shrink *= 2
        return np.ascontiguousarray(self.sizes[shrink][i]), shrink


def paste(rng, canvas, picture, shrink, matrix, mask):
    """Warp `picture` by the 2x3 `matrix` (from 224-pixel coordinates) onto the canvas through the soft mask."""
    side = canvas.shape[0]
    corners = np.array([[0, 0], [224, 0], [0, 224], [224, 224]], np.float32) @ matrix[:, :2].T + matrix[:, 2]
    x0, y0 = np.floor(np.clip(corners.min(0), 0, side)).astype(int)
    x1, y1 = np.ceil(np.clip(corners.max(0), 0, side)).astype(int)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    m = matrix.copy()
    m[:, 2] -= (x0, y0)

    def scaled(k):  # the same map from a picture shrunk k times, pixel centres kept
        s = m.copy()
        s[:, :2] *= k
        s[:, 2] += m[:, :2] @ np.array([(k - 1) / 2, (k - 1) / 2], np.float32)
        return s
    size = (int(x1 - x0), int(y1 - y0))
    piece = paint.light(rng, cv2.warpAffine(picture, scaled(shrink), size, borderMode=cv2.BORDER_REPLICATE))
    alpha = cv2.warpAffine(mask, scaled(4), size, borderMode=cv2.BORDER_CONSTANT)
    region = np.ascontiguousarray(canvas[y0:y1, x0:x1])
    canvas[y0:y1, x0:x1] = cv2.blendLinear(piece, region, alpha, 1 - alpha)


def occlude(rng, canvas, box):
    """Cover at most a third of a face with a patch."""
    x, y, w, h = box
    pw, ph = w * rng.uniform(.2, .8), h * rng.uniform(.15, .4)
    px, py = x + rng.uniform(0, w - pw), y + rng.choice([rng.uniform(-.1, .1) * h, h - ph, rng.uniform(0, h - ph)])
    a, b = (max(0, int(px)), max(0, int(py))), (int(px + pw), int(py + ph))
    c = tuple(int(v) for v in paint.colour(rng))
    if rng.random() < .5:
        cv2.rectangle(canvas, a, b, c, -1)
    else:
        cv2.ellipse(canvas, ((px + pw / 2, py + ph / 2), (pw, ph), rng.uniform(-20, 20)), c, -1)


def place(rng, taken, side, size):
    """A free centre for something of this size, or None."""
    for _ in range(8):
        c = rng.uniform(-.1 * size, side + .1 * size, 2) if rng.random() < .15 else \
            rng.uniform(min(size * .5, side / 2), max(side - size * .5, side / 2 + 1), 2)
        if all(max(abs(c[0] - t[0]), abs(c[1] - t[1])) > .62 * (size + t[2]) for t in taken):
            return c
    return None


def frame(rng, canvas, faces, c, size):
    """A rectangle of something else behind a place, so that rims around a face do not tell where in it the face is."""
    side = canvas.shape[0]
    reach = size * np.exp(rng.uniform(np.log(.55), np.log(2.6), 4))
    x0, y0 = np.clip(c - reach[:2], 0, side - 3).astype(int)
    x1, y1 = np.clip(c + reach[2:], (x0 + 2, y0 + 2), side).astype(int)
    piece = faces.background(rng, min(POOL, max(x1 - x0, y1 - y0)))[:y1 - y0, :x1 - x0]
    canvas[y0:y0 + piece.shape[0], x0:x0 + piece.shape[1]] = piece


def mosaic(rng, faces, side, least=13):
    """(picture uint8 [side,side,3], faces float32 [n,14], whole bool [n]); a face that is not whole is to be ignored."""
    n = len(faces)
    canvas = faces.background(rng, side)
    found, whole, taken = [], [], []
    count = 0 if rng.random() < .1 else int(rng.integers(1, 15))
    largest = min(330, side * .95)
    for k in range(count + int(rng.integers(0, 5))):
        small, large = (largest * .25, largest) if k == 0 and rng.random() < .35 else \
            (least, largest if k == 0 else largest * .42)
        size = float(np.exp(rng.uniform(np.log(small), np.log(large))))
        c = place(rng, taken, side, size)
        if c is not None:
            taken.append((c[0], c[1], size, k < count))
            if rng.random() < .5:
                frame(rng, canvas, faces, c, size)
    for cx, cy, size, real in taken:
        c = np.array([cx, cy])
        i = int(rng.integers(n))
        label = faces.labels[i]
        mirror = rng.random() < .5
        scale = size / np.sqrt(label[2] * label[3])
        angle = np.deg2rad(rng.normal(0, 14) if rng.random() < .85 else rng.uniform(-55, 55))
        squeeze = np.exp(rng.normal(0, .06))
        rot = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        m = np.zeros((2, 3), np.float32)
        m[:, :2] = rot @ np.diag([squeeze * (-1 if mirror else 1), 1 / squeeze]) * scale
        middle = label[:2] + label[2:4] / 2
        m[:, 2] = c - m[:, :2] @ middle
        picture, shrink = faces.at(i, scale)
        if not real:  # a distraction: same mask, same rim, no face
            small = label / shrink
            if rng.random() < .6:
                picture = paint.erase(rng, picture, small)
            else:
                block = int(picture.shape[0] // rng.choice([3, 4, 6, 8]))
                blocks = paint.scramble(rng, np.ascontiguousarray(picture), max(2, block))
                picture = cv2.resize(blocks, picture.shape[1::-1])
        paste(rng, canvas, picture, shrink, m, paint.soft_mask(rng, label))
        if not real:
            continue
        points = label[4:14].reshape(5, 2) @ m[:, :2].T + m[:, 2]
        if mirror:
            points = points[FLIP]
        w, h = label[2] * scale * squeeze, label[3] * scale / squeeze
        turn = abs(np.sin(angle))  # the teacher's boxes are upright: a turned face has a box a little wider and lower
        w, h = w * (1 - turn) + turn * (w + h) / 2, h * (1 - turn) + turn * (w + h) / 2
        box = np.array([c[0] - w / 2, c[1] - h / 2, w, h], np.float32)
        seen = max(0, min(side, box[0] + w) - max(0, box[0])) * max(0, min(side, box[1] + h) - max(0, box[1]))
        if rng.random() < .12:
            occlude(rng, canvas, box)
        found.append(np.concatenate([box, points.reshape(-1)]))
        whole.append(seen / (w * h) > .7)
    canvas = paint.disturb(rng, canvas)
    return canvas, np.array(found, np.float32).reshape(-1, 14), np.array(whole, bool)


def targets(found, whole, side):
    """Dense targets in the order of `detector_net.grid`: int8 [cells] (1 face, 0 none, -1 ignore), float32 [cells,14]."""
    state, value = [], []
    size = np.sqrt(found[:, 2] * found[:, 3])
    for stride, (low, high) in zip(STRIDES, RANGES):
        n = side // stride
        y, x = (g.reshape(-1, 1).astype(np.float32) * stride for g in np.mgrid[0:n, 0:n])
        s, v = np.zeros(n * n, np.int8), np.zeros((n * n, 14), np.float32)
        if len(found):
            cx, cy = found[:, 0] + found[:, 2] / 2, found[:, 1] + found[:, 3] / 2
            d = np.maximum(np.abs(x - cx), np.abs(y - cy))
            here = (size >= low) & (size < high) & whole
            near = d <= np.maximum(stride * .51, np.minimum(stride * 1.05, size * .3))
            s[((d <= np.maximum(stride, size * .35))).any(1)] = -1
            positive = near & here
            dist = np.where(positive, d, 1e9)
            best = dist.argmin(1)
            hit = positive.any(1)
            s[hit] = 1
            v[hit] = found[best[hit]]
        state.append(s)
        value.append(v)
    return np.concatenate(state), np.concatenate(value)


class Mosaics(torch.utils.data.IterableDataset):
    """Endless batches (pictures uint8 [B,side,side,3], state, value); each worker draws its own stream."""

    def __init__(self, prefix, sides, seed):
        self.prefix, self.sides, self.seed = prefix, sides, seed

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        faces = Faces(self.prefix)
        while True:
            side, batch = self.sides[int(rng.integers(len(self.sides)))]
            parts = []
            for _ in range(batch):
                image, found, whole = mosaic(rng, faces, side)
                parts.append((image, *targets(found, whole, side)))
            yield tuple(torch.from_numpy(np.stack(p)) for p in zip(*parts))
