"""Running one training script after another."""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent.parent / "models"


def run(script, *arguments):
    print("$", script, *arguments, flush=True)
    subprocess.run([sys.executable, "-W", "ignore", HERE / script, *map(str, arguments)], check=True)


def labelled(fairface, work, yunet, count):
    """(training, held-out) prefixes of FairFace's `train` and `val` as `detector_labels.py` labels them, made once."""
    prefixes = []
    for part, most in (("train", count), ("val", max(1, count // 13))):
        prefix = work / part
        if not prefix.with_name(part + "_y.npy").exists():
            run("detector_labels.py", fairface / part, prefix, "--teacher", yunet, "--count", most)
        prefixes.append(prefix)
    return prefixes
