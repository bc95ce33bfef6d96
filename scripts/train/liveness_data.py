"""Make the liveness training set: live crops, simulated fakes, and what the teacher says of each.

    python scripts/train/liveness_data.py OUT --faces fair_face/train:.494:.463:.998:.4 lfw:.5:.51:.515:.6 \\
        --leave-out names.txt --teacher minifas128.onnx --count 60000

Each of --faces is a folder of pictures that were brought to one size by the eyes, the middle of the face and the side of
the square around it as YuNet sees it (both as shares of the picture's side), and the folder's share. FairFace's pictures end at
the face, so that most of the crop is reflection, as where a box at the rim of a picture is cut; LFW's show what is around it. Folders and pictures
named in --leave-out (one name a line) are not used. Writes OUT_x.npy (uint8 [N,128,128,3] RGB), OUT_y.npy (uint8: 1 live,
0 screen, 2 paper) and OUT_t.npy (float32: the teacher's logit for live, NaN where
it was not asked), and in OUT_n.txt how many of them are done: the
trainer may start before the last. Half of the pictures is live, a third screens, a sixth paper. Crops are the square of
1.5 times the longer side of the face's box, border reflected, with jitter, as the appliance cuts them.
"""
import argparse
import pathlib

import cv2
import numpy as np
import onnxruntime as ort

import liveness_recapture as recapture
from common import images

SIDE = 128
LIVE, SCREEN, PAPER = 1, 0, 2


