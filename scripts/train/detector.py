"""The detector in one command: label, train, export. Each step is skipped or resumed where its output exists.

    detector.py --fairface DIR --work DIR --models DIR [--minutes 90] [--start models/lintel-detect/weights.pt]

DIR of --fairface holds `train` and `val`, that of --models yunet_n_640_640.onnx. The work directory gets `pack`; copy it to
models/lintel-detect and run `detector_golden.py`. `detector_eval.py` measures it.
"""
import pathlib
import shutil

from steps import arguments, labelled, run, unmeasured


def main():
    p = arguments(__doc__, 90)
    p.add_argument("--start", type=pathlib.Path, help="weights to go on from")
    p.add_argument("--count", type=int, default=20000, help="pictures of FairFace to label")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    faces, check = labelled(a.fairface, a.work, a.models / "yunet_n_640_640.onnx", a.count)
    run("detector_train.py", "--faces", faces, "--check", check, "--out", a.work / "detector", "--minutes", a.minutes,
        *(["--start", a.start] if a.start else []))
    pack = a.work / "pack"
    unmeasured("lintel-detect", pack)
    run("detector_export.py", "--weights", a.work / "detector" / "final.pt", "--out", pack)
    shutil.copy(a.work / "detector" / "final.pt", pack / "weights.pt")


if __name__ == "__main__":
    main()
