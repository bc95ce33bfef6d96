"""The liveness network in one command: label, recapture, train, export. Each step is skipped or resumed where its output
exists.

    liveness.py --fairface DIR --work DIR --models DIR [--minutes 13]

DIR of --fairface holds `train` and `val`, that of --models yunet_n_640_640.onnx and minifas128.onnx. The work directory gets
`live-pack`; copy it to models/lintel-live. `liveness_eval.py` measures it on pictures of real attacks.
"""
from steps import arguments, labelled, run, unmeasured


def main():
    p = arguments(__doc__, 13)
    p.add_argument("--count", type=int, default=20000, help="pictures of FairFace to label")
    p.add_argument("--crops", type=int, default=24000, help="pictures made of them")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    sets = []
    for prefix in labelled(a.fairface, a.work, a.models / "yunet_n_640_640.onnx", a.count):
        live = prefix.with_name(prefix.name + "-live")
        if not live.with_name(live.name + "_t.npy").exists():
            seed, crops = (4, a.crops) if not sets else (5, a.crops // 12)
            run("liveness_data.py", prefix, live, "--teacher", a.models / "minifas128.onnx", "--count", crops, "--seed", seed)
        sets.append(live)
    run("liveness_train.py", "--data", sets[0], "--check", sets[1], "--out", a.work / "live", "--minutes", a.minutes)
    pack = a.work / "live-pack"
    unmeasured("lintel-live", pack)
    run("liveness_export.py", "--weights", a.work / "live" / "final.pt", "--out", pack)


if __name__ == "__main__":
    main()