def crop(image, face, side=SIDE, scale=1.5, shift=(0, 0), turn=0):
    """The square around a face (x, y, width, height), uint8 BGR."""
    x, y, w, h = face[:4]
    s = scale * max(w, h)
    cx, cy = x + w / 2 + shift[0] * s, y + h / 2 + shift[1] * s
    k = side / s
    c, d = k * np.cos(turn), k * np.sin(turn)
    m = np.array([[c, d, side / 2 - cx * c - cy * d], [-d, c, side / 2 + cx * d - cy * c]])
    if k < .6:
        image = cv2.GaussianBlur(image, (0, 0), .4 / k)
    return cv2.warpAffine(image, m, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


class Teacher:
    """Logit for live of uint8 RGB crops [N,128,128,3]."""

    def __init__(self, path):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(path, options)

    def __call__(self, x):
        out = self.session.run(None, {"input": np.ascontiguousarray(x.transpose(0, 3, 1, 2).astype(np.float32) / 255)})[0]
        return out[:, 0] - out[:, 1]


class Opinions:
    """The weighted mean of several networks' logits: PATH or PATH=WEIGHT, each .onnx for a `Teacher` or weights (.pt) of `liveness_net`."""

    def __init__(self, sources):
        pairs = [(path, float(weight or 1)) for path, _, weight in (str(s).partition("=") for s in sources)]
        total = sum(w for _, w in pairs)
        self.networks = [(self.network(path), w / total) for path, w in pairs]

    def network(self, path):
        if path.endswith(".onnx"):
            return Teacher(path)
        import torch
        from liveness_net import Pair, load
        net = load(path).eval()
        small = getattr(getattr(net, "all", [None])[0], "kernel_size", (8,))[0] < 8  # as the smaller one of a pair

        @torch.no_grad()
        def run(x):
            v = torch.from_numpy(np.array(x)).permute(0, 3, 1, 2).float()
            return net(Pair.shrunk(v) if small else v)[:, 0].numpy()
        return run

    def __call__(self, x):
        return sum(w * network(x) for network, w in self.networks)


def tight(rng, x):
    """As if the picture had ended close around the face: what lies outside is the reflection of what lies inside."""
    side = x.shape[0]
    low = rng.uniform(.08, .19, 4) * side
    top, bottom, left, right = (int(v) for v in low)
    inner = x[top:side - bottom, left:side - right]
    return cv2.copyMakeBorder(inner, top, bottom, left, right, cv2.BORDER_REFLECT_101)


def example(rng, image, face, other, kind=None):
    """(uint8 BGR crop, kind). `other` is another picture, for reflections and backgrounds."""
    x = crop(image, face, SIDE, 1.5 * np.exp(rng.normal(0, .07)), rng.normal(0, .025, 2), rng.normal(0, .1))
    x = x.astype(np.float32) * np.float32(1 / 255)
    if rng.random() < .5:
        x = np.ascontiguousarray(x[:, ::-1])
    kind = rng.choice([LIVE, SCREEN, PAPER], p=[1 / 2, 1 / 3, 1 / 6]) if kind is None else kind
    if kind == LIVE:
        x = recapture.room(rng, x, other)
    else:
        if rng.random() < .5:
            x = recapture.camera(rng, x, grey=rng.random() < .3).astype(np.float32) * np.float32(1 / 255)  # the picture shown was once taken, too
        x = recapture.screen(rng, x, other) if kind == SCREEN else recapture.paper(rng, x, other)
    x = recapture.camera(rng, np.asarray(x, np.float32))
    if rng.random() < .2:
        x = tight(rng, x)
    return x, kind


class Faces:
    """Pictures of several folders; within a folder each of its subfolders (people) as often as the next."""

    def __init__(self, sources, left_out=()):
        self.sources, self.shares = [], []
        for source in sources:
            folder, *numbers = source.split(":")
            x, y, side, share = map(float, numbers)
            groups = {}
            for f in images(folder):
                if f.name not in left_out and f.parent.name not in left_out:
                    groups.setdefault(f.parent, []).append(str(f))
            self.sources.append((list(groups.values()), np.array([x - side / 2, y - side / 2, side, side])))
            self.shares.append(share)
        self.shares = np.array(self.shares) / sum(self.shares)

    def draw(self, rng):
        """(uint8 BGR picture, box)."""
        groups, box = self.sources[rng.choice(len(self.shares), p=self.shares)]
        files = groups[rng.integers(len(groups))]
        image = cv2.imread(files[rng.integers(len(files))])
        return image, box * image.shape[1]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out")
    p.add_argument("--faces", nargs="+", required=True)
    p.add_argument("--leave-out", type=pathlib.Path)
    p.add_argument("--teacher", required=True, nargs="+", help="PATH or PATH=WEIGHT: the weighted mean of their logits is the opinion")
    p.add_argument("--taught", type=float, default=.25, help="share of the pictures that the teacher is asked about")
    p.add_argument("--count", type=int, default=60000)
    p.add_argument("--seed", type=int, default=4)
    a = p.parse_args()
    cv2.setNumThreads(1)
    rng, teacher = np.random.default_rng(a.seed), Opinions(a.teacher)
    faces = Faces(a.faces, set(a.leave_out.read_text().split("\n")) if a.leave_out else ())
    x = np.lib.format.open_memmap(a.out + "_x.npy", "w+", np.uint8, (a.count, SIDE, SIDE, 3))
    y = np.lib.format.open_memmap(a.out + "_y.npy", "w+", np.uint8, (a.count,))
    t = np.lib.format.open_memmap(a.out + "_t.npy", "w+", np.float32, (a.count,))
    done = pathlib.Path(a.out + "_n.txt")
    done.write_text("0")
    other = None
    for k in range(a.count):
        image, face = faces.draw(rng)
        if other is None or k % 4 == 0:
            other = cv2.resize(image, (SIDE, SIDE)).astype(np.float32) * np.float32(1 / 255)
            image, face = faces.draw(rng)
        picture, y[k] = example(rng, image, face, other)
        x[k] = picture[..., ::-1]
        t[k] = teacher(x[k:k + 1])[0] if rng.random() < a.taught else np.nan
        if k % 32 == 31 or k + 1 == a.count:
            done.write_text(str(k + 1))
    for name, kind in (("live", LIVE), ("screen", SCREEN), ("paper", PAPER)):
        print(name, int((y == kind).sum()), "the teacher says live of %.3f" % (t[(y == kind) & ~np.isnan(t)] > 0).mean())


if __name__ == "__main__":
    main()
