"""Running one training script after another."""
import argparse
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent.parent / "models"


def arguments(head, minutes):
    """The parser that the one-command trainings share; `head` is their docstring."""
    p = argparse.ArgumentParser(description=head, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--fairface", type=pathlib.Path, required=True)
    p.add_argument("--work", type=pathlib.Path, required=True)
    p.add_argument("--models", type=pathlib.Path, required=True, help="folder of public networks")
    p.add_argument("--minutes", type=float, default=minutes)
    return p


def unmeasured(name, pack):
    """The folder `pack` with the manifest of the shipped pack, without its id, version and figures: they are not the new one's."""
    pack.mkdir(exist_ok=True)
    text = (MODELS / name / "manifest.yaml").read_text()
    for key, value in (("id", name + "-next"), ("version", "0.0.1"), ("measured", "{}")):
        text = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", f"{key}: {value}\n", text, flags=re.M)
    (pack / "manifest.yaml").write_text(text)


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
