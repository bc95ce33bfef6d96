"""Start an embedder from Espressif's MBF (MIT licence): its weights in a network that can be trained, made narrower.

embedder_prune.py MBF.onnx PREFIX OUT.pt [--inner 64,80,72,160,144,288,160,384] [--dimension 256] [--targets mbf] [--count 600]
PREFIX_x.npy and PREFIX_TARGETS.npy come from embedder_data.py; only faces that are trained on are used. OUT.pt is a file for
`embedder_train.py --init`. Beside it OUT.basis.npy keeps the projection to the teacher's strongest directions.

Channels between an expansion and its projection are removed as pruning.py says. The goal of each layer is the output of the
whole network at that place, its input that of the network already pruned before it, so that errors do not add up.
"""
import argparse
import copy
import functools
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

import embedder_net
from embedder_augment import augment
from embedder_train import Targets, to_input
from embedder_warm import neutral, settle
from pruning import surgeon


def weights(path):
    """Convolutions, slopes and the linear layer of the ONNX file in its order: [(weight, bias)], [slope], (weight, bias)."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(str(path)).graph
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    for n in graph.node:
        if n.op_type == "DequantizeLinear":
            x, scale = values[n.input[0]].astype(np.float32), values[n.input[1]]
            axis = next((v.i for v in n.attribute if v.name == "axis"), 1)
            if np.ndim(scale):
                scale = scale.reshape([-1 if k == axis else 1 for k in range(x.ndim)])
            zero = values[n.input[2]] if len(n.input) > 2 and n.input[2] else 0
            values[n.output[0]] = (x - np.asarray(zero, np.float32).reshape(np.shape(scale))) * scale
    tensor = lambda name: torch.from_numpy(np.asarray(values[name], np.float32).copy())
    convs = [(tensor(n.input[1]), tensor(n.input[2])) for n in graph.node if n.op_type == "Conv"]
    slopes = [tensor(n.input[1]).flatten() for n in graph.node if n.op_type == "PRelu"]
    linear = next((tensor(n.input[1]), tensor(n.input[2])) for n in graph.node if n.op_type == "Gemm")
    return convs, slopes, linear


def whole(path):
    """MBF as it is, as a MobileFace that gives its 512 numbers."""
    convs, slopes, (w, b) = weights(path)
    net = embedder_net.MobileFace(inner=(128, 128, 128, 256, 256, 512, 256, 512), d=512).eval()
    convs[0][0].mul_(128 / 127.5)  # MBF divides its input by 127.5
    convs, slopes = iter(convs), iter(slopes)
    for m in net.layers():
        weight, bias = next(convs)
        m[0].weight.data.copy_(weight)
        neutral(m[1], bias)
        if len(m) == 3:
            m[2].weight.data.copy_(next(slopes))
    net.f.weight.data.copy_(w)
    neutral(net.bn, b)
    return net


@torch.no_grad()
def run(f, x, size=100):
    """f over x in portions."""
    return torch.cat([f(x[i:i + size]) for i in range(0, len(x), size)])


class Places:
    """The same few places of each face's feature maps, drawn anew for each size of map."""

    def __init__(self, count, each):
        self.count, self.each, self.drawn = count, each, {}

    def __call__(self, maps, first):
        """[n,c,h,w] of the faces from `first` on -> [n * places, c]"""
        v = maps.flatten(2)
        if v.shape[2] not in self.drawn:
            rng = np.random.default_rng(1)
            self.drawn[v.shape[2]] = torch.from_numpy(np.stack(
                [rng.permutation(v.shape[2])[:min(self.each, v.shape[2])] for _ in range(self.count)]))
        p = self.drawn[v.shape[2]][first:first + len(v), None].expand(-1, v.shape[1], -1)
        return v.gather(2, p).transpose(1, 2).reshape(-1, v.shape[1])


@torch.no_grad()
def outputs(net, layers, x, places):
    """What these layers' convolutions give for the faces x, at some places: {layer: [N, channels]}."""
    kept, first, hooks = {k: [] for k in layers}, 0, []
    for k in layers:
        hooks.append(net.layers()[k][0].register_forward_hook(lambda _, __, out, k=k: kept[k].append(places(out, first))))
    for first in range(0, len(x), 100):
        net.features(x[first:first + 100])
    for h in hooks:
        h.remove()
    return {k: torch.cat(v) for k, v in kept.items()}


