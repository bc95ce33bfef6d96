"""Simulated recapture: what a face looks like when a screen or a sheet of paper is held before the camera.

All functions take a numpy Generator and float32 BGR pictures in 0..1, square, and give the same. `screen` and `paper` turn
a face into a fake; `camera` is what every picture goes through, live or fake, so that noise, sharpness, light, colour and
compression alone say nothing. `room` spoils live pictures with what fakes have for other reasons: straight edges behind
the head, a pane of glass, the flicker of a lamp.
"""
import cv2
import numpy as np

GREY = np.array([.114, .587, .299], np.float32)


def chance(rng, p):
    return rng.random() < p


def grid(side):
    """Row and column of each pixel, float32."""
    return np.mgrid[0:side, 0:side].astype(np.float32)


def noise_field(rng, side, cells):
    """A smooth random field in 0..1."""
    f = rng.random((cells + 1, cells + 1)).astype(np.float32)
    return np.clip(cv2.resize(f, (side, side), interpolation=cv2.INTER_CUBIC), 0, 1)


def normal(rng, shape, sigma):
    return rng.standard_normal(shape, np.float32) * np.float32(sigma)


def tone(x, gamma, gain, lift, tint):
    """Gamma, contrast, black level and colour of a display or a print as the camera sees it."""
    return np.clip(lift + (gain - lift) * np.power(np.clip(x, 1e-4, 1), np.float32(gamma)) * tint, 0, None).astype(np.float32)


def desaturate(x, amount):
    grey = x @ GREY
    return x + (grey[..., None] - x) * np.float32(amount)


def daylight(rng, strength):
    """A white balance that is off along the colours of lamps and sky, warm or cool: gains of B, G, R."""
    warm, green = rng.normal(0, strength), rng.normal(0, strength / 4)
    return np.exp(np.array([-warm, green, warm])).astype(np.float32)


def display_colour(rng, x):
    """Another gamut: primaries that are not the camera's, and a white point that mostly is too blue."""
    mix = np.eye(3, dtype=np.float32) + normal(rng, (3, 3), rng.uniform(.01, .07))
    mix /= mix.sum(1, keepdims=True)
    cool = rng.normal(.05, .09)
    return np.clip(x @ mix.T, 0, None) * np.exp(np.array([cool, rng.normal(0, .03), -cool])).astype(np.float32)


def pixel_grid(rng, x):
    """The picture elements of a display, sampled by the camera's: each colour at its own phase, seen in perspective. Periods
    below two of the camera's pixels alias, as they do there, into waves that bend."""
    side = x.shape[0]
    j, i = grid(side)
    a = rng.normal(0, .15) + (np.pi / 2 if chance(rng, .3) else 0)
    f = np.exp(rng.uniform(np.log(.18), np.log(2.6)))
    w = 1 + rng.normal(0, .12) * (i / side - .5) + rng.normal(0, .12) * (j / side - .5)
    bend = rng.uniform(0, .03) * f * ((i - side / 2) ** 2 + (j - side / 2) ** 2) / side
    u = f * (i * np.float32(np.cos(a)) + j * np.float32(np.sin(a))) / w + bend
    v = f * rng.uniform(.9, 1.1) * (j * np.float32(np.cos(a)) - i * np.float32(np.sin(a))) / w + bend
    depth = np.exp(rng.uniform(np.log(.03), np.log(.5))) * (1 if f < .5 else np.exp(-.6 * (f - .5)))
    kind = rng.random()
    if kind < .5:
        phases = (0, 1 / 3, 2 / 3) if chance(rng, .8) else (0, 0, 0)
        pattern = np.stack([np.cos(6.2832 * (u + k)) for k in phases], -1)
    elif kind < .65:
        pattern = np.cos(6.2832 * v)[..., None]
    elif kind < .85:
        rows = .5 * np.cos(6.2832 * v)
        pattern = np.stack([.7 * np.cos(6.2832 * (u + k)) + rows for k in (0, 1 / 3, 2 / 3)], -1)
    else:  # green at every place, red and blue at every second
        checks = np.cos(3.1416 * (u + v)) * np.cos(3.1416 * (u - v))
        pattern = np.stack([checks, np.cos(6.2832 * u) * .5 + np.cos(6.2832 * v) * .5, -checks], -1)
    return np.clip(x * (1 + np.float32(depth) * pattern.astype(np.float32)), 0, None)


