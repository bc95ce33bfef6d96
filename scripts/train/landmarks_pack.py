"""Make the landmark model pack: graph, manifest and figures.

    python scripts/train/landmarks_pack.py DIR/landmarks.pt models/lintel-landmarks --check PREFIX --look PREFIX

The graph takes `image` uint8 [N,64,64,3] RGB and gives `points` float32 [N,10]: x and y of five landmarks in 0..1 of
the crop, and `face` float32 [N,1], the probability that an upright face is there: the mean of what the network says of
the crop and of its mirror, both in one batch. Batch normalisation is folded, the padding is PyTorch's. The figures are
measured on the exported graph: against the median of the teacher's ten views (`--check`, from `landmarks_labels.py`),
and against one look of it (`--look`, from `detector_labels.py`, the same pictures), with how far the two lie apart.
"""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch

import lite_export
from landmarks_train import MIRROR, SIDE, LandmarkNet, errors, sample

MANIFEST = """task: landmarks
id: {id}
version: {version}
runtime: tensorflow
file: model.pb
sha256: {sha256}
input: {{name: image, width: 64, height: 64, multiple: 1, type: uint8, layout: NHWC, colour: RGB, mean: [127.5, 127.5, 127.5], std: [128.0, 128.0, 128.0]}}
output: {{names: [points, face]}}
threshold: 0.5   # geometric mean of the detector's score and face
licence: Apache-2.0
trainingData:
  - "FairFace, 20,000 of its training images (Kärkkäinen and Joo 2021, CC BY 4.0)"
  - "teacher: YuNet (ShiqiYu/libfacedetection.train, Apache-2.0 file), the median of ten views of each image"
measured: {measured}
"""


def fold(conv, norm):
    """Weight [H,W,I,O] and bias [O] of a convolution followed by batch normalisation."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    weight = (conv.weight * scale.view(-1, 1, 1, 1)).detach().numpy()
    return weight.transpose(2, 3, 1, 0), (norm.bias - norm.running_mean * scale).detach().numpy()


def blocks(tf, x, layers):
    for conv, norm, _ in layers:
        w, b = fold(conv, norm)
        x = tf.nn.conv2d(x, w, conv.stride[0], [[0, 0], [1, 1], [1, 1], [0, 0]])
        x = tf.nn.relu(tf.nn.bias_add(x, b))
    return x


def up(tf, x):
    """Each pixel twice in both directions."""
    n, h, w, c = x.shape
    x = tf.broadcast_to(tf.reshape(x, [-1, h, 1, w, 1, c]), tf.stack([tf.shape(x)[0], h, 2, w, 2, c]))
    return tf.reshape(x, [-1, 2 * h, 2 * w, c])


def unmirror():
    """[10,10] and [10]: the linear map that takes the points of a mirrored crop to those of the crop."""
    back, shift = np.zeros((10, 10), np.float32), np.zeros(10, np.float32)
    for point, other in enumerate(MIRROR):
        back[2 * other, 2 * point], shift[2 * point] = -1, 1
        back[2 * other + 1, 2 * point + 1] = 1
    return back, shift


@torch.no_grad()
def trained(net, crops):
    """What the graph must say, by PyTorch: points [N,10] and the probability of a face [N,1]."""
    x = torch.from_numpy(np.ascontiguousarray(crops)).permute(0, 3, 1, 2).float()
    (points, face), (mirrored, other) = net(x), net(x.flip(3))
    back, shift = (torch.from_numpy(v) for v in unmirror())
    return ((points + mirrored @ back + shift) / 2).numpy(), ((face + other) / 2).sigmoid().numpy()


def build(net):
    import tensorflow as tf
    graph = tf.Graph()
    with graph.as_default():
        image = tf.compat.v1.placeholder(tf.uint8, [None, SIDE, SIDE, 3], name="image")
        x = (tf.cast(image, tf.float32) - 127.5) * (1 / 128)
        x = tf.concat([x, tf.reverse(x, [2])], 0)
        fine = blocks(tf, x, net.fine)
        middle = blocks(tf, fine, net.middle)
        coarse = blocks(tf, middle, net.coarse)
        pooled = tf.concat([tf.reduce_max(coarse, [1, 2]), tf.reduce_mean(coarse, [1, 2])], 1)
        face = tf.matmul(pooled, net.face.weight.detach().numpy().T)
        crop, mirrored = tf.split(tf.nn.bias_add(face, net.face.bias.detach().numpy()), 2)
        tf.sigmoid((crop + mirrored) * 0.5, name="face")
        x = blocks(tf, middle + up(tf, blocks(tf, coarse, net.narrow)), net.join)
        x = blocks(tf, fine + up(tf, x), net.maps[:1])
        last = net.maps[1]
        x = tf.nn.conv2d(x, last.weight.detach().numpy().transpose(2, 3, 1, 0), 1, "VALID")
        x = tf.reshape(tf.nn.bias_add(x, last.bias.detach().numpy()), [-1, 256, 5])
        x = tf.nn.softmax(tf.transpose(x, [0, 2, 1]))
        x = tf.matmul(tf.reshape(x, [-1, 256]), net.grid.numpy())
        crop, mirrored = tf.split(tf.reshape(x, [-1, 10]), 2)
        back, shift = unmirror()
        tf.multiply(crop + tf.nn.bias_add(tf.matmul(mirrored, back), shift), 0.5, name="points")
    return graph


def main():
    p = argparse.ArgumentParser()
    p.add_argument("weights")
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--check", required=True)
    p.add_argument("--look")
    p.add_argument("--id", default="lintel-landmarks-4")
    p.add_argument("--version", default="4.0.0")
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
        found, face = session.run(["points:0", "face:0"], {"image:0": x})
        e = errors(found, np.stack([r[1] for r in rows]))
        figures["medianError" + name] = round(float(np.median(e)), 4)
        figures["error95" + name] = round(float(np.quantile(e, .95)), 4)
        worst = max(float(np.abs(a - b).max()) for a, b in zip((found, face), trained(net, x)))
        if worst > 1e-4:
            raise SystemExit("the graph and PyTorch differ by %.1e" % worst)
        figures["differenceFromTrainer" + name] = float("%.1e" % worst)
        figures["facesRefused" + name] = round(float((face < .5).mean()), 4)
    rows = [sample(pictures[i], faces[i], rng, True) for i in range(figures["crops"])]
    face = session.run("face:0", {"image:0": np.stack([r[0] for r in rows])})
    figures["othersTakenForFaces"] = round(float((face >= .5).mean()), 4)
    if a.look:
        look = np.load(a.look + "_y.npy")
        rows = [sample(pictures[i], look[i], None) for i in range(figures["crops"])]
        found = session.run("points:0", {"image:0": np.stack([r[0] for r in rows])})
        figures["medianErrorAgainstOneLook"] = round(float(np.median(errors(found, np.stack([r[1] for r in rows])))), 4)
        apart = errors(look[:figures["crops"], 4:], faces[:figures["crops"], 4:])
        figures["oneLookFromMedian"] = round(float(np.median(apart)), 4)
    a.out.mkdir(parents=True, exist_ok=True)
    data = graph.as_graph_def().SerializeToString()
    (a.out / "model.pb").write_bytes(data)
    (a.out / "manifest.yaml").write_text(MANIFEST.format(
        id=a.id, version=a.version, sha256=hashlib.sha256(data).hexdigest(), measured=json.dumps(figures)))
    print(lite_export.export(a.out))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
