"""FairFace's validation images as a folder for `lintel evaluate --groups`: one image a person, labelled by group.

    python scripts/train/fairface_groups.py fair_face/ fairface_label_val.csv OUT --count 135
    lintel evaluate OUT/people --groups OUT/groups.csv

FairFace has no two images of a person, so only the share of different people of one group who are taken for each other
follows, and who is not found or refused. Adults only, as many of each of fourteen groups, drawn at random.
"""
import argparse
import csv
import os
import pathlib
import random

MINORS = {"0-2", "3-9", "10-19", "03-Sep", "Oct-19"}  # the last two as a spreadsheet wrote them


def main():
    p = argparse.ArgumentParser()
    p.add_argument("images", type=pathlib.Path, help="folder that the file names of the CSV are relative to")
    p.add_argument("labels", type=pathlib.Path)
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--count", type=int, default=135, help="images of each group")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    groups = {}
    for row in csv.DictReader(a.labels.open()):
        if row["age"] not in MINORS and (a.images / row["file"]).exists():
            groups.setdefault(f"{row['race']} {row['gender']}", []).append(row["file"])
    (a.out / "people").mkdir(parents=True)
    with (a.out / "groups.csv").open("w") as labels:
        for group, files in sorted(groups.items()):
            for file in random.Random(a.seed).sample(files, min(a.count, len(files))):
                person = a.out / "people" / pathlib.Path(file).stem
                person.mkdir()
                os.symlink((a.images / file).resolve(), person / pathlib.Path(file).name)
                labels.write(f"{person.name},{group}\n")
    print(len(groups), "groups,", len(list((a.out / "people").iterdir())), "images")


if __name__ == "__main__":
    main()
