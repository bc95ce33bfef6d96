"""Pictures without a face, made of labelled ones: what the detector finds in them is for the landmark network to refuse."""
import pathlib

import cv2
import numpy as np

POOL = 416  # side of the pictures kept ready


def colour(rng):
    return rng.integers(0, 256, 3).astype(np.float32) if rng.random() < .7 else np.full(3, rng.integers(0, 256), np.float32)


def gradient(rng, side):
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    t = np.clip((np.cos(a := rng.uniform(0, 6.3)) * (x - .5) + np.sin(a) * (y - .5)) + .5, 0, 1)[..., None]
    return (colour(rng) * t + colour(rng) * (1 - t)).astype(np.uint8)


def clouds(rng, side):
    """Fractal noise: random fields of doubling fineness, summed."""
    out = np.zeros((side, side, 3), np.float32)
    fall = rng.uniform(.4, .9)
    for k in range(1, 8):
        n = 2 ** k
        field = rng.normal(size=(n, n, 3 if rng.random() < .3 else 1)).astype(np.float32)
        field = cv2.resize(field, (side, side), interpolation=cv2.INTER_CUBIC)
        out += (field if field.ndim == 3 else field[..., None]) * fall ** k
    out = out / (out.std() + 1e-3) * rng.uniform(15, 60) + colour(rng)
    return np.clip(out, 0, 255).astype(np.uint8)


def stripes(rng, side):
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    a, period = rng.uniform(0, 3.2), np.exp(rng.uniform(np.log(4), np.log(120)))
    wave = np.sin((x * np.cos(a) + y * np.sin(a)) * 6.283 / period)
    if rng.random() < .4:
        wave *= np.sin((y * np.cos(a) - x * np.sin(a)) * 6.283 / (period * rng.uniform(.5, 2)))
    if rng.random() < .5:
        wave = np.sign(wave)
    t = (wave[..., None] + 1) / 2
    return (colour(rng) * t + colour(rng) * (1 - t)).astype(np.uint8)


