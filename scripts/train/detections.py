"""From a detector's outputs to faces: cells, boxes, non-maximum suppression. NumPy alone; tested in test_detections.py."""
import numpy as np

STRIDES = (8, 16, 32)
KINDS = (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10))
NAMES = ["%s_%d" % (kind, s) for kind, _ in KINDS for s in STRIDES]


def iou(box, boxes):
    """Overlap of one [4] with many [n,4], corners."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    inter = np.clip(high - low, 0, None).prod(1)
    return inter / np.maximum((box[2:] - box[:2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(1) - inter, 1e-6)


def suppress(boxes, scores, limit=.35):
    """Indices kept, best first."""
    order, keep = np.argsort(-scores), []
    while len(order):
        keep.append(order[0])
        order = order[1:][iou(boxes[order[0]], boxes[order[1:]]) <= limit]
    return np.array(keep, int)


def flatten(outputs):
    """A detector's outputs by name -> [cells,16]: class and objectness in 0..1, 4 box, 10 landmarks; stride after stride."""
    return np.concatenate([np.concatenate([outputs["%s_%d" % (kind, s)][0] for kind, _ in KINDS], 1) for s in STRIDES])


def grid(height, width):
    """float [cells,3]: column, row and stride of each cell, in the order of `flatten`."""
    parts = []
    for s in STRIDES:
        rows, columns = np.mgrid[0:height // s, 0:width // s]
        parts.append(np.stack([columns.ravel(), rows.ravel(), np.full(rows.size, s)], 1))
    return np.concatenate(parts).astype(np.float32)


def collect(flat, cells, least=.3):
    """One picture's outputs as `flatten` orders them -> float32 [n,15]: corners, landmarks, score; best first."""
    score = np.sqrt(np.clip(flat[:, 0] * flat[:, 1], 0, 1))
    pick = score >= least
    flat, place, s, score = flat[pick], cells[pick, :2], cells[pick, 2:], score[pick]
    centre, half = (place + flat[:, 2:4]) * s, np.exp(np.minimum(flat[:, 4:6], 6)) * s / 2
    points = (flat[:, 6:16].reshape(-1, 5, 2) + place[:, None]) * s[:, None]
    boxes = np.concatenate([centre - half, centre + half], 1)
    keep = suppress(boxes, score)
    return np.concatenate([boxes, points.reshape(-1, 10), score[:, None]], 1)[keep].astype(np.float32)


def pad(image):
    """Black below and to the right, up to a multiple of 32."""
    h, w = image.shape[:2]
    return np.pad(image, ((0, -h % 32), (0, -w % 32), (0, 0)), constant_values=0)
