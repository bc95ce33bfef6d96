"""The embedder in one command: align, teach, train, pack. Each step is skipped or resumed where its output exists.

embedder.py --fairface DIR --work DIR --models DIR [--minutes 600] [--lfw DIR --pairs FILE] [--init FILE]
DIR of --models holds yunet_n_320_320.onnx, MobileFaceNet.onnx and espdl_mbf_int8w.onnx (see ../../models/README.md or
fetch-models). MobileFaceNet's 128 numbers (mean of image and mirror) are the target, MBF's 512 that of a second head.
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
        run("embedder_data.py", "align", a.fairface, faces, "--yunet", yunet)
    if a.lfw and not lfw.with_name("lfw_x.npy").exists():
        run("embedder_data.py", "align", a.lfw, lfw, "--yunet", yunet, "--pairs", a.pairs)
    run("embedder_data.py", "teach", faces, "mfn", "--teacher", a.models / "MobileFaceNet.onnx", "--kind", "mobilefacenet",
        "--mirror")
    run("embedder_data.py", "teach", faces, "mbf", "--teacher", a.models / "espdl_mbf_int8w.onnx", "--kind", "mbf")
    measure = ["--lfw", lfw, "--pairs", a.pairs] if a.lfw else []
    start = ["--init", a.init] if a.init else []
    run("embedder_train.py", faces, "mfn", a.work / "run", "--second", "mbf", "--widths", "24,40,80,160,320",
        "--lr", 0.012, "--adam", 7e-4, "--strongest", 0.7, "--minutes", a.minutes, *measure, *start)
    if a.lfw:
        run("embedder_pack.py", a.work / "run" / "ema.pt", a.work / "pack", "--id", a.id, "--version", a.version, "--mirror", *measure)


if __name__ == "__main__":
    main()
