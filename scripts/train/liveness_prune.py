"""A start for the liveness network: MiniFASNet's own weights (VietAnh954/face-antispoof-onnx, Apache-2.0), with the channels that matter
least taken out.

    python scripts/train/liveness_prune.py --teacher minifas128.onnx --data PREFIX --out start.pt --count 500

Block after block, the inner channels that explain the block's output best are kept (`pruning.surgeon`), and their weights are
fitted anew by least squares, on what the blocks pruned before give for pictures of --data (`liveness_data.py`). No label is used.
"""
import argparse
import pathlib

import numpy as np
import torch
from torch import nn

from liveness_data import Teacher
from liveness_head import features
from liveness_net import FasNet, sloped
from pruning import surgeon

# Inner channels of each block that are kept, of 103, 13 x 4, 231, 231, 52, 26, 77, 26, 26, 308, 26, 26 and 512.
KEEP = dict(enter=40, two=[13, 13, 13, 13], down3=72, three=[72, 26, 26, 40, 26, 26], down4=80, four=[26, 26], last=104)


def weights(path):
    """[(kind, arrays)] of the file's convolutions, slopes, batch norm and products, in the order in which they run."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(path).graph
    known = {i.name: numpy_helper.to_array(i).astype(np.float32) for i in graph.initializer}
    return [(n.op_type, [known[i] for i in n.input if i in known]) for n in graph.node
            if n.op_type in ("Conv", "PRelu", "MatMul", "BatchNormalization")]


def whole(path):
    """The public network as a `FasNet` of full width."""
    net = FasNet(enter=103, two=[13] * 4, down3=231, three=[231, 52, 26, 77, 26, 26], down4=308, four=[26, 26], last=512).eval()
    items = iter(weights(path))

    def take(kind):
        found, arrays = next(items)
        if found != kind:
            raise ValueError("%s holds %s where %s was expected" % (path, found, kind))
        return [torch.from_numpy(a.copy()) for a in arrays]

    def conv(layer):
        w, b = take("Conv")
        layer[0].weight.copy_(w)
        layer[0].bias.copy_(b)
        if len(layer) > 1:
            layer[1].weight.copy_(take("PRelu")[0].flatten())

    with torch.no_grad():
        conv(net.conv1)
        conv(net.conv2)
        for block in net.blocks():
            for layer in (block.expand, block.depth, block.project):
                conv(layer)
            if block.gate is not None:
                conv([block.gate[0]])
                conv([block.gate[2]])
        conv(net.wide)
        conv(net.all)
        linear = take("MatMul")[0]
        scale, shift, mean, var = take("BatchNormalization")
        scale = scale / (var + 1e-5).sqrt()
        classes = take("MatMul")[0]
        last = classes[:, 0] - classes[:, 1]
        net.head.weight.copy_((linear @ (scale * last))[None])
        net.head.bias.copy_(((shift - mean * scale) @ last)[None])
    return net


def rows(*maps, most=60):
    """The same places of several maps [N,C,H,W] as rows [places, C]."""
    n, _, h, w = maps[0].shape
    rng = np.random.default_rng(0)
    places = torch.from_numpy(np.stack([rng.choice(h * w, min(most, h * w), replace=False) for _ in range(n)]))
    return [torch.gather(m.flatten(2), 2, places[:, None].expand(-1, m.shape[1], -1)).transpose(1, 2).flatten(0, 1).numpy() for m in maps]


@torch.no_grad()
def batched(f, *x, size=50):
    parts = [f(*(v[k:k + size] for v in x)) for k in range(0, len(x[0]), size)]
    return torch.cat(parts)


def fit(h, y, keep, ridge=1e-4):
    """(columns kept, weights [O,keep], bias [O]) that explain y by h."""
    mh, my = h.mean(0), y.mean(0)
    if keep >= h.shape[1]:
        gram = (h - mh).T @ (h - mh)
        gram += ridge * np.trace(gram) / len(gram) * np.eye(len(gram))
        kept, w = np.arange(h.shape[1]), np.linalg.solve(gram, (h - mh).T @ (y - my))
    else:
        kept, w = surgeon(h - mh, y - my, keep, ridge)
    return torch.from_numpy(kept), torch.from_numpy(w.T).float(), torch.from_numpy(my - mh[kept] @ w).float()


def narrow(layer, old, kept):
    """`layer` becomes the `kept` output channels of `old`."""
    layer[0].weight.copy_(old[0].weight[kept])
    layer[0].bias.copy_(old[0].bias[kept])
    if len(layer) > 1:
        layer[1].weight.copy_(old[1].weight[kept])


@torch.no_grad()
def prune(big, small, x):
    """Fill `small`; x is float [N,3,128,128]."""
    small.conv1.load_state_dict(big.conv1.state_dict())
    small.conv2.load_state_dict(big.conv2.state_dict())
    a = batched(lambda v: big.conv2(big.conv1(v / 255)), x)
    b = a
    for k, (old, new) in enumerate(zip(big.blocks(), small.blocks())):
        # What the whole block should add, and what the inner channels give on what really comes in.
        wanted = batched(old.inner, a)
        h = batched(lambda v: old.depth(old.expand(v)), b)
        hr, yr = rows(h, wanted)
        kept, w, bias = fit(hr.astype(np.float64), yr.astype(np.float64), new.depth[0].weight.shape[0])
        narrow(new.expand, old.expand, kept)
        narrow(new.depth, old.depth, kept)
        new.project[0].weight.copy_(w[:, :, None, None])
        new.project[0].bias.copy_(bias)
        if old.gate is not None:
            new.gate.load_state_dict(old.gate.state_dict())
        a = batched(old, a) if old.gate is not None or old.shortcut else wanted
        b = batched(new, b)
        print("block %d: %d of %d channels, what is left unexplained %.3f" % (
            k, len(kept), hr.shape[1], float((b - a).pow(2).mean() / (a - a.mean((0, 2, 3), keepdim=True)).pow(2).mean())), flush=True)
    small.wide, small.all, small.head = big.wide, big.all, big.head


@torch.no_grad()
def finish(small, x, logits, keep):
    """Keep those of the last layer's channels that explain the teacher's logits [N] best; x is uint8 [N,128,128,3]."""
    h = features(small, x)
    half = np.arange(len(h)) % 5 > 0
    kept, w, bias = fit(h[half], np.asarray(logits, np.float64)[half, None], keep, 1e-2)
    q = h[:, kept] @ w.numpy().T[:, 0] + float(bias)
    print("logit: correlation %.3f, on pictures that were left out %.3f" % tuple(np.corrcoef(logits[s], q[s])[0, 1] for s in (half, ~half)))
    wide, all_, head = sloped(128, keep), sloped(keep, keep, 8, groups=keep, slope=False), nn.Linear(keep, 1)
    narrow(wide, small.wide, kept)
    narrow(all_, small.all, kept)
    head.weight.copy_(w)
    head.bias.copy_(bias)
    small.wide, small.all, small.head = wide, all_, head


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--teacher", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--last", nargs="+", required=True, help="prefixes of the pictures that the last layer is fitted on")
    p.add_argument("--most", type=int, default=2200)
    p.add_argument("--count", type=int, default=500)
    a = p.parse_args()
    torch.set_num_threads(1)
    x = torch.from_numpy(np.load(a.data + "_x.npy", mmap_mode="r")[:a.count].copy()).permute(0, 3, 1, 2).float()
    big, small = whole(a.teacher), FasNet(**{**KEEP, "last": 512}).eval()
    prune(big, small, x)
    teacher, seen, said = Teacher(a.teacher), [], []
    for data in a.last:
        pictures = np.load(data + "_x.npy", mmap_mode="r")
        if pathlib.Path(data + "_t.npy").exists():
            known = np.load(data + "_t.npy")
        else:
            known = np.concatenate([teacher(pictures[k:k + 1]) for k in range(len(pictures))])
        done = pathlib.Path(data + "_n.txt")
        made = int(done.read_text()) if done.exists() else len(pictures)
        at = np.flatnonzero(~np.isnan(known[:made]))
        at = at[:a.most]
        seen.append(pictures[at])
        said.append(known[at])
    finish(small, np.concatenate(seen), np.concatenate(said), KEEP["last"])
    torch.save(small.state_dict(), a.out)


if __name__ == "__main__":
    main()
