"""Faces of nobody for the test-suite: averages of seven aligned, similar faces of FairFace.

composites.py FAIRFACE PREFIX LABELS... OUT --yunet FILE --teacher FILE [--count 16]
PREFIX comes from embedder_data.py (crops' names and teacher embeddings). Each composite is written as a portrait
NN-a.jpg and as a second photo NN-b.jpg of the same face: mirrored, turned, smaller, darker and softer. A composite is
kept when YuNet finds exactly one face in both, the teacher calls both the same face, and no other composite is near.
"""
import argparse
import csv
import json
import pathlib

import cv2
import numpy as np

import common
from embedder_data import open_teacher

WIDTH, HEIGHT, FACES = 400, 500, 7
SAME, OTHER = 0.75, 0.35
# where the five landmarks go in the portrait: the template enlarged so that a face is about 170 pixels wide
PLACE = (common.TEMPLATE - 56) * 2.15 + np.array([WIDTH / 2, HEIGHT / 2 - 10], np.float32)


def labels(files):
    out = {}
    for f in files:
        for row in csv.DictReader(open(f)):
            out[row["file"]] = (row["gender"], row["race"], row["age"])
    return out


def frontal(points):
    """How far the landmarks are from an upright frontal face, in template pixels."""
    m = common.similarity(points, common.TEMPLATE)
    return float(np.abs(points @ m[:, :2].T + m[:, 2] - common.TEMPLATE).mean())


def affine(points):
    """The least-squares affine transform to PLACE: sharper averages than a similarity."""
    a = np.hstack([points, np.ones((5, 1), np.float32)])
    return np.linalg.lstsq(a, PLACE, rcond=None)[0].T.astype(np.float32)


