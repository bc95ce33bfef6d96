"""The liveness network in one command: recapture, train, export. Each step is skipped or resumed where its output exists.

    liveness.py --fairface DIR --lfw DIR --leave-out names.txt --work DIR --models DIR --check FILE.npz... [--minutes 75]

DIR of --fairface holds `train`, that of --lfw one folder for each person (LFW deep-funneled; leave out whom you measure with),
that of --models minifas128.onnx. --check names crops of real people and attacks that `liveness_eval.py --cache` kept, to watch
the training by and to choose from: report other ones. The work directory gets `live-pack`; copy it to models/lintel-live.
`liveness_eval.py` measures it.
"""
from steps import arguments, run, unmeasured

# The middle of the face and the side of its square, as shares of the picture: YuNet's mean on 244 pictures of FairFace and 190 of LFW.
FAIRFACE, LFW = ".494:.463:.998", ".5:.51:.515"


def main():
    p = arguments(__doc__, 75)
    p.add_argument("--lfw", required=True)
    p.add_argument("--leave-out", required=True)
    p.add_argument("--check", nargs="+", required=True)
    p.add_argument("--init", help="weights or graph to start from")
    p.add_argument("--crops", type=int, default=60000, help="pictures to make")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    made = a.work / "live"
    if not made.with_name("live_x.npy").exists():
        run("liveness_data.py", made, "--faces", f"{a.fairface / 'train'}:{FAIRFACE}:.35", f"{a.lfw}:{LFW}:.65",
            "--leave-out", a.leave_out, "--teacher", a.models / "minifas128.onnx", "--count", a.crops)
    start = ["--init", a.init] if a.init else []
    run("liveness_train.py", "--data", made, "--check", *a.check, "--out", a.work / "live-run", "--minutes", a.minutes, *start)
    pack = a.work / "live-pack"
    unmeasured("lintel-live", pack)
    run("liveness_export.py", "--weights", a.work / "live-run" / "final.pt", "--out", pack)


if __name__ == "__main__":
    main()
