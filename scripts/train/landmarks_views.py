"""Faces as they are hard to see: something worn or held before them, or a part beyond the picture's rim.

    python scripts/train/landmarks_views.py PREFIX

PREFIX is what `landmarks_labels.py` wrote. PREFIX_c.npy gets each of its pictures with something before the face. Everything
is drawn in the frame of the labelled points (`Frame`), so that it sits, turns and narrows as a thing on that head would. The other
functions are `landmarks_train.py`'s.
"""
import argparse
import math
import multiprocessing

import cv2
import numpy as np

from faceless import clouds, colour, stripes

# Of what people wear; BGR. Half of the masks have one of these colours, the others any.
WORN = np.array([(225, 205, 150), (235, 215, 175), (240, 240, 240), (250, 250, 250), (25, 25, 25), (50, 45, 45), (130, 130, 130),
                 (190, 170, 240), (150, 190, 130), (120, 60, 20), (40, 40, 160)], np.float32)


class Frame:
    """A face's own axes: u across (the eyes at -0.5 and 0.5 from the front), v down, from the middle of the eyes, in true interocular
    distances. A turned head's nearer side is wide, the other narrow: u of -1 and 1 are its edges, 0 the line of the nose."""

    def __init__(self, points):
        eyes, mouth = (points[0] + points[1]) / 2, (points[3] + points[4]) / 2
        down = mouth - eyes
        self.middle, self.long = eyes, np.linalg.norm(down) + 1e-3
        self.down = down / self.long
        self.right = np.array([self.down[1], -self.down[0]])
        self.size = max(np.linalg.norm(points[1] - points[0]), self.long / 1.15)
        self.nose = float(np.clip((points[2] - eyes) @ self.right / self.size, -.6, .6))
        centre = -1.56 * self.nose * .6
        self.edges = min(centre - 1.1, self.nose - .15), max(centre + 1.1, self.nose + .15)

    def __call__(self, *uv):
        """Picture places [n,2] of (u, v) pairs."""
        u, v = np.array(uv, float).T
        across = np.where(u < 0, self.nose - u * (self.edges[0] - self.nose), self.nose + u * (self.edges[1] - self.nose))
        return self.middle + np.outer(across * self.size, self.right) + np.outer(v * self.size, self.down)


def rounded(points, times=2):
    """A closed polygon with its corners cut (Chaikin)."""
    for _ in range(times):
        after = np.roll(points, -1, 0)
        points = np.stack([.75 * points + .25 * after, .25 * points + .75 * after], 1).reshape(-1, 2)
    return points