def moire(rng, x):
    """Broad coloured waves: the beat between two grids."""
    side = x.shape[0]
    j, i = grid(side) / side
    out = x
    for _ in range(rng.integers(1, 4)):
        f, a = np.exp(rng.uniform(np.log(2), np.log(45))), rng.uniform(0, 3.15)
        curve = rng.uniform(0, 6) * ((i - .5) ** 2 + (j - .5) ** 2) + 2 * noise_field(rng, side, 2)
        phase = 6.2832 * (f * (i * np.float32(np.cos(a)) + j * np.float32(np.sin(a))) + curve)
        if chance(rng, .6):
            wave = np.stack([np.cos(phase + k) for k in (0, 2.1, 4.2)], -1)
        else:
            wave = np.cos(phase)[..., None]
        out = out * (1 + np.float32(np.exp(rng.uniform(np.log(.01), np.log(.12)))) * wave.astype(np.float32))
    return out


def halftone(rng, x):
    """Printed dots, one screen angle per ink, or the scattered dots of an inkjet."""
    side = x.shape[0]
    if chance(rng, .35):
        dots = (np.clip(x, 0, 1) + normal(rng, x.shape, rng.uniform(.15, .4)) > .5).astype(np.float32)
    else:
        j, i = grid(side)
        period, dots = rng.uniform(1.4, 5), np.empty_like(x)
        for c, degrees in enumerate((0, 75, 15)):
            a = np.deg2rad(degrees + rng.uniform(-5, 5))
            s, k = np.float32(np.sin(a) / period), np.float32(np.cos(a) / period)
            cell = np.cos(6.2832 * (i * k + j * s)) * np.cos(6.2832 * (j * k - i * s))
            dots[..., c] = 1 / (1 + np.exp(np.clip((.5 + .5 * cell - x[..., c]) * 9, -30, 30)))
    mix = rng.uniform(.05, .6)
    return cv2.GaussianBlur(x * (1 - mix) + dots * mix, (0, 0), rng.uniform(.4, 1.2))


def lamp(rng, side):
    """The shape of one reflected light: lamp, window or strip."""
    light = np.zeros((side, side), np.float32)
    kind, centre = rng.random(), rng.uniform(0, side, 2)
    if kind < .4:
        size = np.abs(rng.normal(0, .2, 2)) * side + 4
        cv2.ellipse(light, (tuple(centre), tuple(size), rng.uniform(0, 180)), 1, -1)
    elif kind < .7:
        p = (centre + rng.normal(0, side / 5, (4, 2))).astype(np.int32)
        cv2.fillConvexPoly(light, cv2.convexHull(p.reshape(-1, 1, 2)), 1)
    else:
        box = cv2.boxPoints((tuple(centre), (side * rng.uniform(.3, 1.5), side * rng.uniform(.02, .12)), rng.uniform(0, 180)))
        cv2.fillConvexPoly(light, box.astype(np.int32), 1)
    return cv2.GaussianBlur(light, (0, 0), np.exp(rng.uniform(np.log(.7), np.log(14))))


def glare(rng, x):
    """Reflections on glass or glossy paper: lights, or a veil over everything."""
    side = x.shape[0]
    if chance(rng, .7):
        light = sum(lamp(rng, side) for _ in range(rng.integers(1, 4)))
    else:
        light = noise_field(rng, side, 2) * .6 + .2
    tint = 1 - rng.uniform(0, .25, 3).astype(np.float32)
    return x + light[..., None] * tint * np.float32(rng.uniform(.08, .8))


