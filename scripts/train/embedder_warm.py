"""Start training from a shipped pack: the weights of its model.pb back in a network that can be trained.

The graph holds convolutions with batch normalisation folded in. settle() gives each normalisation layer the scale and
shift that undo what it does to a batch of faces, so that the network in training mode starts where the graph is.
"""
import pathlib

import numpy as np
import torch
import torch.nn as nn

import embedder_net


def constants(path):
    """Arrays of a frozen GraphDef by the name that embedder_export.py gave them."""
    import tensorflow as tf
    graph = tf.compat.v1.GraphDef()
    graph.ParseFromString(pathlib.Path(path).read_bytes())
    return {n.name.removesuffix("/half"): torch.from_numpy(np.asarray(tf.make_ndarray(n.attr["value"].tensor), np.float32))
            for n in graph.node if n.op == "Const"}


def neutral(bn, b):
    """Let a normalisation layer in evaluation mode only add b."""
    bn.running_mean.zero_()
    bn.running_var.fill_(1 - bn.eps)
    bn.weight.data.fill_(1)
    bn.bias.data.copy_(b)


def mobile(c):
    """A MobileFace from the constants of its graph."""
    inner = [c[k + "/w"].shape[3] for k in ("conv0", "inner2/a", "inner3/a", "inner7/a", "inner8/a", "inner14/a", "inner15/a", "conv17")]
    net = embedder_net.MobileFace(inner, c["linear/w"].shape[1]).eval()
    for i, m in enumerate(net.n):
        parts = zip("abc", m.c) if isinstance(m, embedder_net.Inner) else [("", m)]
        for part, layer in parts:
            name = "inner%d/%s" % (i, part) if part else "conv%d" % i
            w = c[name + "/w"]
            layer[0].weight.data.copy_(w.permute(2, 3, 0, 1) if layer[0].groups > 1 else w.permute(3, 2, 0, 1))
            neutral(layer[1], c[name + "/b"])
            if len(layer) == 3:
                layer[2].weight.data.copy_(c[name + "/act/slope"])
    linear = c["linear/w"].T
    net.f.weight.data.copy_(linear.reshape(len(linear), 7, 7, -1).permute(0, 3, 1, 2).reshape(len(linear), -1))
    neutral(net.bn, c["linear/b"])
    return net


def from_graph(path):
    """The network of a pack, in evaluation mode; its batch normalisation layers only add the bias."""
    c = constants(path)
    if "inner2/a/w" in c:
        return mobile(c)
    blocks = {k.split("/")[0] for k in c if k.startswith("block")}
    convs = sorted((k.split("/")[0] for k in c if k.startswith("conv") and k.endswith("/w")), key=lambda k: int(k[4:]))
    widths, depth = [c[k + "/w"].shape[3] for k in convs], []
    for k, following in zip(convs, convs[1:]):
        depth.append(sum(int(k[4:]) < int(b[5:]) < int(following[4:]) for b in blocks))
    net = embedder_net.ResFace(widths[:-1], depth, widths[-1], c["linear/w"].shape[1]).eval()
    def put(m, name):
        m[0].weight.data.copy_(c[name + "/w"].permute(3, 2, 0, 1))
        neutral(m[1], c[name + "/b"])
        if len(m) == 3:
            m[2].weight.data.copy_(c[name + "/act/slope"])

    for i, m in enumerate(net.n):
        if isinstance(m, embedder_net.Residual):
            put(m.a, "block%d/a" % i)
            put(m.b, "block%d/b" % i)
        else:
            put(m, "conv%d" % i)
    net.g[0].weight.data.copy_(c["global/w"].permute(2, 0, 1)[:, None])
    neutral(net.g[1], torch.zeros(widths[-1]))
    net.f.weight.data.copy_(c["linear/w"].T)
    neutral(net.bn, c["linear/b"])
    return net


@torch.no_grad()
def settle(net, x):
    """Give every normalisation layer the statistics of its input over the faces x [N,3,112,112], and undo them."""
    def hook(bn, inputs):
        v = inputs[0].transpose(0, 1).flatten(1)
        mean, var = v.mean(1), v.var(1)
        bn.bias += bn.weight * (mean - bn.running_mean) / torch.sqrt(bn.running_var + bn.eps)
        bn.weight *= torch.sqrt((var + bn.eps) / (bn.running_var + bn.eps))
        bn.running_mean.copy_(mean)
        bn.running_var.copy_(var)

    hooks = [m.register_forward_pre_hook(hook) for m in net.modules() if isinstance(m, (nn.BatchNorm2d, nn.BatchNorm1d))]
    net.eval()(x)
    for h in hooks:
        h.remove()
    return net


def state(path, x):
    """State dict of a pack's model.pb, ready to be trained on faces like x."""
    return settle(from_graph(path), x).state_dict()