def area(shape, polygons):
    mask = np.zeros(shape[:2], np.uint8)
    for p in polygons:
        cv2.fillPoly(mask, [np.round(p * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return mask


def cloth(image, frame, rng, picture, worn=True):
    """What the thing is made of, as large as the image: plain, patterned, or a piece of another picture; folded and lit."""
    side, kind = image.shape[0], rng.random()
    base = WORN[rng.integers(len(WORN))] + rng.normal(0, 8, 3) if worn and rng.random() < .6 else colour(rng)
    out = np.empty(image.shape, np.float32)
    out[:] = base
    if kind < .12:
        out = clouds(rng, side).astype(np.float32)
    elif kind < .22:
        out = stripes(rng, side).astype(np.float32)
    elif kind < .32 and picture is not None:
        n = int(rng.integers(24, 120))
        y, x = rng.integers(0, picture.shape[0] - n, 2)
        out = cv2.resize(picture[y:y + n, x:x + n], (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    elif kind < .4:
        for _ in range(int(rng.integers(4, 40))):
            c = tuple(float(v) for v in colour(rng))
            cv2.circle(out, tuple(int(v) for v in rng.integers(0, side, 2)), int(rng.integers(1, side // 10)), c, -1, cv2.LINE_AA)
    light = cv2.resize(rng.uniform(.7, 1.2, (3, 3)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    if rng.random() < .6:  # folds
        shade = np.ones((side, side), np.float32)
        top = rng.uniform(.4, .9)
        for v in np.linspace(top, top + rng.uniform(.5, 1), int(rng.integers(2, 6))):
            line = frame((-1.1, v - rng.uniform(-.1, .2)), (-.5, v), (0, v + .05), (.5, v), (1.1, v - rng.uniform(-.1, .2)))
            cv2.polylines(shade, [np.round(line).astype(np.int32)], False, rng.uniform(.7, .95), max(1, int(rng.uniform(.01, .06) * frame.size)),
                          cv2.LINE_AA)
        light *= cv2.GaussianBlur(shade, (0, 0), rng.uniform(.5, 2))
    grey = cv2.resize(image, (9, 9), interpolation=cv2.INTER_AREA).mean(2).astype(np.float32)
    grey = np.clip(grey / max(30., float(grey.mean())), .5, 1.4) ** rng.uniform(0, 1)
    return out * (light * cv2.resize(grey, (side, side), interpolation=cv2.INTER_LINEAR))[..., None]


def lay(image, mask, stuff, rng, opaque=1.0):
    """The stuff on the image where the mask is, now and then with a shadow beside it."""
    soft = mask.astype(np.float32) / 255
    stuff = np.clip(stuff, 0, 255).astype(np.uint8)
    if rng.random() < .4:
        shift = np.float32([[1, 0, rng.uniform(-5, 5)], [0, 1, rng.uniform(-2, 7)]])
        shadow = cv2.blur(cv2.warpAffine(soft, shift, image.shape[1::-1]), (int(rng.integers(3, 12)),) * 2) * rng.uniform(.1, .5)
        image = cv2.blendLinear(image, np.zeros_like(image), 1 - shadow, shadow)
    soft *= opaque
    return cv2.blendLinear(np.ascontiguousarray(image), stuff, 1 - soft, soft)


def mask(image, f, rng, picture):
    """A face mask of some shape, where it belongs or slipped."""
    n = lambda s: rng.normal(0, s)
    slip = 0 if (k := rng.random()) < .78 else rng.uniform(.25, .55) if k < .93 else rng.uniform(.75, 1)
    nose, side, chin = rng.uniform(.1, .45), rng.uniform(.3, .75), rng.uniform(1.65, 2.2)
    wide = rng.uniform(.85, 1.08)
    middle = nose + n(.05) + rng.uniform(0, .25)
    shape = rounded(f((-wide, side + slip), (-.5, middle + slip), (0, nose + slip), (.5, middle + slip), (wide, side + n(.06) + slip),
                      (wide * .95, 1.2 + n(.1) + slip), (.62, chin - .25), (.2, chin), (-.2, chin), (-.62, chin - .25),
                      (-wide * .95, 1.2 + n(.1) + slip)), int(rng.integers(1, 4)))
    stuff = cloth(image, f, rng, picture)
    if rng.random() < .3:  # a ridge down the middle: one half darker
        half = area(image.shape, [f((0, -1), (2, -1), (2, 4), (0, 4))]).astype(np.float32) / 255
        stuff = stuff * (1 - rng.uniform(.1, .35) * (half if rng.random() < .5 else 1 - half))[..., None]
    if rng.random() < .12:  # a valve
        c = tuple(float(v) for v in colour(rng))
        cv2.circle(stuff, tuple(int(v) for v in f((rng.uniform(-.4, .4), 1.1))[0]), max(2, int(f.size * rng.uniform(.12, .2))), c, -1, cv2.LINE_AA)
    if rng.random() < .6:  # loops
        c, thick = tuple(float(v) for v in colour(rng)), max(1, int(f.size * rng.uniform(.02, .06)))
        for s in (-1, 1):
            for a, b in ((side + slip, rng.uniform(.1, .5)), (1.3 + slip, rng.uniform(.4, .9))):
                line = f((s * wide, a), (s * 1.3, b))
                cv2.line(image, *(tuple(int(v) for v in p) for p in line), c, thick, cv2.LINE_AA)
    return lay(image, area(image.shape, [shape]), stuff, rng)


def scarf(image, f, rng, picture):
    """Cloth from somewhere between nose and chin downwards, wider than the face."""
    v = rng.uniform(.25, 1.3)
    top = f((-1.6, v + rng.normal(0, .15)), (-.7, v + rng.normal(0, .08)), (0, v + rng.normal(0, .1)), (.7, v + rng.normal(0, .08)),
            (1.6, v + rng.normal(0, .15)), (2, 4), (-2, 4))
    return lay(image, area(image.shape, [rounded(top)]), cloth(image, f, rng, picture), rng)


def skin(image, f, rng):
    """A colour near that of the face's cheek, lit unevenly, as large as the image."""
    x, y = np.clip(f((rng.choice([-.4, .4]), .6))[0].round().astype(int), 2, image.shape[0] - 3)
    out = np.empty(image.shape, np.float32)
    out[:] = image[y - 2:y + 3, x - 2:x + 3].reshape(-1, 3).mean(0) * rng.uniform(.7, 1.25) + rng.normal(0, 6, 3)
    return out * cv2.resize(rng.uniform(.8, 1.15, (4, 4, 1)).astype(np.float32), image.shape[1::-1], interpolation=cv2.INTER_CUBIC)[..., None]


def hand(image, f, rng, picture):
    """A palm and fingers over mouth, cheek or eye; skin or a glove."""
    centre = f((rng.uniform(-.8, .8), rng.uniform(.1, 1.6)))[0]
    angle, size = rng.uniform(0, 2 * math.pi), f.size * rng.uniform(.35, .6)
    stuff = skin(image, f, rng) if rng.random() < .8 else cloth(image, f, rng, picture)
    spread = rng.uniform(.1, .3)
    for k in range(int(rng.integers(3, 6))):
        a = angle + (k - 1.5) * spread
        way = np.array([math.cos(a), math.sin(a)])
        finger = np.zeros(image.shape[:2], np.uint8)
        far = centre + way * size * rng.uniform(1.5, 2.1)
        cv2.line(finger, *(tuple(int(v) for v in p) for p in (centre, far)), 255, max(2, int(size * .36)), cv2.LINE_AA)
        image = lay(image, finger, stuff * rng.uniform(.9, 1.05), rng)
    palm = np.zeros(image.shape[:2], np.uint8)
    cv2.ellipse(palm, tuple(int(v) for v in centre), (int(size), int(size * .75)), math.degrees(angle), 0, 360, 255, -1, cv2.LINE_AA)
    return lay(image, palm, stuff, rng)


def glasses(image, f, rng, picture):
    """Sunglasses, or clear ones with a frame."""
    c = tuple(float(v) for v in (rng.uniform(0, 60, 3) if rng.random() < .8 else colour(rng)))
    wide, high, v = rng.uniform(.26, .42), rng.uniform(.18, .36), rng.uniform(-.08, .12)
    lens = area(image.shape, [rounded(f((s * .5 - wide, v - high), (s * .5 + wide, v - high), (s * .5 + wide * .8, v + high),
                                        (s * .5 - wide * .8, v + high)), int(rng.integers(1, 4))) for s in (-1, 1)])
    stuff = np.empty(image.shape, np.float32)
    stuff[:] = c
    if rng.random() < .5:
        stuff += clouds(rng, image.shape[0]).astype(np.float32) * rng.uniform(.05, .4)
    image = lay(image, lens, stuff, rng, rng.uniform(.75, 1) if rng.random() < .75 else rng.uniform(0, .3))
    for a, b in (((-.18, v - .05), (.18, v - .05)), ((-.8, v), (-1.1, v - .05)), ((.8, v), (1.1, v - .05))):
        cv2.line(image, *(tuple(int(q) for q in p) for p in f(a, b)), c, max(1, int(f.size * rng.uniform(.03, .1))), cv2.LINE_AA)
    return image


def cap(image, f, rng, picture):
    """A cap, helmet or hat down to the brows, with a peak or brim and its shadow."""
    v, stuff = rng.uniform(-.75, -.15), cloth(image, f, rng, picture)
    crown = rounded(f((-1.25, v), (-1.2, v - 1), (-.7, v - 1.9), (.7, v - 1.9), (1.2, v - 1), (1.25, v), (.6, v - .1), (-.6, v - .1)))
    peak = rounded(f((-1.1, v - .15), (1.1, v - .15), (rng.uniform(.7, 1.5), v + rng.uniform(.05, .3)), (rng.uniform(-1.5, -.7), v + rng.uniform(.05, .3))))
    shade = area(image.shape, [f((-1.2, v), (1.2, v), (1.1, v + .7), (-1.1, v + .7))])
    image = lay(image, cv2.blur(shade, (int(f.size * .3) + 1,) * 2), image * rng.uniform(.3, .9), rng)
    image = lay(image, area(image.shape, [crown]), stuff, rng)
    return lay(image, area(image.shape, [peak]), stuff * rng.uniform(.6, 1.1), rng) if rng.random() < .7 else image


def hair(image, f, rng, picture):
    """Strands over the brow and one eye, or down one side."""
    dark = rng.uniform(5, 90) * np.array([.8, .95, 1.2]) if rng.random() < .8 else colour(rng)
    s, image = rng.choice([-1, 1]), np.ascontiguousarray(image)
    for _ in range(int(rng.integers(20, 70))):
        a = f((s * rng.uniform(-.3, 1.2), rng.uniform(-1.6, -.9)))[0]
        b = f((s * rng.uniform(.15, 1.15), rng.uniform(-.2, 1.2)))[0]
        c = tuple(float(v) for v in np.clip(dark * rng.uniform(.7, 1.4), 0, 255))
        cv2.line(image, tuple(int(v) for v in a), tuple(int(v) for v in b), c, max(1, int(f.size * rng.uniform(.02, .09))), cv2.LINE_AA)
    return image


def hood(image, f, rng, picture):
    """Cloth around the face: a hood, a headscarf, a helmet."""
    wide, top = rng.uniform(.75, 1.05), rng.uniform(-1, -.45)
    hole = rounded(f((-wide, top + .3), (-.5, top), (.5, top), (wide, top + .3), (wide, 1.2), (.5, rng.uniform(1.6, 2)),
                     (-.5, rng.uniform(1.6, 2)), (-wide, 1.2)))
    outside = rounded(f((-1.6, -1.6), (1.6, -1.6), (2, 3.5), (-2, 3.5)))
    return lay(image, cv2.subtract(area(image.shape, [outside]), area(image.shape, [hole])), cloth(image, f, rng, picture), rng)


def thing(image, f, rng, picture):
    """Something flat before a part of the face: a phone, a cup, a sheet, another's back or head."""
    centre, angle = f((rng.uniform(-1, 1), rng.uniform(-.4, 1.8)))[0], rng.uniform(0, math.pi)
    a, b = f.size * rng.uniform(.3, 1, 2)
    c, s = math.cos(angle), math.sin(angle)
    corners = centre + np.array([(-a, -b), (a, -b), (a, b), (-a, b)]) @ np.array([[c, s], [-s, c]])
    return lay(image, area(image.shape, [rounded(corners, int(rng.integers(0, 4)))]), cloth(image, f, rng, picture, False), rng)


def half(image, f, rng, picture):
    """One side, or what is below or above a line, behind something large: a door, a wall, somebody in front."""
    u, v, s = rng.uniform(-.15, .9), rng.uniform(.3, 1.3), rng.choice([-1, 1])
    k = rng.random()
    if k < .6:
        corners = f((s * u, -3), (s * (u + rng.normal(0, .2)), 4), (s * 3, 4), (s * 3, -3))
    elif k < .85:
        corners = f((-3, v), (3, v + rng.normal(0, .3)), (3, 5), (-3, 5))
    else:
        corners = f((-3, -.25), (3, -.25 + rng.normal(0, .2)), (3, -4), (-3, -4))
    return lay(image, area(image.shape, [corners]), cloth(image, f, rng, picture, False), rng)


KINDS = ((mask, .46), (scarf, .08), (hand, .1), (glasses, .09), (cap, .06), (hair, .05), (hood, .04), (thing, .07), (half, .05))


def cover(image, points, rng, picture=None):
    """The square BGR image with something before the face whose five points [5,2] are given; a mask goes with another thing now and
    then. `picture` is raw material for patterns."""
    frame = Frame(points)
    parts = np.array([p for _, p in KINDS])
    first = KINDS[rng.choice(len(KINDS), p=parts / parts.sum())][0]
    image = first(image.copy(), frame, rng, picture)
    if first is mask and rng.random() < .35:
        image = (glasses, cap, hood, hair)[rng.integers(4)](image, frame, rng, picture)
    return image


def beyond(face, shape, rng):
    """What of the picture is left (left, top, right, bottom) so that up to 45 % of a label row's box lies beyond one or two rims."""
    left, top, right, bottom = 0, 0, shape[1], shape[0]
    x, y, w, h = face[:4]
    sides = rng.permutation(2)[:1 if rng.random() < .8 else 2]
    if 0 in sides and rng.random() < .5:
        left = max(0, int(x + rng.uniform(0, .45) * w))
    elif 0 in sides:
        right = min(right, int(x + w - rng.uniform(0, .45) * w))
    if 1 in sides and rng.random() < .5:
        top = max(0, int(y + rng.uniform(0, .45) * h))
    elif 1 in sides:
        bottom = min(bottom, int(y + h - rng.uniform(0, .45) * h))
    return left, top, right, bottom


def streak(image, length, rng):
    """The image moved while the shutter was open: a straight line of that length in pixels, any way."""
    n = int(math.ceil(length)) | 1
    kernel, c = np.zeros((n, n), np.float32), (n - 1) / 2
    a = rng.uniform(0, math.pi)
    tip = np.array([math.cos(a), math.sin(a)]) * length / 2
    cv2.line(kernel, tuple(int(v) for v in np.round((c - tip) * 16)), tuple(int(v) for v in np.round((c + tip) * 16)), 1., 1, cv2.LINE_AA, 4)
    return cv2.filter2D(image, -1, kernel / max(1e-6, kernel.sum()), borderType=cv2.BORDER_REFLECT_101)


def unfocused(image, radius):
    n = int(math.ceil(radius))
    y, x = np.mgrid[-n:n + 1, -n:n + 1]
    kernel = np.clip(radius + .5 - np.sqrt(x * x + y * y), 0, 1).astype(np.float32)
    return cv2.filter2D(image, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT_101)


def paint(job):
    """Rows `start` to `end` of PREFIX, covered."""
    prefix, start, end = job
    cv2.setNumThreads(1)
    pictures, faces = np.load(prefix + "_x.npy", mmap_mode="r"), np.load(prefix + "_y.npy")
    rng = np.random.default_rng([11, start])
    return np.stack([cover(pictures[i], faces[i, 4:14].reshape(5, 2), rng, pictures[int(rng.integers(len(pictures)))])
                     for i in range(start, end)])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("prefix")
    p.add_argument("--workers", type=int, default=2)
    a = p.parse_args()
    pictures = np.load(a.prefix + "_x.npy", mmap_mode="r")
    out = np.lib.format.open_memmap(a.prefix + "_c.npy", "w+", np.uint8, pictures.shape)
    starts = range(0, len(pictures), 250)
    jobs = [(a.prefix, s, min(s + 250, len(pictures))) for s in starts]
    with multiprocessing.get_context("spawn").Pool(a.workers) as pool:
        for start, painted in zip(starts, pool.imap(paint, jobs)):
            out[start:start + len(painted)] = painted
    print(len(pictures), "covered")


if __name__ == "__main__":
    main()
