"""Who is taken for whom, group by group: FMR among FairFace's validation adults of one race and gender.

embedder_groups.py PREFIX MODEL LABELS.csv --threshold 0.42 [--kind mbf --mirror] [--count 135]
PREFIX comes from `embedder_data.py align` over FairFace's `val`, which is not trained on. Every pair of two pictures of one
group is compared; FairFace has no two pictures known to be of one person, so there is no FNIR, and the few people who occur
twice count as errors. --count: at most so many of each group, drawn with seed 1.
"""
import argparse
import csv
import pathlib

import numpy as np

import embedder_eval
from fairface_groups import MINORS


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("prefix")
    p.add_argument("model")
    p.add_argument("labels")
    p.add_argument("--threshold", type=float, required=True, help="similarity")
    p.add_argument("--kind", choices=("mbf", "mobilefacenet"))
    p.add_argument("--mirror", action="store_true")
    p.add_argument("--count", type=int, default=10 ** 6)
    a = p.parse_args()
    e = embedder_eval.embeddings(a.prefix, a.model, a.kind, a.mirror)
    e /= np.linalg.norm(e, axis=1, keepdims=True)
    with open(a.labels) as file:
        label = {pathlib.Path(r["file"]).name: r["race"] + " " + r["gender"] for r in csv.DictReader(file)
                 if r["age"] not in MINORS}
    group = np.array([label.get(pathlib.Path(q).name, "") for q in
                      pathlib.Path(a.prefix + "_n.txt").read_text().split("\n")])
    rng, rates = np.random.default_rng(1), {}
    for g in sorted(set(group) - {""}):
        v = e[rng.permutation(np.flatnonzero(group == g))[:a.count]]
        s = (v @ v.T)[np.triu_indices(len(v), 1)]
        rates[g] = (s > a.threshold).mean()
        print("%-26s %4d adults, %7d pairs, FMR %.3f %%" % (g, len(v), len(s), 100 * rates[g]))
    print("largest over smallest %.1f, mean %.3f %%" % (max(rates.values()) / max(1e-9, min(rates.values())),
                                                       100 * np.mean(list(rates.values()))))


if __name__ == "__main__":
    main()
