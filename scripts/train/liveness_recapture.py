"""Simulated recapture: what a face looks like when a screen or a sheet of paper is held before the camera.

All functions take a numpy Generator and float32 BGR pictures in 0..1, and give the same. `screen` and `paper` turn a
face into a fake; `camera` is what every picture goes through, live or fake, so that noise, sharpness, light and JPEG
alone say nothing.
"""
import cv2
import numpy as np


def noise_field(rng, side, cells):
    """A smooth random field in 0..1."""
    f = rng.random((cells + 1, cells + 1)).astype(np.float32)
    return np.clip(cv2.resize(f, (side, side), interpolation=cv2.INTER_CUBIC), 0, 1)


def tone(x, gamma, gain, lift, tint):
    """Gamma, contrast, black level and colour of a display or a print as the camera sees it."""
    return np.clip(lift + (gain - lift) * np.power(np.clip(x, 0, 1), gamma) * tint, 0, 1)


def desaturate(x, amount):
    grey = x @ np.array([.114, .587, .299], np.float32)
    return x + (grey[..., None] - x) * amount


def pixel_grid(rng, x):
    """Red, green and blue stripes and the dark gaps of a display, at a period near the camera's own."""
    side = x.shape[0]
    period = rng.uniform(1.6, 4.5)
    a = rng.normal(0, .12) + (np.pi / 2 if rng.random() < .15 else 0)
    j, i = np.mgrid[0:side, 0:side].astype(np.float32)
    bend = rng.uniform(0, 2.5) * noise_field(rng, side, 3)
    u = (i * np.cos(a) + j * np.sin(a)) / period + bend
    v = (j * np.cos(a) - i * np.sin(a)) / (period * rng.uniform(.9, 1.1)) + bend
    depth = rng.uniform(.05, .6)
    stripes = np.stack([np.cos(6.283 * (u + k / 3)) for k in range(3)], -1)
    rows = np.cos(6.283 * v)[..., None]
    kind = rng.random()
    pattern = stripes if kind < .5 else rows if kind < .65 else .7 * stripes + .5 * rows
    return np.clip(x * (1 + depth * pattern), 0, 1)


def moire(rng, x):
    """Broad coloured waves: the beat between two grids."""
    side = x.shape[0]
    j, i = np.mgrid[0:side, 0:side].astype(np.float32) / side
    out = x
    for _ in range(rng.integers(1, 4)):
        f, a = np.exp(rng.uniform(np.log(3), np.log(45))), rng.uniform(0, 3.15)
        curve = rng.uniform(0, 6) * ((i - .5) ** 2 + (j - .5) ** 2) + 2 * noise_field(rng, side, 2)
        phase = 6.283 * f * (i * np.cos(a) + j * np.sin(a)) + 6.283 * curve
        shift = np.array([0, 2.1, 4.2]) * (rng.random() < .6) + rng.uniform(0, 6.28)
        out = out * (1 + rng.uniform(.02, .16) * np.cos(phase[..., None] + shift.astype(np.float32)))
    return np.clip(out, 0, 1)


def halftone(rng, x):
    """Printed dots, one screen angle per ink."""
    side = x.shape[0]
    j, i = np.mgrid[0:side, 0:side].astype(np.float32)
    period, out = rng.uniform(2, 5), np.empty_like(x)
    for c, degrees in enumerate((0, 75, 15)):
        a = np.deg2rad(degrees + rng.uniform(-5, 5))
        cell = np.cos(6.283 * (i * np.cos(a) + j * np.sin(a)) / period) * np.cos(6.283 * (j * np.cos(a) - i * np.sin(a)) / period)
        out[..., c] = 1 / (1 + np.exp(np.clip((.5 + .5 * cell - x[..., c]) * 9, -30, 30)))
    mix = rng.uniform(.2, .8)
    return cv2.GaussianBlur(x * (1 - mix) + out * mix, (0, 0), rng.uniform(.3, .9))


def glare(rng, x):
    """Reflections on glass: a bright window, streaks, or a veil over everything."""
    side = x.shape[0]
    kind, light = rng.random(), np.zeros((side, side), np.float32)
    if kind < .4:
        c = rng.uniform(0, side, 2)
        size = np.abs(rng.normal(0, .22, 2)) * side + 5
        cv2.ellipse(light, ((c[0], c[1]), (size[0], size[1]), rng.uniform(0, 180)), 1, -1)
        light = cv2.GaussianBlur(light, (0, 0), rng.uniform(2, 14))
    elif kind < .65:
        p = (rng.uniform(0, side, 2) + rng.normal(0, side / 5, (4, 2))).astype(np.int32)
        cv2.fillConvexPoly(light, cv2.convexHull(p.reshape(-1, 1, 2)), 1)
        light = cv2.GaussianBlur(light, (0, 0), rng.uniform(.8, 6))
    else:
        light = noise_field(rng, side, 2) * .6 + .2
    tint = 1 - rng.uniform(0, .25, 3).astype(np.float32)
    return np.clip(x + light[..., None] * tint * rng.uniform(.1, .7), 0, 1)