def wall(r):
    """A plain wall, lighter at the top, with the shoulders of someone in a plain shirt."""
    out = r.uniform(110, 200, 3) * np.linspace(1.08, 0.85, HEIGHT)[:, None, None] * np.ones((1, WIDTH, 1))
    shirt = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.ellipse(shirt, (WIDTH // 2, HEIGHT + 20), (170, 130), 0, 0, 360, 1.0, -1)
    shirt = cv2.GaussianBlur(shirt, (0, 0), 3)[..., None]
    return out * (1 - shirt) + r.uniform(30, 140, 3) * shirt


def portrait(parts, seed):
    """The average of (image, landmarks) pairs as a head before a wall.

    FairFace pictures end close to the face: beyond them the edge pixels are drawn out and blurred, within an oval.
    """
    total, weight = np.zeros((HEIGHT, WIDTH, 3)), np.zeros((HEIGHT, WIDTH, 1))
    drawn = np.zeros((HEIGHT, WIDTH, 3))
    for image, points in parts:
        h, w = image.shape[:2]
        edge = np.minimum.outer(np.minimum(np.arange(h), np.arange(h)[::-1]), np.minimum(np.arange(w), np.arange(w)[::-1]))
        m = affine(points)
        alpha = cv2.warpAffine(np.clip(edge / 24, 0, 1).astype(np.float32), m, (WIDTH, HEIGHT))[..., None]
        total += cv2.warpAffine(image, m, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC) * alpha
        drawn += cv2.warpAffine(image, m, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE) / len(parts)
        weight += alpha
    r = np.random.default_rng(seed)
    alpha = np.clip(weight / (0.8 * len(parts)), 0, 1)
    head = total / np.maximum(weight, 1e-3) * alpha + cv2.GaussianBlur(drawn, (0, 0), 7) * (1 - alpha)
    oval = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.ellipse(oval, (WIDTH // 2, HEIGHT // 2 - 18), (118, 158), 0, 0, 360, 1.0, -1)
    cv2.rectangle(oval, (WIDTH // 2 - 55, HEIGHT // 2 + 60), (WIDTH // 2 + 55, HEIGHT - 105), 1.0, -1)
    oval = cv2.GaussianBlur(oval, (0, 0), 7)[..., None]
    out = head * oval + wall(r) * (1 - oval)
    out = out + 0.8 * (out - cv2.GaussianBlur(out, (0, 0), 1.6))
    return np.clip(out + r.normal(0, 1.5, out.shape), 0, 255).astype(np.uint8)


def second_photo(image, seed):
    """Another picture of the same face: mirrored, turned, smaller, darker, softer, coarser JPEG."""
    r = np.random.default_rng(seed)
    x = image[:, ::-1]
    m = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), r.choice([-1, 1]) * r.uniform(6, 11), r.uniform(0.66, 0.8))
    m[:, 2] += r.uniform(-25, 25, 2)
    x = cv2.warpAffine(x, m, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    x = cv2.GaussianBlur(x, (0, 0), r.uniform(0.7, 1.1))
    return cv2.convertScaleAbs(x, alpha=r.uniform(0.7, 0.85), beta=r.uniform(-5, 12))


def one_face(detector, image):
    faces = common.detect(detector, image, longest=500, border=0)
    return faces[0] if len(faces) == 1 and faces[0, 14] > 0.8 else None


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("fairface", type=pathlib.Path)
    p.add_argument("prefix")
    p.add_argument("labels", nargs="+")
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--yunet", required=True)
    p.add_argument("--teacher", required=True)
    p.add_argument("--targets", default="mbf")
    p.add_argument("--pack", type=pathlib.Path, help="a pack's model.pb that must tell the composites apart too")
    p.add_argument("--pack-same", type=float, default=0.72)
    p.add_argument("--pack-other", type=float, default=0.42)
    p.add_argument("--count", type=int, default=16)
    p.add_argument("--seed", type=int, default=7)
    a = p.parse_args()
    names = pathlib.Path(a.prefix + "_n.txt").read_text().split("\n")
    e = np.load(a.prefix + "_" + a.targets + ".npy", mmap_mode="r")
    known = labels(a.labels)
    rows = np.array([i for i in range(len(names)) if e[i, 0] != 0 and names[i] in known
                     and known[names[i]][2] in ("20-29", "30-39", "40-49", "50-59")])
    e = np.asarray(e[rows], np.float32)
    e /= np.linalg.norm(e, axis=1, keepdims=True)
    group = np.array(["/".join(known[names[i]][:2]) for i in rows])
    detector, teacher = common.open_yunet(a.yunet), open_teacher(a.teacher, "mbf")
    r, kept, report = np.random.default_rng(a.seed), [], []
    kinds = sorted(set(group))
    a.out.mkdir(parents=True, exist_ok=True)

    graph = None
    if a.pack:
        import embedder_export
        graph = embedder_export.runner(a.pack)

    def crop(image):
        face = one_face(detector, image)
        return (None, None) if face is None else (common.align(image, face[4:14].reshape(5, 2))[None], face)

    def by_pack(c):
        v = graph(np.ascontiguousarray(c[..., ::-1]))[0]
        return v / np.linalg.norm(v)

    own = []
    for attempt in range(400):
        if len(kept) == a.count:
            break
        members = np.flatnonzero(group == kinds[(len(kept) + attempt // 12) % len(kinds)])
        seed = r.choice(members)
        near, parts, used = members[np.argsort(-(e[members] @ e[seed]))[:60]], [], []
        for k in near:
            image = cv2.imread(str(a.fairface / names[rows[k]]))
            face = common.central(common.detect(detector, image), image.shape)
            if face is None or face[14] < 0.85 or frontal(face[4:14].reshape(5, 2)) > 2.2:
                if k == seed:
                    break
                continue
            parts.append((image, face[4:14].reshape(5, 2)))
            used.append(k)
            if len(parts) == FACES:
                break
        if len(parts) < FACES:
            continue
        first = portrait(parts, attempt)
        second = second_photo(first, attempt)
        (c, face), (d, other) = crop(first), crop(second)
        if c is None or d is None:
            continue
        x, y = teacher(c)[0], teacher(d)[0]
        if x @ y < SAME:
            continue
        nearest = max((float(max(x @ u, x @ v, y @ u, y @ v)) for u, v in kept), default=-1.0)
        if nearest >= OTHER - 0.03:
            continue
        if graph:
            v, w = by_pack(c), by_pack(d)
            if v @ w < a.pack_same or any(max(v @ t, v @ u, w @ t, w @ u) > a.pack_other for t, u in own):
                continue
            own.append((v, w))
        kept.append((x, y))
        stem = "%02d" % len(kept)
        cv2.imwrite(str(a.out / (stem + "-a.jpg")), first, [cv2.IMWRITE_JPEG_QUALITY, 88])
        cv2.imwrite(str(a.out / (stem + "-b.jpg")), second, [cv2.IMWRITE_JPEG_QUALITY, 70])
        report.append({"file": stem, "sources": [names[rows[k]] for k in used],
                       "nearest_source": round(float((e[used] @ x).max()), 3), "same": round(float(x @ y), 3), "nearest": round(nearest, 3), "face_width": [round(float(face[2])), round(float(other[2]))]})
        print(json.dumps(report[-1]), flush=True)
    else:
        raise SystemExit("only %d composites passed" % len(kept))
    (a.out / "sources.json").write_text("[\n" + ",\n".join(json.dumps(q) for q in report) + "\n]\n")


if __name__ == "__main__":
    main()