def narrow(layer, channels):
    """Keep these output channels of a convolution with its normalisation and slope."""
    new = embedder_net.like(layer, outputs=len(channels))
    new.load_state_dict({k: v if v.ndim == 0 else v[channels] for k, v in layer.state_dict().items()})
    return new.eval()


@torch.no_grad()
def prune(full, inner, x, each=40):
    """A MobileFace with fewer inner channels that does what `full` does, as far as it can."""
    net, places = copy.deepcopy(full), Places(len(x), each)
    steps = sorted((after, before, keep) for place, keep in zip(net.places(), inner)
                   for before, after in zip(place.producers, place.consumer))
    goal = outputs(full, [after for after, _, _ in steps], x, places)
    for after, before, keep in steps:
        producers = lambda v: functools.reduce(lambda u, k: net.layers()[k](u), before, v)
        h = torch.cat([places(producers(x[i:i + 100]), i) for i in range(0, len(x), 100)])
        y = goal.pop(after)
        mean_h, mean_y = h.mean(0), y.mean(0)
        channels, w = (torch.from_numpy(v) for v in surgeon(h - mean_h, y - mean_y, keep))
        w = w.float()
        error = ((h - mean_h)[:, channels] @ w - (y - mean_y)).pow(2).sum() / (y - mean_y).pow(2).sum()
        old = net.layers()[after]
        for i in before:
            net.replace(i, narrow(net.layers()[i], channels))
        consumer = embedder_net.like(old, inputs=keep).eval()
        consumer[0].weight.copy_(w.T[:, :, None, None])
        consumer[1].load_state_dict(old[1].state_dict())
        consumer[1].bias += mean_y - w.T @ mean_h[channels]
        if len(old) == 3:
            consumer[2].load_state_dict(old[2].state_dict())
        net.replace(after, consumer)
        block = next((m for m in net.n if isinstance(m, embedder_net.Inner) and m.c[2] is consumer), None)
        x = run(block if block else producers, x)
        print("layer %d: %d of %d channels, %.2f %% of the output's variance lost" % (
            after, keep, h.shape[1], 100 * float(error)), flush=True)
    net.config["inner"] = list(inner)
    return net


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("mbf", type=pathlib.Path)
    p.add_argument("prefix")
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--inner", default="64,80,72,160,144,288,160,384")
    p.add_argument("--dimension", type=int, default=256)
    p.add_argument("--targets", default="mbf")
    p.add_argument("--count", type=int, default=600)
    a = p.parse_args()
    x = np.load(a.prefix + "_x.npy", mmap_mode="r")
    targets = Targets(a.prefix + "_" + a.targets + ".npy", a.out.with_suffix(".basis.npy"), len(x), 0, a.dimension)
    rows, rng = np.sort(targets.training()[:a.count]), np.random.default_rng(0)
    faces = to_input(np.stack([augment(x[i], rng, 0.4) for i in rows]), "cpu").contiguous(memory_format=torch.channels_last)
    full = whole(a.mbf)
    held = np.sort(targets.held_out())[:300]
    clean = to_input(np.ascontiguousarray(x[held][:, 8:120, 8:120, ::-1]), "cpu")
    with torch.no_grad():
        print("MBF here against the stored targets: cosine %.4f" % F.cosine_similarity(
            full(clean), targets.full(held)).mean())
    net = prune(full, [int(v) for v in a.inner.split(",")], faces)
    linear, bias = full.f.weight.data, full.bn.bias.data
    net.f = torch.nn.Linear(linear.shape[1], a.dimension, bias=False)
    net.bn = torch.nn.BatchNorm1d(a.dimension)
    net.f.weight.data.copy_(targets.basis.T @ linear)
    neutral(net.bn, targets.basis.T @ bias)
    net.config["d"] = a.dimension
    net.eval()
    with torch.no_grad():
        print("pruned, projected: cosine %.4f; %.0f M multiply-adds" % (F.cosine_similarity(
            net(clean), targets.projected(held)).mean(), embedder_net.multiply_adds(net) / 1e6))
    settle(net, faces[:512])
    torch.save({"config": net.config, "net": net.state_dict()}, a.out)


if __name__ == "__main__":
    main()