def shapes(rng, side, image=None):
    """Ellipses, discs in pairs, boxes, polygons, lines and writing; many look a little like eyes and heads."""
    image = gradient(rng, side) if image is None else image.copy()
    for _ in range(rng.integers(3, 40)):
        c = tuple(int(v) for v in colour(rng))
        x, y = (int(v) for v in rng.integers(0, side, 2))
        r = int(np.exp(rng.uniform(np.log(2), np.log(side / 3))))
        thick = -1 if rng.random() < .7 else int(rng.integers(1, 6))
        kind = rng.integers(0, 6)
        if kind == 0:
            axes = (r, int(r * rng.uniform(.4, 1.4)) + 1)
            cv2.ellipse(image, (x, y), axes, rng.uniform(0, 180), 0, 360, c, thick, cv2.LINE_AA)
            if rng.random() < .5:  # two dots and a bar on it, turned wrong way up or scattered
                d = tuple(int(v) for v in colour(rng))
                for sx in (-.4, .4):
                    cv2.circle(image, (x + int(r * sx), y + int(r * rng.uniform(0, .5))), max(1, r // 8), d, -1, cv2.LINE_AA)
        elif kind == 1:
            for k in range(2):
                cv2.circle(image, (x + 2 * k * r, y), max(1, r // 2), c, thick, cv2.LINE_AA)
        elif kind == 2:
            cv2.rectangle(image, (x, y), (x + r, y + int(r * rng.uniform(.3, 2))), c, thick)
        elif kind == 3:
            pts = (np.array([x, y]) + rng.integers(-r - 1, r + 1, (int(rng.integers(3, 7)), 2))).astype(np.int32)
            cv2.fillPoly(image, [pts], c, cv2.LINE_AA)
        elif kind == 4:
            cv2.line(image, (x, y), tuple(int(v) for v in rng.integers(0, side, 2)), c, int(rng.integers(1, 9)), cv2.LINE_AA)
        else:
            text = "".join(chr(v) for v in rng.integers(48, 123, rng.integers(2, 9)))
            cv2.putText(image, text, (x, y), int(rng.integers(0, 8)), r / 60 + .3, c, int(rng.integers(1, 4)), cv2.LINE_AA)
    return image


def scramble(rng, image, block):
    """The picture cut into blocks, each put somewhere else and turned over: face stuff, but no face."""
    n = image.shape[0] // block
    parts = image[:n * block, :n * block].reshape(n, block, n, block, 3).swapaxes(1, 2).reshape(n * n, block, block, 3)
    parts = parts[rng.permutation(n * n)]
    flip = rng.random(n * n) < .5
    parts[flip] = parts[flip][:, ::-1]
    return np.ascontiguousarray(parts.reshape(n, n, block, block, 3).swapaxes(1, 2).reshape(n * block, n * block, 3))


def erase(rng, image, face):
    """The picture with its face covered: by smear, colour, noise or scrambled blocks."""
    out = image.copy()
    h, w = out.shape[:2]
    centre = (int(face[0] + face[2] / 2), int(face[1] + face[3] / 2))
    mask = np.zeros((h, w), np.uint8)
    grow = rng.uniform(1.05, 1.35)
    axes = (int(face[2] / 2 * grow) + 1, int(face[3] / 2 * grow) + 1)
    if rng.random() < .6:
        cv2.ellipse(mask, centre, axes, 0, 0, 360, 255, -1)
    else:
        cv2.rectangle(mask, (centre[0] - axes[0], centre[1] - axes[1]), (centre[0] + axes[0], centre[1] + axes[1]), 255, -1)
    kind = rng.integers(0, 4)
    if kind == 0:
        small = cv2.resize(out, (6, 6), interpolation=cv2.INTER_AREA)
        cover = cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)[:, ::-1]
    elif kind == 1:
        skin = out[max(0, centre[1] - 20):centre[1] + 20, max(0, centre[0] - 20):centre[0] + 20].reshape(-1, 3)
        cover = np.full_like(out, skin.mean(0) if len(skin) else 128)
    elif kind == 2:
        cover = clouds(rng, w)
    else:
        cover = cv2.resize(scramble(rng, out, max(2, w // int(rng.choice([16, 8, 7])))), (w, h))
    soft = cv2.GaussianBlur(mask, (0, 0), rng.uniform(1, 8))[..., None].astype(np.float32) / 255
    return (cover * soft + out * (1 - soft)).astype(np.uint8)


def background(rng, side, picture, face):
    """One faceless picture of side x side. `picture` 224x224 with its `face` label is raw material."""
    kind = rng.random()
    if kind < .08:
        return gradient(rng, side)
    if kind < .2:
        return clouds(rng, side)
    if kind < .26:
        return stripes(rng, side)
    if kind < .4:
        return shapes(rng, side, None if rng.random() < .5 else clouds(rng, side))
    if kind < .6:
        blocks = scramble(rng, picture, int(rng.choice([7, 14, 28, 28, 37, 56, 74])))
        return cv2.resize(blocks, (side, side), interpolation=cv2.INTER_LINEAR)
    if kind < .85:
        out = erase(rng, picture, face)
        m = cv2.getRotationMatrix2D((112, 112), rng.uniform(-180, 180), side / 224 * rng.uniform(.8, 3))
        m[:, 2] += side / 2 - 112 + rng.uniform(-side, side, 2) * .4
        return cv2.warpAffine(out, m, (side, side), borderMode=cv2.BORDER_REFLECT_101)
    size = int(rng.integers(24, 64))  # a small piece of the picture's rim, enlarged
    x, y = rng.integers(0, 224 - size, 2)
    if rng.random() < .5:
        x = rng.choice([0, 224 - size])
    else:
        y = rng.choice([0, 224 - size])
    piece = picture[y:y + size, x:x + size]
    return cv2.resize(piece, (side, side), interpolation=cv2.INTER_CUBIC)


class Faceless:
    """A pool of faceless pictures, made once of the labelled ones of PREFIX and kept beside them, of which crops are used."""

    def __init__(self, prefix):
        pool = pathlib.Path(prefix + "_b.npy")
        if not pool.exists():
            pictures, labels = np.load(prefix + "_x.npy", mmap_mode="r"), np.load(prefix + "_y.npy")
            np.save(pool, self.paint_pool(np.random.default_rng(7), pictures, labels, min(2500, len(pictures))))
        self.pool = np.load(pool, mmap_mode="r")

    @staticmethod
    def paint_pool(rng, pictures, labels, count):
        out = np.empty((count, POOL, POOL, 3), np.uint8)
        for k in range(count):
            i, j = rng.integers(len(pictures), size=2)
            out[k] = background(rng, POOL, pictures[i], labels[i])
            if rng.random() < .15:
                other = background(rng, POOL, pictures[j], labels[j])
                t = np.clip(clouds(rng, POOL)[..., :1].astype(np.float32) / 128 - .5, 0, 1)
                out[k] = out[k] * t + other * (1 - t)
        return out

    def crop(self, rng, side):
        """A crop of one of the pool, turned and recoloured."""
        y, x = rng.integers(0, POOL - side + 1, 2)
        out = self.pool[int(rng.integers(len(self.pool)))][y:y + side, x:x + side]
        out = np.rot90(out, int(rng.integers(4)))
        if rng.random() < .5:
            out = out[:, ::-1]
        if rng.random() < .3:
            out = out[..., rng.permutation(3)]
        return np.ascontiguousarray(out)
