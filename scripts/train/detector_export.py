"""Freeze the detector into a TensorFlow graph and write its pack.

    python scripts/train/detector_export.py --weights DIR/final.pt --out models/lintel-detect [--golden DIR]

Batch norm is folded into the convolutions, normalisation is inside the graph, and every padding is the trainer's own.
The graph is run against the trainer on random pictures of three sizes; a difference above 1e-4 is an error.
Input: `image` uint8 [1,H,W,3], BGR, H and W multiples of 32. Outputs: cls_S, obj_S (0..1), bbox_S, kps_S for S = 8,
16, 32, each [1, cells, 1 | 1 | 4 | 10], cells row by row, decoded as `detector_net.decode` does.
"""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import tensorflow as tf
import torch
from torch import nn

import lite_export
from detector_net import STRIDES, Detector, flatten

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
    """A `detector_net.conv` block."""
    return convolve(x, m[0], m[1], relu=len(m) > 2)


def separable(x, m):
    y = plain(plain(x, m.depth), m.point)
    return tf.nn.relu(x + y if m.shortcut else y)


def double(x):
    """Nearest-neighbour enlargement by two."""
    return tf.raw_ops.ResizeNearestNeighbor(images=x, size=tf.shape(x)[1:3] * 2, half_pixel_centers=False,
                                            align_corners=False)


def build(net):
    """The frozen GraphDef of a `Detector` in evaluation mode."""
    with tf.Graph().as_default() as graph:
        image = v1.placeholder(tf.uint8, [1, None, None, 3], name="image")
        x = (tf.cast(image, tf.float32) - 127.5) * (1 / 128)
        x = separable(plain(plain(x, net.stem), net.down4), net.s4)
        x = plain(x, net.down8)
        for m in net.s8:
            x = separable(x, m)
        c8 = x
        x = separable(x, net.down16)
        for m in net.s16:
            x = separable(x, m)
        c16 = x
        x = separable(x, net.down32)
        for m in net.s32:
            x = separable(x, m)
        p32 = separable(tf.nn.relu(plain(x, net.lateral[2])), net.smooth[2])
        p16 = separable(tf.nn.relu(plain(c16, net.lateral[1]) + double(p32)), net.smooth[1])
        p8 = separable(tf.nn.relu(plain(c8, net.lateral[0]) + double(p16)), net.smooth[0])
        for i, (s, p) in enumerate(zip(STRIDES, (p8, p16, p32))):
            raw = tf.reshape(convolve(separable(p, net.tower[i]), net.head[i]), [1, -1, 16])
            tf.sigmoid(raw[..., 0:1], name="cls_%d" % s)
            tf.sigmoid(raw[..., 1:2], name="obj_%d" % s)
            tf.identity(raw[..., 2:6], name="bbox_%d" % s)
            tf.identity(raw[..., 6:16], name="kps_%d" % s)
        return graph.as_graph_def()


NAMES = ["%s_%d" % (kind, s) for kind in ("cls", "obj", "bbox", "kps") for s in STRIDES]


class Frozen:
    """A frozen detector: call with a uint8 BGR picture, get a dictionary of its 12 outputs."""

    def __init__(self, definition, threads=1):
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(definition, name="")
        config = v1.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=1)
        self.session = v1.Session(graph=graph, config=config)

    def __call__(self, image):
        out = self.session.run([n + ":0" for n in NAMES], {"image:0": image[None]})
        return dict(zip(NAMES, out))

    def flat(self, image):
        """[cells,16] in the order of `detector_net.flatten`."""
        o = self(image)
        return np.concatenate([np.concatenate([o["%s_%d" % (k, s)][0] for k in ("cls", "obj", "bbox", "kps")], 1)
                               for s in STRIDES])


def difference(net, frozen, rng):
    """Largest absolute difference to the trainer's outputs over pictures of three sizes."""
    worst = 0.0
    for h, w in ((128, 160), (320, 320), (96, 256)):
        image = rng.integers(0, 256, (h // 8, w // 8, 3), dtype=np.uint8).repeat(8, 0).repeat(8, 1)
        with torch.no_grad():
            want = flatten(net(torch.from_numpy(image).permute(2, 0, 1)[None].float()))[0]
            want[:, :2] = want[:, :2].sigmoid()
        worst = max(worst, float(np.abs(frozen.flat(image) - want.numpy()).max()))
    return worst


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--weights", required=True)
    p.add_argument("--out", required=True, type=pathlib.Path)
    a = p.parse_args()
    net = Detector().eval()
    net.load_state_dict(torch.load(a.weights, map_location="cpu"))
    definition = build(net)
    worst = difference(net, Frozen(definition), np.random.default_rng(5))
    if worst > 1e-4:
        raise SystemExit("graph and trainer differ by %g" % worst)
    data = definition.SerializeToString(deterministic=True)
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "model.pb").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    print(json.dumps({"sha256": digest, "bytes": len(data), "difference": worst}))
    manifest = a.out / "manifest.yaml"
    if manifest.exists():
        lines = ["sha256: " + digest if q.startswith("sha256:") else q for q in manifest.read_text().splitlines()]
        manifest.write_text("\n".join(lines) + "\n")
        print(lite_export.export(a.out))


if __name__ == "__main__":
    main()