def ghost(rng, x, other):
    """The room in front of the glass, mirrored and out of focus, or a second image of the picture itself."""
    side = x.shape[0]
    if chance(rng, .6):
        room = cv2.GaussianBlur(other[:, ::-1], (0, 0), rng.uniform(1, 9))
        shift = rng.normal(0, side / 6, 2)
        size = rng.uniform(.6, 2)
        m = np.array([[size, 0, shift[0]], [0, size, shift[1]]], np.float32)
        room = cv2.warpAffine(room, m, (side, side), borderMode=cv2.BORDER_REFLECT_101)
        return x + room * np.float32(rng.uniform(.02, .2))
    shift, a = rng.normal(0, 3, 2), np.float32(rng.uniform(.05, .3))
    again = cv2.warpAffine(x, np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32), (side, side), borderMode=cv2.BORDER_REFLECT_101)
    return x * (1 - a) + again * a


def smudge(rng, x):
    """Grease on the glass: soft here and there."""
    m = np.clip((noise_field(rng, x.shape[0], int(rng.integers(2, 6))) - .5) * 4, 0, 1)[..., None]
    return x + (cv2.GaussianBlur(x, (0, 0), rng.uniform(1.5, 4)) - x) * m


def banding(rng, x, most):
    """Rows that are exposed at different moments of a light that flickers."""
    side = x.shape[0]
    rows = np.arange(side, dtype=np.float32) / side
    wave = np.cos(6.2832 * (np.exp(rng.uniform(np.log(.5), np.log(14))) * rows + rng.random()))
    if chance(rng, .4):
        wave = np.tanh(3 * wave)
    strength = np.float32(rng.uniform(.02, most)) * (1 - rng.uniform(0, .4, 3).astype(np.float32))
    return x * (1 + wave[:, None, None] * strength)


def fingers(rng, x):
    """A hand that holds the thing, at an edge."""
    side = x.shape[0]
    mask = np.zeros((side, side), np.float32)
    left = chance(rng, .5)
    height = rng.uniform(.3, 1) * side
    for _ in range(rng.integers(1, 5)):
        centre = (rng.uniform(-.05, .12) * side if left else rng.uniform(.88, 1.05) * side, height)
        cv2.ellipse(mask, (centre, (rng.uniform(.12, .35) * side, rng.uniform(.06, .12) * side), rng.normal(0, 25)), 1, -1)
        height -= rng.uniform(.09, .14) * side
    shade = np.array([rng.uniform(.2, .6), rng.uniform(.3, .7), rng.uniform(.4, .9)], np.float32) * (.7 + .5 * noise_field(rng, side, 6)[..., None])
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(.5, 1.5))[..., None]
    return x * (1 - mask) + shade * mask


