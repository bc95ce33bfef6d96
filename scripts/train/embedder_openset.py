"""How well an embedder finds people it knows and turns away those it does not, on LFW by fixed lists (lfw/).

embedder_openset.py PREFIX MODEL [--kind mbf|mobilefacenet] [--save FILE.npy] [--pairs pairs.txt]
PREFIX_x.npy and PREFIX_n.txt come from `embedder_data.py align` over all of LFW. MODEL is a pack's model.pb, a teacher's
.onnx (with --kind, mean of image and mirror with --mirror), the trainer's ema.pt, or embeddings in a .npy.

Open set: FNIR is the share of looks at enrolled people whose best person is another or lies below the threshold; the
threshold is where FPIR of the strangers' best scores is met. A look without a face counts as not recognised.
All pairs: every picture against every other; TPR at the threshold of the given FMR.
"""
import argparse
import pathlib

import numpy as np

import embedder_eval

LISTS = pathlib.Path(__file__).parent / "lfw"


def unit(v):
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


class Faces:
    """Unit embeddings by person and number of the picture."""

    def __init__(self, names, e):
        self.e = {pathlib.Path(q).stem: v for q, v in zip(names, unit(e))}

    def look(self, person, numbers):
        """The mean of some pictures, or None if no face was found in any."""
        found = [self.e[k] for k in ("%s_%04d" % (person, n) for n in numbers) if k in self.e]
        return unit(np.mean(found, 0)) if found else None


def rows(name):
    return [line.split() for line in (LISTS / (name + ".txt")).read_text().splitlines()]


def scores(probes, gallery, half):
    """[probes, people]: nearest template, or half of it and half the cosine to the normalised mean of the templates."""
    nearest = np.max([probes @ g.T for g in gallery.transpose(1, 0, 2)], 0)
    return (nearest + probes @ unit(gallery.mean(1)).T) / 2 if half else nearest


def open_set(faces, known, strangers, looks):
    """Templates [people,3,d], probes [P,d] with the row of their person, how many probes have no face, strangers [S,d],
    and how many strangers there are with those who have no face."""
    gallery, probes, who, lost = [], [], [], 0
    for person, pictures, *numbers in rows(known):
        templates = [faces.look(person, [int(n)]) for n in numbers]
        found = [t for t in templates if t is not None]
        gallery.append([found[i % len(found)] for i in range(3)])
        rest = [n for n in range(1, int(pictures) + 1) if str(n) not in numbers]
        for i in range(0, len(rest) - looks + 1, looks):
            look = faces.look(person, rest[i:i + looks])
            if look is None:
                lost += 1
            else:
                probes.append(look)
                who.append(len(gallery) - 1)
    others = [faces.look(person, range(1, looks + 1)) for (person,) in rows(strangers)]
    return np.array(gallery), np.array(probes), np.array(who), lost, np.array([o for o in others if o is not None]), len(others)


def fnir(gallery, probes, who, lost, others, total, half, levels):
    s, threshold = scores(probes, gallery, half), np.sort(scores(others, gallery, half).max(1))[::-1]
    right, best = s[np.arange(len(s)), who], s.max(1)
    out = []
    for level in levels:
        t = threshold[int(level * total)]
        out.append((((right < best) | (right <= t)).sum() + lost) / (len(s) + lost))
    return out


def all_pairs(e, people, rates=(1e-3, 1e-4, 1e-5)):
    """TPR at each FMR over all pairs, by histograms of 20,000 bins; the number of pairs of different people."""
    people, bins = np.asarray(people), np.linspace(-1.0001, 1.0001, 20001)
    same, other = np.zeros(20000, np.int64), np.zeros(20000, np.int64)
    for i in range(0, len(e), 500):
        s = e[i:i + 500] @ e.T
        later = np.arange(len(e))[None] > np.arange(i, i + len(s))[:, None]
        equal = people[i:i + 500, None] == people[None]
        same += np.histogram(s[later & equal], bins)[0]
        other += np.histogram(s[later & ~equal], bins)[0]
    above, hits = np.cumsum(other[::-1]), np.cumsum(same[::-1])
    return [hits[np.searchsorted(above, r * other.sum(), "right") - 1] / same.sum() for r in rates], int(other.sum())


def percent(values):
    return " / ".join("%.2f" % (100 * v) for v in values) + " %"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("prefix")
    p.add_argument("model")
    p.add_argument("--kind", choices=("mbf", "mobilefacenet"))
    p.add_argument("--mirror", action="store_true", help="mean of image and mirror; a pack's graph has its own")
    p.add_argument("--save", help="keep the embeddings here")
    p.add_argument("--pairs", help="LFW's pairs.txt: its 10-fold protocol too")
    a = p.parse_args()
    e = unit(embedder_eval.embeddings(a.prefix, a.model, a.kind, a.mirror))
    if a.save:
        np.save(a.save, e.astype(np.float32))
    names = pathlib.Path(a.prefix + "_n.txt").read_text().split("\n")
    faces = Faces(names, e)
    one = open_set(faces, "one-look", "strangers", 1)
    three = open_set(faces, "three-looks", "strangers-3", 3)
    for title, (gallery, probes, who, lost, others, total), levels in (
            ("one look", one, (.1, .01, .001)), ("mean of three looks", three, (.1, .01, .002))):
        print("%s: %d people of 3 templates, %d probes, %d strangers, %d + %d looks without a face; FNIR at FPIR %s" % (
            title, len(gallery), len(probes) + lost, total, lost, total - len(others), percent(levels)))
        for half in (False, True):
            print("  %-45s %s" % ("half nearest template, half mean of templates" if half else "nearest template",
                                  percent(fnir(gallery, probes, who, lost, others, total, half, levels))))
    tpr, count = all_pairs(e.astype(np.float32), [pathlib.Path(q).stem.rsplit("_", 1)[0] for q in names])
    print("all pairs, %.1f M of different people: TPR at FMR 1e-3 / 1e-4 / 1e-5 %s" % (count / 1e6, percent(tpr)))
    if a.pairs:
        print(embedder_eval.summary(embedder_eval.lfw(None, a.prefix, a.pairs, embeddings=e)))


if __name__ == "__main__":
    main()
