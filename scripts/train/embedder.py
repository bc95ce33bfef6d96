"""The embedder in one command: align, teach, prune, train, pack. Each step is skipped or resumed where its output exists.

embedder.py --fairface DIR --work DIR --models DIR [--minutes 600] [--lfw DIR --pairs FILE] [--init FILE]
DIR of --models holds yunet_n_320_320.onnx and espdl_mbf_int8w.onnx (see ../../models/README.md or fetch-models). FairFace's
folder has `train`, `val` and fairface_label_train.csv; only `train` is learnt from, so that the error by group can be
measured on `val`. The target is MBF's 512 numbers (mean of image and mirror), projected to their 256 strongest directions.
The network starts as MBF made narrower (embedder_prune.py), or from --init.
Without LFW the pack is not calibrated and not written; ema.pt in the work directory is the result.
"""
import pathlib

from steps import arguments, run


def main():
    p = arguments(__doc__, 600)
    p.add_argument("--lfw", type=pathlib.Path, help="folder of people; for measuring only")
    p.add_argument("--pairs", type=pathlib.Path)
    p.add_argument("--init", help="weights to start from, such as models/lintel-embed/model.pb")
    p.add_argument("--id", default="lintel-embed-next")
    p.add_argument("--version", default="0.0.1")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    yunet, faces, lfw = a.models / "yunet_n_320_320.onnx", a.work / "fairface", a.work / "lfw"
    if not faces.with_name("fairface_x.npy").exists():
        run("embedder_data.py", "align", a.fairface / "train", faces, "--yunet", yunet)
    if a.lfw and not lfw.with_name("lfw_x.npy").exists():
        run("embedder_data.py", "align", a.lfw, lfw, "--yunet", yunet)
    run("embedder_data.py", "teach", faces, "mbf", "--teacher", a.models / "espdl_mbf_int8w.onnx", "--kind", "mbf",
        "--mirror")
    measure = ["--lfw", lfw, "--pairs", a.pairs] if a.lfw else []
    teacher, start = a.models / "espdl_mbf_int8w.onnx", a.init or a.work / "pruned.pt"
    if not a.init and not start.exists():
        run("embedder_prune.py", teacher, faces, start)
    labels = a.fairface / "fairface_label_train.csv"
    even = ["--groups", labels] if labels.exists() else []
    run("embedder_train.py", faces, "mbf", a.work / "run", "--dimension", 256, "--init", start, "--lr", 0.012, "--adam", 1e-3,
        "--strongest", 0.7, "--minutes", a.minutes, *even, *measure)
    if a.lfw:
        run("embedder_pack.py", a.work / "run" / "ema.pt", a.work / "pack", "--id", a.id, "--version", a.version, *measure)
        run("embedder_openset.py", lfw, a.work / "pack" / "model.pb")


if __name__ == "__main__":
    main()