def interface(rng, x):
    """What a player draws over its picture: a button, bars, lines of text."""
    side, x = x.shape[0], np.ascontiguousarray(x)
    colour = (float(rng.choice([0., .1, .95, 1.])),) * 3
    kind = rng.random()
    if kind < .4:
        c = (int(side * rng.uniform(.3, .7)), int(side * rng.uniform(.3, .7)))
        r = int(side * rng.uniform(.04, .1))
        cv2.circle(x, c, r, colour, -1)
        cv2.fillConvexPoly(x, np.array([[c[0] - r // 3, c[1] - r // 2], [c[0] + r // 2, c[1]], [c[0] - r // 3, c[1] + r // 2]]), (.2,) * 3)
    elif kind < .7:
        y = int(side * rng.choice([rng.uniform(0, .1), rng.uniform(.85, .95)]))
        cv2.rectangle(x, (0, y), (side, y + int(side * rng.uniform(.02, .12))), colour, -1)
    else:
        y = int(side * rng.uniform(0, .97))
        text = np.zeros((side, side), np.uint8)
        size = float(rng.uniform(.25, .8))
        cv2.putText(text, str(rng.integers(10 ** 4, 10 ** 9)), (int(rng.uniform(-10, side / 2)), y), int(rng.integers(0, 8)), size, 255, 1)
        x[text > 127] = colour
    return x


def background(rng, side, other):
    """What is behind the thing: the room, or somebody's clothes and head out of focus."""
    if chance(rng, .5):
        size = rng.uniform(1.2, 3)
        m = np.array([[size, 0, rng.normal(0, side / 2)], [0, size, rng.normal(0, side / 2)]], np.float32)
        return cv2.GaussianBlur(cv2.warpAffine(other, m, (side, side), borderMode=cv2.BORDER_REFLECT_101), (0, 0), rng.uniform(.5, 5)) * np.float32(rng.uniform(.3, 1.1))
    field = noise_field(rng, side, int(rng.integers(1, 6)))[..., None]
    return field * (rng.random(3) * .8).astype(np.float32) + (rng.random(3) * .3).astype(np.float32)


def edges(rng, x, other, paper=False):
    """The rim of the device or sheet inside the crop: bezel or white border, then the room behind. Paper may be cut out along
    the head."""
    side = x.shape[0]
    mask = np.zeros((side, side), np.float32)
    if paper and chance(rng, .4):
        angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        radius = side * (rng.uniform(.36, .5) + rng.normal(0, .012, 24))
        outline = np.stack([side / 2 + .85 * radius * np.cos(angles), side * .52 + 1.1 * radius * np.sin(angles)], 1)
        if chance(rng, .5):
            outline[(angles > .6) & (angles < 2.5), 1] = side * 1.1
        cv2.fillPoly(mask, [outline.astype(np.int32)], 1)
        width = int(rng.uniform(0, .04) * side) + 1
    else:
        quad = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
        inset = np.abs(rng.normal(0, .1, 4)) * side * (rng.random(4) < .6)
        quad += np.array([[inset[0], inset[1]], [-inset[2], inset[1]], [-inset[2], -inset[3]], [inset[0], -inset[3]]])
        m = cv2.getRotationMatrix2D((side / 2, side / 2), rng.normal(0, 6), 1.02)
        cv2.fillConvexPoly(mask, (quad @ m[:, :2].T + m[:, 2]).astype(np.int32), 1)
        width = int(rng.uniform(0, .14) * side) + 1
    outer = cv2.dilate(mask, np.ones((width, width), np.uint8))
    rim = rng.uniform(.75, 1, 3) if paper else rng.uniform(0, .15, 3) if chance(rng, .75) else rng.uniform(.6, .95, 3)
    soft = rng.uniform(.4, 1.5)
    mask, outer = (cv2.GaussianBlur(v, (0, 0), soft)[..., None] for v in (mask, outer))
    return (x * mask + rim.astype(np.float32) * (outer - mask) + background(rng, side, other) * (1 - outer)).astype(np.float32)


def tilt(rng, x, strength=.06):
    """A plane seen at an angle."""
    side = x.shape[0]
    src = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    dst = src + rng.normal(0, strength * side, (4, 2)).astype(np.float32) * .5
    return cv2.warpPerspective(x, cv2.getPerspectiveTransform(src, dst), (side, side), borderMode=cv2.BORDER_REFLECT_101)


def bend(rng, x):
    """Paper that is rolled: narrower at its edges, and darker to one side."""
    side = x.shape[0]
    j, i = grid(side)
    along, across = (i, j) if chance(rng, .7) else (j, i)
    t = along / side - .5
    moved = (t + rng.uniform(-.6, .6) * t ** 3 + rng.normal(0, .05) * t ** 2 + .5) * side
    x = cv2.remap(x, moved if along is i else across, across if along is i else moved, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    shade = 1 + np.float32(rng.uniform(-.3, .3)) * np.sin(t * rng.uniform(1, 6) + rng.uniform(0, 6.28)).astype(np.float32)
    return x * shade[..., None]


def folds(rng, x):
    """Creases: a thin line, and another brightness on its far side."""
    side = x.shape[0]
    j, i = grid(side)
    for _ in range(rng.integers(1, 4)):
        a = rng.choice([0, np.pi / 2]) + rng.normal(0, .15)
        d = (i - rng.uniform(.1, .9) * side) * np.float32(np.cos(a)) + (j - rng.uniform(.1, .9) * side) * np.float32(np.sin(a))
        line = np.exp(-(d / np.float32(rng.uniform(.6, 2.5))) ** 2)
        x = x * (1 + rng.uniform(-.25, .25) * line + rng.uniform(-.12, .12) * np.tanh(d / 3))[..., None].astype(np.float32)
    return x


def resample(rng, x, low, high):
    """Through fewer pixels and back: the resolution of what is shown."""
    side = x.shape[0]
    n = max(16, int(side * rng.uniform(low, high)))
    way = [cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC][rng.choice(3, p=[.15, .5, .35])]
    return cv2.resize(cv2.resize(x, (n, n), interpolation=cv2.INTER_AREA), (side, side), interpolation=way)


def jpeg(x, quality, blocks=1.):
    """Through a JPEG of this quality; `blocks` is the size of its pixels, for films that are shown enlarged."""
    side = x.shape[0]
    n = max(32, int(side / blocks))
    small = cv2.resize(x, (n, n), interpolation=cv2.INTER_AREA) if n != side else x
    coded = cv2.imencode(".jpg", (np.clip(small, 0, 1) * 255 + .5).astype(np.uint8), [1, int(quality)])[1]
    out = cv2.imdecode(coded, 1).astype(np.float32) * np.float32(1 / 255)
    return cv2.resize(out, (side, side), interpolation=cv2.INTER_LINEAR) if n != side else out


def retouch(rng, x):
    """What phones do to a portrait: smoother skin, more local contrast."""
    if chance(rng, .5):
        x = cv2.bilateralFilter(np.ascontiguousarray(x), 5, rng.uniform(.03, .15), 3)
    base = cv2.GaussianBlur(x, (0, 0), rng.uniform(4, 14))
    return x + (x - base) * np.float32(rng.uniform(-.1, .5))


def screen(rng, x, other):
    """A phone, tablet, monitor or projection held up."""
    if chance(rng, .3):
        x = retouch(rng, x)
    if chance(rng, .45):
        x = jpeg(x, rng.integers(12, 70), rng.uniform(1, 3))  # a film
    elif chance(rng, .4):
        x = resample(rng, x, .3, .9)
    if chance(rng, .15):
        x = interface(rng, x)
    x = display_colour(rng, desaturate(x, rng.normal(-.05, .25)))
    look = rng.random()
    white = np.ones(3, np.float32)
    if look < .35:  # brighter than the room: the camera burns it out
        x = tone(x, rng.uniform(.5, .9), rng.uniform(1.05, 1.6), rng.uniform(0, .12), white)
    elif look < .6:  # washed out
        x = tone(x, rng.uniform(.6, 1.1), rng.uniform(.6, .95), rng.uniform(.05, .35), white + normal(rng, 3, .03))
    elif look < .75:  # dim
        x = tone(x, rng.uniform(.9, 1.9), rng.uniform(.25, .6), rng.uniform(0, .08), white)
    else:
        x = tone(x, rng.uniform(.75, 1.5), rng.uniform(.7, 1.1), rng.uniform(0, .12), white)
    if chance(rng, .4):
        x = pixel_grid(rng, x)
    if chance(rng, .35):
        x = moire(rng, x)
    if chance(rng, .5):
        x = tilt(rng, x)
    if chance(rng, .15):
        x = smudge(rng, x)
    if chance(rng, .4):
        x = ghost(rng, x, other)
    if chance(rng, .35):
        x = glare(rng, x)
    if chance(rng, .25):
        x = banding(rng, x, .3)
    if chance(rng, .3):
        x = edges(rng, x, other)
        if chance(rng, .4):
            x = fingers(rng, x)
    return cv2.GaussianBlur(x, (0, 0), rng.uniform(.4, 2.2)) if chance(rng, .5) else x


def paper(rng, x, other):
    """A print or a photograph held up, flat, bent, folded or cut out."""
    if chance(rng, .2):
        x = retouch(rng, x)
    if chance(rng, .4):
        x = resample(rng, x, .35, .9)
    x = desaturate(x, rng.uniform(-.1, .6) if chance(rng, .85) else 1)
    ink = np.array([rng.uniform(.82, 1.08), rng.uniform(.9, 1.05), rng.uniform(.92, 1.1)], np.float32)
    if chance(rng, .3):  # few inks, wrong ones
        mix = np.eye(3, dtype=np.float32) + normal(rng, (3, 3), .05)
        x = np.clip(x @ (mix / mix.sum(1, keepdims=True)).T, 0, None)
    x = tone(x, rng.uniform(.7, 1.5), rng.uniform(.6, 1), rng.uniform(.02, .25), ink)
    if chance(rng, .2):  # lines of an empty cartridge
        x = banding(rng, x if chance(rng, .5) else x.transpose(1, 0, 2), .2)
        x = np.clip(x, 0, 1)
    if chance(rng, .45):
        x = halftone(rng, x)
    side = x.shape[0]
    if chance(rng, .5):
        grain = normal(rng, (side, side), rng.uniform(.01, .06))
        x = x * (1 + cv2.GaussianBlur(grain, (0, 0), rng.uniform(.5, 2)) * 2)[..., None]
    if chance(rng, .45):
        x = bend(rng, x)
    if chance(rng, .25):
        x = folds(rng, x)
    if chance(rng, .5):
        x = tilt(rng, np.ascontiguousarray(x, np.float32))
    if chance(rng, .3):
        x = glare(rng, x)
    if chance(rng, .35):
        x = edges(rng, x, other, paper=True)
        if chance(rng, .4):
            x = fingers(rng, x)
    return cv2.GaussianBlur(x, (0, 0), rng.uniform(.4, 2)) if chance(rng, .5) else x


def room(rng, x, other):
    """What live people have about them that looks like the edge of a screen, a reflection or a flicker."""
    side = x.shape[0]
    if chance(rng, .1):  # a door frame, a shelf, a picture on the wall
        x = x.copy()
        for _ in range(rng.integers(1, 3)):
            width = int(side * rng.uniform(.02, .14))
            at = int(side * (rng.uniform(0, .1) if chance(rng, .5) else rng.uniform(.9, 1)))
            bar = slice(max(0, at - width // 2), at + width)
            shade = rng.random(3).astype(np.float32)
            if chance(rng, .8):
                x[:, bar] = shade
            else:
                x[bar] = shade
        x = cv2.GaussianBlur(x, (0, 0), .6)
    if chance(rng, .06):
        x = ghost(rng, x, other)
    if chance(rng, .06):
        x = glare(rng, x) * np.float32(.9)
    if chance(rng, .1):
        x = banding(rng, x, .12)
    return x


def disc(radius):
    """The kernel of a lens out of focus."""
    n = int(np.ceil(radius)) * 2 + 1
    j, i = np.mgrid[0:n, 0:n] - n // 2
    k = np.clip(radius + .5 - np.sqrt(i ** 2 + j ** 2), 0, 1).astype(np.float32)
    return k / k.sum()


def lens(rng, x):
    kind = rng.random()
    if kind < .2:
        return cv2.filter2D(x, -1, disc(rng.uniform(.6, 3.2)), borderType=cv2.BORDER_REFLECT_101)
    if kind < .3:
        n = int(rng.integers(3, 10))
        k = np.zeros((n, n), np.float32)
        a = rng.uniform(0, 3.15)
        d = np.array([np.cos(a), np.sin(a)]) * n / 2
        cv2.line(k, tuple(int(v) for v in n / 2 - d), tuple(int(v) for v in n / 2 + d), 1)
        k[n // 2, n // 2] = 1
        return cv2.filter2D(x, -1, k / k.sum(), borderType=cv2.BORDER_REFLECT_101)
    return cv2.GaussianBlur(x, (0, 0), rng.uniform(.3, 1.6)) if kind < .5 else x


def infrared(rng, x):
    """A camera at night: red counts most, a lamp beside the lens, little behind."""
    grey = x @ np.array([rng.uniform(0, .15), rng.uniform(.1, .4), rng.uniform(.5, .9)], np.float32)
    side = x.shape[0]
    j, i = grid(side) / side - .5
    fall = np.exp(-np.float32(rng.uniform(0, 3.5)) * (i * i + j * j))
    return np.repeat((grey * fall * np.float32(rng.uniform(.6, 1.5)))[..., None], 3, 2)


def light(rng, x):
    """The light of the room, and what the camera makes of it: exposure, white balance, shadow."""
    side = x.shape[0]
    if chance(rng, .6):  # as automatic exposure would have it, more or less
        x = x * np.float32(np.clip(rng.uniform(.25, .6) / max(.02, x.mean()), .3, 6))
    elif chance(rng, .5):
        x = x * np.float32(np.exp(rng.normal(0, .35)))
    if chance(rng, .35):  # automatic white balance
        mean = x.mean((0, 1)) + .02
        x = x * ((mean.mean() / mean) ** rng.uniform(.2, 1)).astype(np.float32)
    if chance(rng, .6):
        x = x * daylight(rng, .05 if chance(rng, .7) else .16)
    if chance(rng, .35):
        low = rng.uniform(.35, .9)
        x = x * (low + (1.25 - low) * noise_field(rng, side, int(rng.integers(1, 3))))[..., None]
    if chance(rng, .1):
        x = x + np.float32(rng.uniform(.02, .2))  # light into the lens
    return x


def sensor(rng, x):
    """Noise of light and of the chip, and the camera's way with it: smoothing, sharpening."""
    if chance(rng, .65):
        dark = chance(rng, .3)
        sigma = rng.uniform(.02, .06) if dark else rng.uniform(.003, .02)
        noise = normal(rng, x.shape, sigma)
        if chance(rng, .4):
            noise = cv2.GaussianBlur(noise, (0, 0), rng.uniform(.5, 1.2)) * 1.7
        x = x + noise * np.sqrt(np.clip(x, .02, 1))
        if dark and chance(rng, .7) or chance(rng, .1):
            x = cv2.bilateralFilter(np.ascontiguousarray(x, np.float32), 5, rng.uniform(.05, .25), 2)
        elif chance(rng, .15):
            x = cv2.medianBlur(np.ascontiguousarray(x, np.float32), 3)
    if chance(rng, .35):
        x = x + np.float32(rng.uniform(.2, 1.4)) * (x - cv2.GaussianBlur(x, (0, 0), rng.uniform(.7, 1.8)))
    return x


def camera(rng, x, grey=True):
    """Lens, light, sensor, curve and compression, the same for live and fake; uint8 out."""
    x = light(rng, np.asarray(x, np.float32))
    x = lens(rng, x)
    if chance(rng, .35):
        x = resample(rng, x, .3, 1)
    if grey and chance(rng, .12):
        x = infrared(rng, x) if chance(rng, .5) else np.repeat((x @ GREY)[..., None], 3, 2)
    x = np.clip(sensor(rng, x), 0, 1)
    if chance(rng, .5):
        x = np.power(x, np.float32(np.exp(rng.uniform(-.4, .4))))
    if chance(rng, .3):
        x = np.clip(.5 + (x - .5) * np.float32(rng.uniform(.75, 1.4)), 0, 1)
    if chance(rng, .35):
        x = np.clip(desaturate(x, rng.uniform(-.3, .5)), 0, 1)
    if chance(rng, .7):
        x = jpeg(x, rng.integers(18, 97), rng.uniform(1, 2.2) if chance(rng, .35) else 1)
    return (np.clip(x, 0, 1) * 255 + .5).astype(np.uint8)
