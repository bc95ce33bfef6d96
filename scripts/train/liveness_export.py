"""Freeze the liveness network into a TensorFlow graph.

    python scripts/train/liveness_export.py --weights DIR/final.pt --out models/lintel-live
    python scripts/train/liveness_export.py --halve models/lintel-live

`image` uint8 [N,128,128,3] RGB -> `live` float32 [N,1], the probability of a live face. Batch norm is folded,
normalisation is inside. The graph is run against the trainer; a difference above 1e-4 is an error. Weights are then stored as
half floats, which TensorFlow turns into floats once, when it opens the session; that may change a probability by 5e-3. --halve
does only this, to the graph of a pack.
"""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import tensorflow as tf
import torch

import lite_export
from detector_export import convolve, plain, separable
from detector_net import Separable
from liveness_net import SIDE, load

v1 = tf.compat.v1


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


def build_fas(net):
    """The frozen GraphDef of a `FasNet` in evaluation mode."""
    with tf.Graph().as_default() as graph:
        image = v1.placeholder(tf.uint8, [None, SIDE, SIDE, 3], name="image")
        x = layer(layer(tf.cast(image, tf.float32) * (1 / 255), net.conv1), net.conv2)
        for m in net.body:
            x = block(x, m)
        x = layer(x, net.wide)
        w = net.all[0].weight.detach().numpy()[:, 0].transpose(1, 2, 0)  # one weight for each place and channel
        x = tf.reduce_sum(x * tf.constant(w), [1, 2]) + tf.constant(net.all[0].bias.detach().numpy())
        head = net.head
        x = tf.matmul(x, tf.constant(head.weight.detach().numpy().T))
        tf.sigmoid(tf.nn.bias_add(x, tf.constant(head.bias.detach().numpy())), name="live")
        return graph.as_graph_def()


def halved(definition):
    """The same graph with its weights (constants of two and more dimensions) as half floats."""
    result = v1.GraphDef(versions=definition.versions)
    for node in definition.node:
        array = tf.make_ndarray(node.attr["value"].tensor) if node.op == "Const" else None
        if array is None or array.dtype != np.float32 or array.ndim < 2:
            result.node.add().CopyFrom(node)
            continue
        half, single = (v1.AttrValue(type=t.as_datatype_enum) for t in (tf.float16, tf.float32))
        small = result.node.add(op="Const", name=node.name + "/half")
        small.attr["dtype"].CopyFrom(half)
        small.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(array.astype(np.float16)))
        cast = result.node.add(op="Cast", name=node.name, input=[small.name])
        cast.attr["SrcT"].CopyFrom(half)
        cast.attr["DstT"].CopyFrom(single)
    return result


def write(definition, out):
    """Writes the graph with half floats, and into the manifest, if there is one, what belongs to it."""
    small = halved(definition)
    x = np.random.default_rng(6).integers(0, 256, (64, 16, 16, 3), dtype=np.uint8).repeat(8, 1).repeat(8, 2)
    worst = float(np.abs(Frozen(small)(x) - Frozen(definition)(x)).max())
    if worst > 5e-3:
        raise SystemExit("half floats change the probability by %g" % worst)
    data = small.SerializeToString(deterministic=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.pb").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    print(json.dumps({"sha256": digest, "bytes": len(data), "halvedDifference": worst}))
    manifest = out / "manifest.yaml"
    if manifest.exists():
        lines = ["sha256: " + digest if q.startswith("sha256:") else q for q in manifest.read_text().splitlines()]
        manifest.write_text("\n".join(lines) + "\n")
        print(lite_export.export(out))


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
    p.add_argument("--weights")
    p.add_argument("--out", type=pathlib.Path)
    p.add_argument("--halve", type=pathlib.Path)
    a = p.parse_args()
    if a.halve:
        write(lite_export.read(a.halve / "model.pb"), a.halve)
        return
    if not a.weights or not a.out:
        p.error("--weights and --out, or --halve, are needed")
    net = load(a.weights).eval()
    definition = build_fas(net) if hasattr(net, "wide") else build(net)
    x = np.random.default_rng(5).integers(0, 256, (8, 16, 16, 3), dtype=np.uint8).repeat(8, 1).repeat(8, 2)
    with torch.no_grad():
        want = net(torch.from_numpy(x).permute(0, 3, 1, 2).float()).sigmoid()[:, 0].numpy()
    worst = float(np.abs(Frozen(definition)(x) - want).max())
    if worst > 1e-4:
        raise SystemExit("graph and trainer differ by %g" % worst)
    write(definition, a.out)


if __name__ == "__main__":
    main()
