"""The fixed lists of the open-set measure on LFW, as lfw/ keeps them: embedder_lists.py LFW_DIR lfw/

one-look.txt     400 people drawn from the 610 of at least four pictures: NAME, how many pictures, the numbers of three
                 templates; every other picture is a probe
three-looks.txt  the 311 people of at least six pictures, likewise; the other pictures in order, three by three, are the
                 probes
strangers.txt    NAME of the 4,069 people of one picture: probes of strangers, one look each
strangers-3.txt  NAME of the 590 people of three to five pictures: strangers of three looks
"""
import pathlib
import random
import sys


def main():
    lfw, out, r = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), random.Random(13)
    pictures = {p.name: len(list(p.glob("*.jpg"))) for p in sorted(lfw.iterdir()) if p.is_dir()}

    def templates(names):
        return ["%s %d %d %d %d" % (n, pictures[n], *sorted(r.sample(range(1, pictures[n] + 1), 3))) for n in names]

    def of(least, most):
        return [n for n, k in pictures.items() if least <= k <= most]

    for name, lines in (("one-look", templates(sorted(r.sample(of(4, 9999), 400)))),
                        ("three-looks", templates(of(6, 9999))),
                        ("strangers", of(1, 1)), ("strangers-3", of(3, 5))):
        (out / (name + ".txt")).write_text("\n".join(lines) + "\n")
        print(name, len(lines))


if __name__ == "__main__":
    main()
