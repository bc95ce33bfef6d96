"""Freeze the liveness network into a TensorFlow graph.

    python scripts/train/liveness_export.py --weights DIR/final.pt --out models/lintel-live

`image` uint8 [N,128,128,3] RGB -> `live` float32 [N,1], the probability of a live face. Batch norm is folded,
normalisation is inside. The graph is run against the trainer; a difference above 1e-4 is an error. Weights are then stored as
half floats (`halves.py`).
"""
import argparse
import pathlib

import numpy as np
import tensorflow as tf
import torch

import halves
from liveness_net import SIDE, LivenessNet, Pair, Separable, load

v1 = tf.compat.v1


def folded(conv, norm):
    """Weights and bias of a convolution with its batch norm folded in, float64 inside."""
    scale = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    weight = conv.weight.double() * scale[:, None, None, None]
    return weight.detach().numpy(), (norm.bias.double() - norm.running_mean.double() * scale).detach().numpy()


def convolve(x, conv, norm=None, relu=False, name=None):
    """The TensorFlow ops of one torch convolution: NHWC, the same explicit padding, folded batch norm."""
    if norm is None:
        weight, bias = conv.weight.detach().double().numpy(), conv.bias.detach().double().numpy()
    else:
        weight, bias = folded(conv, norm)
    k, s, p = conv.kernel_size[0], conv.stride[0], conv.padding[0]
    pads = "VALID" if p == 0 else [[0, 0], [p, p], [p, p], [0, 0]]
    if s == 1 and p == k // 2:
        pads = "SAME"  # the same thing at stride 1, and the faster kernel
    if conv.groups > 1:
        kernel = tf.constant(weight.transpose(2, 3, 0, 1).astype(np.float32))
        if pads not in ("SAME", "VALID"):  # TensorFlow's shape inference fails on explicit padding here
            x, pads = tf.pad(x, pads), "VALID"
        y = tf.nn.depthwise_conv2d(x, kernel, [1, s, s, 1], pads)
    else:
        kernel = tf.constant(weight.transpose(2, 3, 1, 0).astype(np.float32))
        y = tf.nn.conv2d(x, kernel, s, pads)
    y = tf.nn.bias_add(y, tf.constant(bias.astype(np.float32)), name=None if relu else name)
    return tf.nn.relu(y, name=name) if relu else y


def plain(x, m):
    """A `liveness_net.conv` block."""
    return convolve(x, m[0], m[1], relu=len(m) > 2)


def separable(x, m):
    y = plain(plain(x, m.depth), m.point)
    return tf.nn.relu(x + y if m.shortcut else y)


def build(net):
    """The frozen GraphDef of a `LivenessNet` in evaluation mode."""
    with tf.Graph().as_default() as graph:
        image = v1.placeholder(tf.uint8, [None, SIDE, SIDE, 3], name="image")
        x = (tf.cast(image, tf.float32) - 127.5) * (1 / 128)
        for m in net.body:
            x = separable(x, m) if isinstance(m, Separable) else plain(x, m)
        f = tf.concat([tf.reduce_mean(x, [1, 2]), tf.reduce_max(x, [1, 2])], 1)
        w, b = net.head.weight.detach().numpy(), net.head.bias.detach().numpy()
        tf.sigmoid(tf.nn.bias_add(tf.matmul(f, tf.constant(w.T)), tf.constant(b)), name="live")
        return graph.as_graph_def()


def layer(x, m):
    """A `liveness_net.sloped`: convolution, and slopes below zero."""
    x = convolve(x, m[0])
    if len(m) == 1:
        return x
    slope = m[1].weight.detach().numpy()
    if slope.max() <= 1:
        return tf.maximum(x, x * tf.constant(slope))
    return tf.add(tf.nn.relu(x), tf.minimum(x, 0.) * tf.constant(slope))


def block(x, m):
    y = layer(layer(layer(x, m.expand), m.depth), m.project)
    if m.gate is not None:
        g = tf.reduce_mean(y, [1, 2], keepdims=True)
        y = y * tf.sigmoid(convolve(tf.nn.relu(convolve(g, m.gate[0])), m.gate[2]))
    return x + y if m.shortcut else y


def fas(x, net):
    """The logit [N,1] of a `FasNet` for pictures of 0..255."""
    x = layer(layer(x * (1 / 255), net.conv1), net.conv2)
    for m in net.body:
        x = block(x, m)
    x = layer(x, net.wide)
    w = net.all[0].weight.detach().numpy()[:, 0].transpose(1, 2, 0)  # one weight for each place and channel
    x = tf.reduce_sum(x * tf.constant(w), [1, 2]) + tf.constant(net.all[0].bias.detach().numpy())
    x = tf.matmul(x, tf.constant(net.head.weight.detach().numpy().T)) + tf.constant(net.head.bias.detach().numpy())
    return x if len(net.head.bias) == 1 else tf.reduce_min(x, 1, keepdims=True)


def build_fas(net):
    """The frozen GraphDef of a `FasNet` or a `Pair` in evaluation mode."""
    with tf.Graph().as_default() as graph:
        x = tf.cast(v1.placeholder(tf.uint8, [None, SIDE, SIDE, 3], name="image"), tf.float32)
        if isinstance(net, Pair):
            logit = fas(x, net.large) + fas(tf.image.resize(x, (Pair.SMALL, Pair.SMALL)), net.small)
        else:
            logit = fas(x, net)
        tf.sigmoid(logit, name="live")
        return graph.as_graph_def()


class Frozen:
    """A frozen liveness network: call with uint8 RGB [N,128,128,3], get probabilities [N]."""

    def __init__(self, definition, threads=1):
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(definition, name="")
        config = v1.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=1)
        self.session = v1.Session(graph=graph, config=config)

    def __call__(self, x):
        return np.concatenate([self.session.run("live:0", {"image:0": x[k:k + 32]})[:, 0] for k in range(0, len(x), 32)])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", required=True)
    p.add_argument("--out", type=pathlib.Path, required=True, help="a folder with the manifest")
    a = p.parse_args()
    net = load(a.weights).eval()
    definition = build(net) if isinstance(net, LivenessNet) else build_fas(net)
    x = np.random.default_rng(5).integers(0, 256, (8, 16, 16, 3), dtype=np.uint8).repeat(8, 1).repeat(8, 2)
    with torch.no_grad():
        want = net(torch.from_numpy(x).permute(0, 3, 1, 2).float()).sigmoid()[:, 0].numpy()
    worst = float(np.abs(Frozen(definition)(x) - want).max())
    if worst > 1e-4:
        raise SystemExit("graph and trainer differ by %g" % worst)
    print(halves.write(definition, a.out))


if __name__ == "__main__":
    main()
