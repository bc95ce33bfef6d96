"""Points and boxes of faces. NumPy alone; tested in test_geometry.py."""
import numpy as np


def similarity(src, dst):
    """Least-squares similarity transform (Umeyama 1991) that takes the points src to dst, as 2x3."""
    ms, md = src.mean(0), dst.mean(0)
    s, d = src - ms, dst - md
    u, sv, vt = np.linalg.svd(d.T @ s / len(src))
    sign = np.array([1, np.sign(np.linalg.det(u @ vt))])
    rot = u @ np.diag(sign) @ vt
    scale = (sv * sign).sum() / s.var(0).sum()
    m = np.zeros((2, 3), np.float32)
    m[:, :2] = scale * rot
    m[:, 2] = md - m[:, :2] @ ms
    return m


def central(faces, shape):
    """The largest face near the centre of a picture of that shape, or None."""
    if len(faces) == 0:
        return None
    cx, cy = shape[1] / 2, shape[0] / 2
    return max(faces, key=lambda f: f[2] * f[3] - 2 * ((f[0] + f[2] / 2 - cx) ** 2 + (f[1] + f[3] / 2 - cy) ** 2))