def edges(rng, x, paper=False):
    """The rim of the device or sheet inside the crop: bezel or white border, then the room behind."""
    side = x.shape[0]
    quad = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    move = rng.random((4, 1)).astype(np.float32) * side * .02
    inset = np.abs(rng.normal(0, .09, 4)) * side * (rng.random(4) < .6)
    quad += np.array([[inset[0], inset[1]], [-inset[2], inset[1]], [-inset[2], -inset[3]], [inset[0], -inset[3]]]) + move
    m = cv2.getRotationMatrix2D((side / 2, side / 2), rng.normal(0, 6), 1)
    quad = quad @ m[:, :2].T + m[:, 2]
    mask = np.zeros((side, side), np.float32)
    cv2.fillConvexPoly(mask, quad.astype(np.int32), 1)
    width = int(rng.uniform(0, .14) * side) + 1
    outer = cv2.dilate(mask, np.ones((width, width), np.uint8))
    rim = rng.uniform(.75, 1, 3) if paper else rng.uniform(0, .15, 3) if rng.random() < .7 else rng.uniform(.6, .95, 3)
    room = noise_field(rng, side, int(rng.integers(1, 6)))[..., None] * rng.random(3) * .8 + rng.random(3) * .3
    soft = rng.uniform(.4, 1.5)
    mask, outer = (cv2.GaussianBlur(v, (0, 0), soft)[..., None] for v in (mask, outer))
    return np.clip(x * mask + rim * (outer - mask) + room * (1 - outer), 0, 1).astype(np.float32)


def tilt(rng, x, strength=.06):
    """A plane seen at an angle."""
    side = x.shape[0]
    src = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    dst = src + rng.normal(0, strength * side, (4, 2)).astype(np.float32) * .5
    return cv2.warpPerspective(x, cv2.getPerspectiveTransform(src, dst), (side, side), borderMode=cv2.BORDER_REFLECT_101)


def resample(rng, x, low, high):
    """Through fewer pixels and back: the resolution of what is shown."""
    side = x.shape[0]
    n = int(side * rng.uniform(low, high))
    way = [cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC][rng.integers(3)]
    return np.clip(cv2.resize(cv2.resize(x, (n, n), interpolation=cv2.INTER_AREA), (side, side), interpolation=way), 0, 1)


def screen(rng, x):
    """A phone, tablet or monitor held up."""
    if rng.random() < .6:
        x = resample(rng, x, .3, .9)
    x = desaturate(x, rng.uniform(-.3, .5))
    tint = np.array([rng.uniform(.85, 1.2), rng.uniform(.9, 1.08), rng.uniform(.8, 1.1)], np.float32)
    bright = rng.random() < .3
    x = tone(x, rng.uniform(.45, .8) if bright else rng.uniform(.7, 1.6), rng.uniform(1, 1.35) if bright else rng.uniform(.55, 1.05),
             rng.uniform(0, .22), tint)
    if rng.random() < .45:
        x = pixel_grid(rng, x)
    if rng.random() < .45:
        x = moire(rng, x)
    x = tilt(rng, x)
    if rng.random() < .4:
        x = glare(rng, x)
    if rng.random() < .3:
        x = edges(rng, x)
    return cv2.GaussianBlur(x, (0, 0), rng.uniform(.4, 2.2)) if rng.random() < .65 else x


def paper(rng, x):
    """A print or a photograph held up, flat or bent."""
    if rng.random() < .4:
        x = resample(rng, x, .35, .9)
    x = desaturate(x, rng.uniform(0, .6) if rng.random() < .85 else 1)
    x = tone(x, rng.uniform(.7, 1.4), rng.uniform(.6, .95), rng.uniform(.06, .25),
             np.array([rng.uniform(.75, 1.05), rng.uniform(.85, 1.05), rng.uniform(.9, 1.1)], np.float32))
    if rng.random() < .5:
        x = halftone(rng, x)
    side = x.shape[0]
    if rng.random() < .5:
        grain = rng.normal(0, rng.uniform(.01, .05), (side, side, 1)).astype(np.float32)
        x = x * (1 + cv2.GaussianBlur(grain, (0, 0), rng.uniform(.5, 1.5))[..., None])
    if rng.random() < .5:  # a bend: shading across
        t = np.linspace(-1, 1, side, dtype=np.float32)
        shade = 1 + rng.uniform(-.25, .25) * np.sin(t * rng.uniform(.5, 3) + rng.uniform(0, 6.28))
        x = x * (shade[None, :, None] if rng.random() < .7 else shade[:, None, None])
    x = tilt(rng, np.clip(x, 0, 1).astype(np.float32))
    if rng.random() < .25:
        x = glare(rng, x)
    if rng.random() < .4:
        x = edges(rng, x, paper=True)
    return cv2.GaussianBlur(x, (0, 0), rng.uniform(.4, 1.8)) if rng.random() < .5 else x


def camera(rng, x):
    """Light, lens, sensor and JPEG, the same for live and fake; uint8 out."""
    x = np.asarray(x, np.float32)
    if rng.random() < .5:
        x = np.power(np.clip(x, 0, 1), np.float32(np.exp(rng.uniform(-.35, .35))))
    if rng.random() < .5:
        x = x * rng.uniform(.35, 1.3) * rng.uniform(.9, 1.1, 3).astype(np.float32)
    if rng.random() < .3:
        x = x * (.6 + .6 * noise_field(rng, x.shape[0], 1))[..., None]
    if rng.random() < .3:
        x = resample(rng, x, .5, 1)
    if rng.random() < .25:
        x = cv2.GaussianBlur(x, (0, 0), rng.uniform(.3, 1.1))
    if rng.random() < .25:
        x = x + rng.uniform(.2, .8) * (x - cv2.GaussianBlur(x, (0, 0), 1.2))
    if rng.random() < .5:
        x = x + rng.normal(0, rng.uniform(.003, .03), x.shape).astype(np.float32)
    out = (np.clip(x, 0, 1) * 255 + .5).astype(np.uint8)
    if rng.random() < .5:
        out = cv2.imdecode(cv2.imencode(".jpg", out, [1, int(rng.integers(35, 98))])[1], 1)
    return out
