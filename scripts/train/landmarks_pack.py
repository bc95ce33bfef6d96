"""Make the landmark model pack: graph, manifest and figures.

    python scripts/train/landmarks_pack.py DIR/landmarks.pt models/lintel-landmarks --check PREFIX --id lintel-landmarks-1

The graph takes `image` uint8 [N,64,64,3] RGB and gives `points` float32 [N,10]: x and y of five landmarks in 0..1 of the
crop. Batch normalisation is folded, the padding is PyTorch's. The figures are measured on the exported graph.
"""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch

from landmarks import SIDE, LandmarkNet, errors, sample

MANIFEST = """task: landmarks
id: {id}
version: {version}
runtime: tensorflow
file: model.pb
sha256: {sha256}
input: {{name: image, width: 64, height: 64, multiple: 1, type: uint8, layout: NHWC, colour: RGB, mean: [127.5, 127.5, 127.5], std: [128.0, 128.0, 128.0]}}
output: {{names: [points]}}
licence: Apache-2.0
trainingData:
  - "FairFace, 20,000 of its training images (Kärkkäinen and Joo 2021, CC BY 4.0)"
  - "teacher: YuNet (ShiqiYu/libfacedetection.train, Apache-2.0 file)"
measured: {measured}
"""


def fold(conv, norm):
    """Weight [H,W,I,O] and bias [O] of a convolution followed by batch normalisation."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    weight = (conv.weight * scale.view(-1, 1, 1, 1)).detach().numpy()
    return weight.transpose(2, 3, 1, 0), (norm.bias - norm.running_mean * scale).detach().numpy()


def build(net):
    import tensorflow as tf
    graph = tf.Graph()
    with graph.as_default():
        image = tf.compat.v1.placeholder(tf.uint8, [None, SIDE, SIDE, 3], name="image")
        x = (tf.cast(image, tf.float32) - 127.5) * (1 / 128)
        for conv, norm, _ in net.body:
            w, b = fold(conv, norm)
            x = tf.nn.conv2d(x, w, conv.stride[0], [[0, 0], [1, 1], [1, 1], [0, 0]])
            x = tf.nn.relu(tf.nn.bias_add(x, b))
        w = net.head.weight.detach().numpy().reshape(10, -1, 4, 4).transpose(2, 3, 1, 0).reshape(-1, 10)
        x = tf.matmul(tf.reshape(x, [-1, w.shape[0]]), w)
        tf.nn.bias_add(x, net.head.bias.detach().numpy() + .5, name="points")
    return graph


def main():
    p = argparse.ArgumentParser()
    p.add_argument("weights")
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--check", required=True)
    p.add_argument("--id", default="lintel-landmarks-1")
    p.add_argument("--version", default="1.0.0")
    a = p.parse_args()
    import tensorflow as tf
    net = LandmarkNet()
    net.load_state_dict(torch.load(a.weights, map_location="cpu"))
    net.eval()
    graph = build(net)
    session = tf.compat.v1.Session(graph=graph)
    pictures, faces = np.load(a.check + "_x.npy", mmap_mode="r"), np.load(a.check + "_y.npy")
    rng = np.random.default_rng(99)
    figures = {"crops": min(1000, len(faces)), "command": "scripts/train/landmarks_pack.py, FairFace validation images"}
    for name, spoil in (("Clean", None), ("Spoilt", rng)):
        rows = [sample(pictures[i], faces[i], spoil) for i in range(figures["crops"])]
        x = np.stack([r[0] for r in rows])
        found = session.run("points:0", {"image:0": x})
        e = errors(found, np.stack([r[1] for r in rows]))
        figures["medianError" + name] = round(float(np.median(e)), 4)
        figures["error95" + name] = round(float(np.quantile(e, .95)), 4)
        with torch.no_grad():
            want = net(torch.from_numpy(np.ascontiguousarray(x)).permute(0, 3, 1, 2).float()).numpy()
        worst = float(np.abs(found - want).max())
        if worst > 1e-4:
            raise SystemExit("the graph and PyTorch differ by %.1e" % worst)
        figures["differenceFromTrainer" + name] = float("%.1e" % worst)
    a.out.mkdir(parents=True, exist_ok=True)
    data = graph.as_graph_def().SerializeToString()
    (a.out / "model.pb").write_bytes(data)
    (a.out / "manifest.yaml").write_text(MANIFEST.format(
        id=a.id, version=a.version, sha256=hashlib.sha256(data).hexdigest(), measured=json.dumps(figures)))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
