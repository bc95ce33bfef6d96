"""What a door camera does to an aligned face: one crop with a margin in, one 112x112 RGB crop out, uint8."""
import math

import cv2
import numpy as np

SIDE = 112


def _place(crop, r, s):
    """Mirror, and the shift, turn and scale that noisy landmarks cause; now and then badly placed landmarks."""
    m = (crop.shape[0] - SIDE) / 2
    wild = 2.2 if r.random() < 0.15 * s else 1.0
    angle = np.clip(r.normal(0, 3.5 * wild), -18, 18) * math.pi / 180
    scale = np.clip(1 + r.normal(0, 0.035 * wild), 0.85, 1.15)
    dx, dy = np.clip(r.normal(0, 1.6 * wild, 2), -7, 7)
    c, q = math.cos(angle) * scale, math.sin(angle) * scale
    h = (SIDE - 1) / 2
    flip = -1.0 if r.random() < 0.5 else 1.0
    # destination -> source, about the centre of both
    a = np.array([[c * flip, -q * flip, 0], [q, c, 0]], np.float32)
    a[:, 2] = np.array([h + m + dx, h + m + dy]) - a[:, :2] @ np.array([h, h])
    return cv2.warpAffine(crop, a, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REPLICATE)


def _light(x, r, s):
    """Exposure, gamma, offset and colour cast as one table; sometimes a shadow from one side; sometimes grey."""
    v = np.arange(256, dtype=np.float32) / 255
    v = v ** math.exp(np.clip(r.normal(0, 0.2), -0.6, 0.6))
    gain = np.clip(1 + r.normal(0, 0.2), 0.35, 1.7) * (1 + r.normal(0, 0.05, 3))
    table = (v[:, None] - 0.5) * gain + 0.5 + r.normal(0, 0.05)
    x = cv2.LUT(x, np.clip(table * 255, 0, 255).astype(np.uint8)[None])
    if r.random() < 0.12 * s:
        t = r.random() * 2 * math.pi
        g = np.linspace(-1, 1, SIDE, dtype=np.float32)
        ramp = 1 + r.random() * 0.6 * (g[None] * math.cos(t) + g[:, None] * math.sin(t)) - 0.15
        x = cv2.convertScaleAbs(x * ramp[..., None])
    if r.random() < 0.12:
        x = cv2.cvtColor(cv2.cvtColor(x, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    return x


def _soften(x, r, s):
    """Distance, defocus, motion, sensor noise and the camera's JPEG."""
    if r.random() < 0.25 * s:
        z = int(r.integers(20, 72))
        x = cv2.resize(cv2.resize(x, (z, z), interpolation=cv2.INTER_AREA), (SIDE, SIDE),
                       interpolation=cv2.INTER_LINEAR if r.random() < 0.5 else cv2.INTER_CUBIC)
    u = r.random()
    if u < 0.1 * s:
        x = cv2.GaussianBlur(x, (0, 0), 0.5 + r.random() * 1.5)
    elif u < 0.14 * s:
        k = np.zeros((9, 9), np.float32)
        t, n = r.random() * math.pi, 1 + r.random() * 3
        cv2.line(k, (int(round(4 - n * math.cos(t))), int(round(4 - n * math.sin(t)))),
                 (int(round(4 + n * math.cos(t))), int(round(4 + n * math.sin(t)))), 1.0)
        x = cv2.filter2D(x, -1, k / k.sum())
    if r.random() < 0.08 * s:
        noise = np.empty(x.shape, np.int16)
        cv2.randn(noise, 0, 3 + r.random() * 12)
        x = np.clip(x + noise, 0, 255).astype(np.uint8)
    if r.random() < 0.2 * s:
        x = cv2.imdecode(cv2.imencode(".jpg", x, [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(15, 80))])[1], 1)
    return x


def _cover(x, r, s):
    """Now and then a patch, a bar over the eyes or a mask over the mouth."""
    u = r.random()
    if u >= 0.1 * s:
        return x
    colour = tuple(int(v) for v in r.integers(0, 256, 3))
    if u < 0.06 * s:
        w, h = r.integers(14, 48, 2)
        px, py = int(r.integers(-8, SIDE - 8)), int(r.integers(-8, SIDE - 8))
        cv2.rectangle(x, (px, py), (px + int(w), py + int(h)), colour, -1)
    elif u < 0.08 * s:
        y = int(r.integers(40, 46))
        cv2.rectangle(x, (22, y), (90, y + int(r.integers(12, 20))), colour, -1)
    else:
        cv2.rectangle(x, (18, int(r.integers(72, 84))), (94, SIDE), colour, -1)
    return x


def augment(crop, r, strength):
    """One training view of a BGR crop; r is a numpy Generator, strength runs from 0 to 1."""
    x = _place(crop, r, strength)
    x = _cover(x, r, strength)
    x = _soften(_light(x, r, strength), r, strength)
    return x[..., ::-1]
