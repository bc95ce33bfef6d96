"""What detections are worth: overlaps, non-maximum suppression, figures. NumPy alone; tested in test_detections.py."""
import numpy as np

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
