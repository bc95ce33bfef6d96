"""YuNet's weights as Lintel's detector pack: the public ONNX file to a TensorFlow graph in the box's form.

    python scripts/train/detector_export.py --yunet yunet_n_640_640.onnx --out models/lintel-detect

The ONNX file must be the one that `models/public/SOURCES` pins (any other is refused). What changes is how the network is written down,
not what it says: the input is raw RGB (the first convolution's channels are swapped, YuNet takes BGR) of any size whose sides are multiples of
32, and the four heads of a stride, which look at the same map, are one convolution. The graph is run against the ONNX file in ONNX
Runtime on the same pictures; a difference above 1e-3 of an output's largest value is an error. Then the weights become half floats
(`halves.py`), the graph for the second engine is written (`lite_export.py`), and both checksums go into the manifest of --out.
"""
import argparse
import hashlib
import pathlib

import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import yaml

import halves
from detections import KINDS, NAMES, STRIDES

v1 = tf.compat.v1

class Source:
    """The ONNX graph as a sequence of steps: which node makes which map, and the weights by name."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.weights = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer}
        self.maker = {o: n for n in graph.node for o in n.output}

    def convolution(self, name):
        """Weight [out,in/groups,k,k], bias, groups and stride of the convolution that makes the map `name`."""
        node = self.maker[name]
        if node.op_type != "Conv":
            raise SystemExit("%s is made by %s, not by a convolution: not the YuNet that is known here" % (name, node.op_type))
        a = {x.name: onnx.helper.get_attribute_value(x) for x in node.attribute}
        return self.weights[node.input[1]], self.weights[node.input[2]], a["group"], a["strides"][0]

    def head(self, level, kind):
        """The 1x1 and the 3x3 convolution of one output of one stride, and the map that they look at."""
        name = "%s_%d" % (kind, STRIDES[level])
        while self.maker[name].op_type != "Conv":
            name = self.maker[name].input[0]
        first = self.maker[name].input[0]
        return self.convolution(first), self.convolution(name), self.maker[first].input[0]


def convolve(x, weight, bias, groups, stride):
    if groups == 1:
        kernel = tf.constant(np.ascontiguousarray(weight.transpose(2, 3, 1, 0)))
        pads = "SAME" if stride == 1 else [[0, 0], [1, 1], [1, 1], [0, 0]]
        return tf.nn.bias_add(tf.nn.conv2d(x, kernel, stride, pads), tf.constant(bias))
    if stride != 1 or weight.shape[1] != 1:
        raise SystemExit("a grouped convolution of a kind that YuNet does not have")
    kernel = tf.constant(np.ascontiguousarray(weight.transpose(2, 3, 0, 1)))
    return tf.nn.bias_add(tf.nn.depthwise_conv2d(x, kernel, [1, 1, 1, 1], "SAME"), tf.constant(bias))


def double(x):
    """Nearest-neighbour enlargement by two."""
    return tf.raw_ops.ResizeNearestNeighbor(images=x, size=tf.shape(x)[1:3] * 2, half_pixel_centers=False,
                                            align_corners=False)


def build(source):
    """The frozen GraphDef, weights as floats."""
    with tf.Graph().as_default() as graph:
        image = v1.placeholder(tf.uint8, [1, None, None, 3], name="image")
        maps = {}

        def value(name):
            """The map `name` of the ONNX graph, made with what it is made of."""
            if name not in maps:
                maps[name] = made(name)
            return maps[name]

        def made(name):
            if name == "input":
                return tf.cast(image, tf.float32)
            node = source.maker[name]
            if node.op_type == "Conv":
                weight, bias, groups, stride = source.convolution(name)
                if node.input[0] == "input":
                    weight = weight[:, ::-1]  # the picture comes as RGB
                return convolve(value(node.input[0]), weight, bias, groups, stride)
            if node.op_type == "Relu":
                return tf.nn.relu(value(node.input[0]))
            if node.op_type == "MaxPool":
                return tf.nn.max_pool2d(value(node.input[0]), 2, 2, "VALID")
            if node.op_type == "Resize":
                return double(value(node.input[0]))
            if node.op_type == "Add":
                return value(node.input[0]) + value(node.input[1])
            raise SystemExit("%s: %s is not known here" % (node.name, node.op_type))

        for level, stride in enumerate(STRIDES):
            heads = [source.head(level, kind) for kind, _ in KINDS]
            (seen,) = {h[2] for h in heads}
            weight, bias = (np.concatenate([h[0][i] for h in heads]) for i in (0, 1))
            x = convolve(value(seen), weight, bias, 1, 1)
            weight, bias = (np.concatenate([h[1][i] for h in heads]) for i in (0, 1))
            raw = tf.reshape(convolve(x, weight, bias, len(bias), 1), [1, -1, len(bias)])
            tf.sigmoid(raw[..., 0:1], name="cls_%d" % stride)
            tf.sigmoid(raw[..., 1:2], name="obj_%d" % stride)
            tf.identity(raw[..., 2:6], name="bbox_%d" % stride)
            tf.identity(raw[..., 6:16], name="kps_%d" % stride)
        return graph.as_graph_def()


def difference(definition, path):
    """The largest difference of an output to ONNX Runtime's on random pictures, as a share of its largest value (at least 1)."""
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition, name="")
    wanted = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    height, width = wanted.get_inputs()[0].shape[2:]
    worst, rng = 0.0, np.random.default_rng(5)
    with v1.Session(graph=graph) as session:
        for grain in (8, 40):
            coarse = rng.integers(0, 256, (-(-height // grain), -(-width // grain), 3))
            picture = coarse.repeat(grain, 0).repeat(grain, 1)[:height, :width].astype(np.uint8)
            bgr = np.ascontiguousarray(picture[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32))
            for want, got in zip(wanted.run(NAMES, {"input": bgr}),
                                 session.run([n + ":0" for n in NAMES], {"image:0": picture[None]}), strict=True):
                worst = max(worst, float(np.abs(got - want).max() / max(1.0, np.abs(want).max())))
    return worst


def pinned():
    """The checksum of YuNet's file, from the list that pins it for the box."""
    sources = pathlib.Path(__file__).parents[2] / "models/public/SOURCES"
    return next(line.split()[2] for line in sources.read_text().splitlines() if line.startswith("yunet "))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--yunet", required=True, type=pathlib.Path)
    p.add_argument("--out", required=True, type=pathlib.Path, help="a pack with a manifest.yaml")
    a = p.parse_args()
    digest = hashlib.sha256(a.yunet.read_bytes()).hexdigest()
    if digest != pinned():
        raise SystemExit("%s has SHA-256 %s, models/public/SOURCES pins %s: get the file with scripts/fetch-models yunet"
                         % (a.yunet, digest, pinned()))
    names = yaml.safe_load((a.out / "manifest.yaml").read_text())["output"]["names"]
    if sorted(names) != sorted(NAMES):
        raise SystemExit("%s/manifest.yaml names other outputs than a detector's" % a.out)
    definition = build(Source(a.yunet))
    worst = difference(definition, a.yunet)
    if worst > 1e-3:
        raise SystemExit("the graph and %s differ by %g" % (a.yunet, worst))
    print("differs from %s by %.1e; %s" % (a.yunet.name, worst, halves.write(definition, a.out)))


if __name__ == "__main__":
    main()
