"""Shared by the training scripts: finding and aligning faces, listing images."""
import pathlib

import cv2
import numpy as np

# ArcFace positions of the eyes, the nose tip and the mouth corners in a 112x112 crop (the person's right eye first).
TEMPLATE = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366],
                     [41.5493, 92.3655], [70.7299, 92.2041]], np.float32)
CROP = 112


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


def open_yunet(path, threshold=0.6):
    """OpenCV's FaceDetectorYN on a YuNet file."""
    return cv2.FaceDetectorYN.create(str(path), "", (320, 320), threshold, 0.3, 50)


def detect(detector, image, longest=320, border=0.1):
    """Faces of a BGR image as rows x, y, w, h, 5 landmarks, score, in the image's own pixels; may be empty.

    The image is reduced so that its longer side is at most `longest`, and given a black border, because a face
    that fills the picture is found more reliably so.
    """
    s = min(1.0, longest / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=s, fy=s, interpolation=cv2.INTER_AREA) if s < 1 else image
    b = int(border * max(small.shape[:2]))
    small = cv2.copyMakeBorder(small, b, b, b, b, cv2.BORDER_CONSTANT)
    detector.setInputSize((small.shape[1], small.shape[0]))
    faces = detector.detect(small)[1]
    if faces is None:
        return np.zeros((0, 15), np.float32)
    faces = faces.copy()
    faces[:, :2] -= b
    faces[:, 4:14] -= b
    faces[:, :14] /= s
    return faces


def central(faces, shape):
    """The largest face near the centre of a picture of that shape, or None."""
    if len(faces) == 0:
        return None
    cx, cy = shape[1] / 2, shape[0] / 2
    return max(faces, key=lambda f: f[2] * f[3] - 2 * ((f[0] + f[2] / 2 - cx) ** 2 + (f[1] + f[3] / 2 - cy) ** 2))


def align(image, points, margin=0):
    """The aligned crop of a BGR image, CROP + 2 * margin pixels square, from five landmarks [5,2]."""
    side = CROP + 2 * margin
    return cv2.warpAffine(image, similarity(points, TEMPLATE + margin), (side, side), flags=cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_REPLICATE)


def images(folder):
    """Image files under a folder, sorted."""
    return sorted(q for q in pathlib.Path(folder).rglob("*") if q.suffix.lower() in (".jpg", ".jpeg", ".png"))
