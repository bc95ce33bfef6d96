"""The landmark network in one command: label, cover, mine, train, pack. Each step is skipped or resumed where its output exists.

    landmarks.py --fairface DIR --work DIR --models DIR [--minutes 40] [--init models/lintel-landmarks/model.pb]

DIR of --fairface holds `train` and `val`, that of --models yunet_n_640_640.onnx. The finds to refuse are the shipped
detector's. The work directory gets `landmarks-pack`; copy it to models/lintel-landmarks.
"""
import pathlib

from steps import MODELS, arguments, labelled, run


def main():
    p = arguments(__doc__, 40)
    p.add_argument("--detector", type=pathlib.Path, default=MODELS / "lintel-detect", help="its pack")
    p.add_argument("--init", type=pathlib.Path, help="weights to go on from: a pack's model.pb, or a landmarks.pt")
    p.add_argument("--count", type=int, default=20000, help="pictures of FairFace to label")
    p.add_argument("--crops", type=int, default=12000, help="faceless crops in which the detector looks for faces")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    yunet = a.models / "yunet_n_640_640.onnx"
    views = []
    for prefix in labelled(a.fairface, a.work, yunet, a.count):
        view = prefix.with_name(prefix.name + "-views")
        if not view.with_name(view.name + "_y.npy").exists():
            run("landmarks_labels.py", prefix, view, "--yunet", yunet)
        if not view.with_name(view.name + "_c.npy").exists():
            run("landmarks_views.py", view)
        if not view.with_name(view.name + "_n.npy").exists():
            seed, crops = (3, a.crops) if not views else (4, a.crops // 4)
            run("landmarks_others.py", prefix, view, "--detector", a.detector, "--count", crops, "--seed", seed)
        views.append(view)
    run("landmarks_train.py", "--faces", views[0], "--check", views[1], "--others", views[0], "--others-check", views[1],
        "--out", a.work / "landmarks", "--minutes", a.minutes, *(["--init", a.init] if a.init else []))
    pack = a.work / "landmarks-pack"
    pack.mkdir(exist_ok=True)
    run("landmarks_pack.py", a.work / "landmarks" / "landmarks.pt", pack, "--check", views[1], "--look", a.work / "val",
        "--id", "lintel-landmarks-next", "--version", "0.0.1")


if __name__ == "__main__":
    main()
