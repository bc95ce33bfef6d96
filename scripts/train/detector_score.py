"""Decoding, non-maximum suppression and scoring of detections, shared by training, export check and evaluation."""
import numpy as np
import torch

from detector_net import STRIDES, decode, flatten, grid

BINS = (13, 16, 20, 28, 40, 60, 90, 140, 200, 300, 1000)


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


def collect(flat, cells, least=.3):
    """One picture's [cells,16] with class and objectness in 0..1 -> float32 [n,15]: corners, landmarks, score."""
    score = np.sqrt(np.clip(flat[:, 0] * flat[:, 1], 0, 1))
    pick = score >= least
    if not pick.any():
        return np.zeros((0, 15), np.float32)
    boxes, points = decode(torch.from_numpy(flat[pick].astype(np.float32)), torch.from_numpy(cells[pick]))
    boxes, points, score = boxes.numpy(), points.numpy().reshape(-1, 10), score[pick]
    keep = suppress(boxes, score)
    return np.concatenate([boxes[keep], points[keep], score[keep, None]], 1)


def pad(image):
    """Grey below and to the right, up to a multiple of 32."""
    h, w = image.shape[:2]
    return np.pad(image, ((0, -h % 32), (0, -w % 32), (0, 0)), constant_values=0)


@torch.no_grad()
def detect(net, image, least=.3):
    """Faces of one BGR picture with the torch network, as `collect` gives them."""
    image = pad(image)
    x = torch.from_numpy(image).permute(2, 0, 1)[None].float()
    flat = flatten(net(x))[0]
    flat[:, :2] = flat[:, :2].sigmoid()
    return collect(flat.numpy(), grid(*image.shape[:2]).numpy(), least)


def tally(rows, threshold=.5):
    """Figures over (detections, labelled faces [n,14], whole [n]) triples."""
    hits, sizes, errors, wrong, faceless_wrong, faceless = [], [], [], 0, 0, 0
    for found, faces, whole in rows:
        found = found[found[:, 14] >= threshold]
        free = np.ones(len(found), bool)
        for face, entire in zip(faces, whole):
            box = np.concatenate([face[:2], face[:2] + face[2:4]])
            o = iou(box, found[:, :4]) if len(found) else np.zeros(0)
            free &= ~(o > .3) if entire else ~(o > .05)
            if not entire:
                continue
            hit = len(o) > 0 and o.max() >= .5
            hits.append(hit)
            sizes.append(np.sqrt(face[2] * face[3]))
            if hit:
                got, want = found[o.argmax(), 4:14].reshape(5, 2), face[4:].reshape(5, 2)
                eyes = max(np.linalg.norm(want[0] - want[1]), .25 * sizes[-1])
                errors.append(np.linalg.norm(got - want, axis=1).mean() / eyes)
        wrong += int(free.sum())
        if len(faces) == 0:
            faceless, faceless_wrong = faceless + 1, faceless_wrong + len(found)
    hits, sizes = np.array(hits), np.array(sizes)
    by = {str(a): round(float(hits[(sizes >= a) & (sizes < b)].mean()), 4) for a, b in zip(BINS, BINS[1:])
          if ((sizes >= a) & (sizes < b)).any()}
    return {"recall": round(float(hits.mean()), 4), "false_per_picture": round(wrong / len(rows), 4),
            "false_per_faceless": round(faceless_wrong / max(1, faceless), 4),
            "landmark_error": round(float(np.median(errors)) if errors else 1.0, 4), "recall_from_size": by}
