"""Freeze the liveness network into a TensorFlow graph.

    python scripts/train/liveness_export.py --weights DIR/final.pt --out models/lintel-live

`image` uint8 [N,128,128,3] RGB -> `live` float32 [N,1], the probability of a live face. Batch norm is folded,
normalisation is inside. The graph is run against the trainer; a difference above 1e-4 is an error.
"""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import tensorflow as tf
import torch

import lite_export
from detector_export import plain, separable
from detector_net import Separable
from liveness_net import SIDE, LivenessNet

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


class Frozen:
    """A frozen liveness network: call with uint8 RGB [N,128,128,3], get probabilities [N]."""

    def __init__(self, definition, threads=1):
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(definition, name="")
        config = v1.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=1)
        self.session = v1.Session(graph=graph, config=config)

    def __call__(self, x):
        return self.session.run("live:0", {"image:0": x})[:, 0]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--weights", required=True)
    p.add_argument("--out", required=True, type=pathlib.Path)
    a = p.parse_args()
    net = LivenessNet().eval()
    net.load_state_dict(torch.load(a.weights, map_location="cpu"))
    definition = build(net)
    x = np.random.default_rng(5).integers(0, 256, (8, 16, 16, 3), dtype=np.uint8).repeat(8, 1).repeat(8, 2)
    with torch.no_grad():
        want = net(torch.from_numpy(x).permute(0, 3, 1, 2).float()).sigmoid()[:, 0].numpy()
    worst = float(np.abs(Frozen(definition)(x) - want).max())
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
