"""The liveness network: two public networks of MiniFASNet's shape as one, without training.

    python scripts/train/liveness_prune.py --teacher 97.80/best_model.onnx --small 2.7_80x80_MiniFASNetV2.pth --data PREFIX --out pair.pt

--teacher is VietAnh954/face-antispoof-onnx's (128x128), --small minivision-ai/Silent-Face-Anti-Spoofing's (80x80), both Apache-2.0. From the
first one the channels that matter least are taken out: block after block, the inner channels that explain the block's output best
are kept (`pruning.surgeon`), and their weights are fitted anew by least squares, on what the blocks pruned before give for
pictures of --data (`liveness_data.py`). No label is used. The logit is the weighted sum of both.
"""
import argparse

import numpy as np
import torch
from torch import nn

from liveness_head import features
from liveness_net import FasNet, Pair, sloped
from pruning import surgeon

# Inner channels of each block that are kept, of 103, 13 x 4, 231, 231, 52, 26, 77, 26, 26, 308, 26, 26 and 512. The network for 80x80
# stays whole: with half of its channels its blocks explain 57 % of what they should, and it is quick as it is.
KEEP = dict(enter=52, two=[13, 13, 13, 13], down3=110, three=[104, 36, 26, 52, 26, 26], down4=130, four=[26, 26], last=140)


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


def silent(path):
    """The public network of Silent-Face-Anti-Spoofing (2.7_80x80_MiniFASNetV2.pth) as a `FasNet` of full width: batch norm folded,
    blue first turned to red first, the log odds of live against each of its two kinds of attack."""
    state = {k[7:] if k.startswith("module.") else k: v for k, v in torch.load(path, map_location="cpu").items()}
    net = FasNet(enter=103, two=[13] * 4, down3=231, three=[231, 52, 26, 77, 26, 26], down4=308, four=[26, 26], last=512,
                 field=5, gated=False, kinds=2).eval()

    def conv(layer, name):
        scale = state[name + ".bn.weight"] / (state[name + ".bn.running_var"] + 1e-5).sqrt()
        layer[0].weight.copy_(state[name + ".conv.weight"] * scale[:, None, None, None])
        layer[0].bias.copy_(state[name + ".bn.bias"] - state[name + ".bn.running_mean"] * scale)
        if len(layer) > 1:
            layer[1].weight.copy_(state[name + ".prelu.weight"])

    names = ["conv_23", *["conv_3.model.%d" % k for k in range(4)], "conv_34", *["conv_4.model.%d" % k for k in range(6)],
             "conv_45", *["conv_5.model.%d" % k for k in range(2)]]
    with torch.no_grad():
        conv(net.conv1, "conv1")
        net.conv1[0].weight.copy_(net.conv1[0].weight.flip(1) * 255)
        conv(net.conv2, "conv2_dw")
        for block, name in zip(net.blocks(), names, strict=True):
            conv(block.expand, name + ".conv")
            conv(block.depth, name + ".conv_dw")
            conv(block.project, name + ".project")
        conv(net.wide, "conv_6_sep")
        conv(net.all, "conv_6_dw")
        scale = state["bn.weight"] / (state["bn.running_var"] + 1e-5).sqrt()
        classes = state["prob.weight"]
        last = classes[1] - classes[[0, 2]]
        net.head.weight.copy_((last * scale) @ state["linear.weight"])
        net.head.bias.copy_(last @ (state["bn.bias"] - state["bn.running_mean"] * scale))
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
def finish(small, x, wanted, keep):
    """Keep those of the last layer's channels that explain what the whole network's head says [N,K] best; x is uint8 [N,S,S,3]."""
    h = features(small, x)
    half = np.arange(len(h)) % 5 > 0
    kept, w, bias = fit(h[half], wanted[half], keep, 1e-2)
    q = h[:, kept] @ w.double().numpy().T + bias.double().numpy()
    for k in range(wanted.shape[1]):
        print("logit %d: correlation %.3f, on pictures that were left out %.3f" % (
            k, *(np.corrcoef(wanted[s, k], q[s, k])[0, 1] for s in (half, ~half))), flush=True)
    field = small.all[0].weight.shape[2]
    wide, all_, head = sloped(128, keep), nn.Sequential(nn.Conv2d(keep, keep, field, groups=keep)), nn.Linear(keep, len(w))
    narrow(wide, small.wide, kept)
    narrow(all_, small.all, kept)
    head.weight.copy_(w)
    head.bias.copy_(bias)
    small.wide, small.all, small.head = wide, all_, head


def narrowed(big, keep, x, most):
    """The network `big` with the widths `keep`, on uint8 pictures x [N,S,S,3], the first `most` of them for its blocks."""
    kinds, field = len(big.head.weight), big.all[0].weight.shape[2]
    gated = any(b.gate is not None for b in big.blocks())
    small = FasNet(**{**keep, "last": 512}, field=field, gated=gated, kinds=kinds).eval()
    prune(big, small, torch.from_numpy(x[:most]).permute(0, 3, 1, 2).float())
    finish(small, x, big.head(torch.from_numpy(features(big, x)).float()).detach().double().numpy(), keep["last"])
    return small


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--teacher", required=True, help="the public network for 128x128 (.onnx)")
    p.add_argument("--small", required=True, help="the public network for 80x80 (.pth)")
    p.add_argument("--share", type=float, default=.4, help="of the logit of the first one in the sum")
    p.add_argument("--scale", type=float, default=.225,
                   help="of the sum: where a visit needs 0.55 and a score of 0.75, the network alone suffices from a logit of 6 on, which"
                        " half of LFW's faces reach")
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--most", type=int, default=3000, help="pictures for the last layers")
    p.add_argument("--count", type=int, default=500, help="pictures for the others")
    a = p.parse_args()
    torch.set_num_threads(1)
    x = np.load(a.data + "_x.npy", mmap_mode="r")[:a.most].copy()
    pair = Pair(narrowed(whole(a.teacher), KEEP, x, a.count), silent(a.small))
    with torch.no_grad():
        for net, share in ((pair.large, a.share), (pair.small, 1 - a.share)):
            net.head.weight.mul_(share * a.scale)
            net.head.bias.mul_(share * a.scale)
    torch.save(pair.state_dict(), a.out)


if __name__ == "__main__":
    main()
