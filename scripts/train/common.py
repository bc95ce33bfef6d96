"""Shared by the training scripts: finding and aligning faces, listing images."""
import pathlib

import cv2
import numpy as np

from geometry import central, similarity

# ArcFace positions of the eyes, the nose tip and the mouth corners in a 112x112 crop (the person's right eye first).
TEMPLATE = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366],
                     [41.5493, 92.3655], [70.7299, 92.2041]], np.float32)
CROP = 112


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


def align(image, points, margin=0):
    """The aligned crop of a BGR image, CROP + 2 * margin pixels square, from five landmarks [5,2]."""
    side = CROP + 2 * margin
    return cv2.warpAffine(image, similarity(points, TEMPLATE + margin), (side, side), flags=cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_REPLICATE)


class Landmarks:
    """The box's own landmarks, by its landmark pack and in its way (`LandmarkRefiner`): three looks, each at the square of
    1.4 times the box that belongs to the points of the one before."""

    def __init__(self, pack):
        import tensorflow as tf
        definition = tf.compat.v1.GraphDef()
        definition.ParseFromString(pathlib.Path(pack, "model.pb").read_bytes())
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(definition, name="")
        self.session = tf.compat.v1.Session(graph=graph, config=tf.compat.v1.ConfigProto(
            intra_op_parallelism_threads=1, inter_op_parallelism_threads=1))

    def __call__(self, image, box):
        """Five points [5,2] in pixels of the BGR image, from a detector's box x, y, width, height."""
        for _ in range(3):
            square = max(box[2], box[3]) * 1.4
            left, top = box[0] + box[2] / 2 - square / 2, box[1] + box[3] / 2 - square / 2
            factor = max(1, round(square / 64))
            scale = 64 * factor / square
            m = np.array([[scale, 0, (.5 - left) * scale - .5], [0, scale, (.5 - top) * scale - .5]])
            crop = cv2.warpAffine(image, m, (64 * factor, 64 * factor), borderMode=cv2.BORDER_REFLECT_101)
            crop = cv2.resize(crop, (64, 64), interpolation=cv2.INTER_AREA)
            points = self.session.run("points:0", {"image:0": crop[None, ..., ::-1]})[0].reshape(5, 2)
            points = points * square + [left - .5, top - .5]
            t = similarity(points, TEMPLATE)
            nose = t @ np.r_[points[2], 1]
            centre = np.linalg.solve(t[:, :2], [
                55.884 - 1.562 * (nose[0] - 56.025) - t[0, 2], 70.153 - .736 * (nose[1] - 71.737) - t[1, 2]])
            side = 101 / np.sqrt(t[0, 0] ** 2 + t[1, 0] ** 2)
            box = np.r_[centre - side / 2, side, side]
        return points


def images(folder):
    """Image files under a folder, sorted."""
    return sorted(q for q in pathlib.Path(folder).rglob("*") if q.suffix.lower() in (".jpg", ".jpeg", ".png"))
