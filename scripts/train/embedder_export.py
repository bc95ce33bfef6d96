"""Export an embedder to a frozen TensorFlow graph and check it against PyTorch.

embedder_export.py WEIGHTS.pt OUT_DIR [--single]
Writes OUT_DIR/model.pb: `image` uint8 [N,112,112,3] RGB -> `embedding` float32 [N,d]. Batch normalisation is folded
into the convolutions, the normalisation of the input lies inside, padding is explicit and equal to PyTorch's. Weights
are stored as half floats, which TensorFlow turns into floats once, when it opens the session (--single: as floats).
--mirror: the graph embeds the image and its mirror in one batch and adds the two unit vectors: twice the work per face.
PReLU is max(x, slope * x): two cheap operations, right as long as no slope exceeds 1 (else the general form is used).
"""
import argparse
import pathlib

import numpy as np
import torch

import embedder_net


def fold(conv, bn):
    """Weight [O,I,H,W] and bias [O] of a convolution followed by batch normalisation."""
    scale = bn.weight / torch.sqrt(bn.running_var + bn.eps)
    return (conv.weight * scale.view(-1, 1, 1, 1)).detach().numpy(), (bn.bias - bn.running_mean * scale).detach().numpy()


def build(net, half=True, mirror=False):
    """A frozen GraphDef of a network in evaluation mode."""
    import tensorflow as tf
    v1, graph = tf.compat.v1, tf.Graph()
    with graph.as_default():
        def constant(v, name):
            v = np.asarray(v, np.float32)
            if not half or v.ndim < 2:
                return tf.constant(v, name=name)
            return v1.cast(tf.constant(v.astype(np.float16), name=name + "/half"), tf.float32, name=name)

        def convolve(x, c, bn, name):
            w, b = fold(c, bn)
            p, deep = c.padding[0], c.groups > 1
            padding = [[0, 0], [p, p], [p, p], [0, 0]] if p else "VALID"
            if deep:  # TensorFlow's optimiser fails on explicit padding here
                x, padding = (x, "SAME") if c.stride[0] == 1 else (tf.pad(x, padding), "VALID")
            filters = constant(w.transpose(2, 3, 0, 1) if deep else w.transpose(2, 3, 1, 0), name + "/w")
            x = tf.nn.depthwise_conv2d(x, filters, [1, c.stride[0], c.stride[0], 1], padding, name=name) if deep else \
                tf.nn.conv2d(x, filters, c.stride[0], padding, name=name)
            return tf.nn.bias_add(x, constant(b, name + "/b"), name=name + "/bias")

        def prelu(x, m, name):
            s = m.weight.detach().numpy()
            if s.max() <= 1:
                return tf.maximum(x, x * constant(s, name + "/slope"), name=name)
            return tf.add(tf.nn.relu(x), tf.minimum(x, 0) * constant(s, name + "/slope"), name=name)

        def block(x, m, name):
            x = convolve(x, m[0], m[1], name)
            return prelu(x, m[2], name + "/act") if len(m) == 3 else x

        image = v1.placeholder(tf.uint8, [None, 112, 112, 3], name="image")
        x = (tf.cast(image, tf.float32) - 127.5) * (1 / 128)
        if mirror:
            x = tf.concat([x, tf.reverse(x, [2])], 0)
        for i, m in enumerate(net.n):
            if isinstance(m, embedder_net.Residual):
                x = x + block(block(x, m.a, "block%d/a" % i), m.b, "block%d/b" % i)
            elif isinstance(m, embedder_net.Inner):
                y = x
                for part, q in zip("abc", m.c):
                    y = block(y, q, "inner%d/%s" % (i, part))
                x = x + y if m.residual else y
            else:
                x = block(x, m, "conv%d" % i)
        scale = net.bn.weight / torch.sqrt(net.bn.running_var + net.bn.eps)
        f = (net.f.weight * scale[:, None]).detach().numpy()
        shift = (net.bn.bias - net.bn.running_mean * scale).detach().numpy()
        if isinstance(net, embedder_net.MobileFace):
            x = tf.reshape(x, [-1, f.shape[1]], name="flat")
            f = f.reshape(len(f), -1, 7, 7).transpose(0, 2, 3, 1).reshape(len(f), -1)  # PyTorch has the channels first
        else:
            w, b = fold(net.g[0], net.g[1])
            x = tf.reduce_sum(x * constant(w[:, 0].transpose(1, 2, 0), "global/w"), [1, 2], name="global")
            shift = shift + f @ b
        x = tf.matmul(x, constant(f.T, "linear/w"), name="linear")
        x = tf.nn.bias_add(x, constant(shift, "linear/b"), name="both" if mirror else "embedding")
        if mirror:
            tf.add(*tf.split(tf.nn.l2_normalize(x, 1), 2), name="embedding")
        return graph.as_graph_def()


def runner(definition, threads=1):
    """A function from uint8 RGB [N,112,112,3] to raw embeddings, running a GraphDef or the file of one."""
    import tensorflow as tf
    v1 = tf.compat.v1
    if not isinstance(definition, v1.GraphDef):
        data, definition = pathlib.Path(definition).read_bytes(), v1.GraphDef()
        definition.ParseFromString(data)
    graph = tf.Graph()
    with graph.as_default():
        v1.import_graph_def(definition, name="")
    session = v1.Session(graph=graph, config=v1.ConfigProto(intra_op_parallelism_threads=threads,
                                                            inter_op_parallelism_threads=1))
    return lambda x: session.run("embedding:0", {"image:0": x})


def load(path):
    """A network in evaluation mode from the trainer's ema.pt."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    net = embedder_net.make(saved["config"] if "config" in saved else
                            {"w": (24, 40, 80, 160), "n": (0, 1, 2, 2), "head": 320})
    net.load_state_dict(saved["net"] if "config" in saved else saved)
    return net.eval()


def difference(net, run, x, mirror=False):
    """The largest absolute difference between unit embeddings, and the smallest cosine."""
    with torch.no_grad():
        y = (torch.from_numpy(x).permute(0, 3, 1, 2).float() - 127.5) / 128
        a = net(y)
        if mirror:
            a = torch.nn.functional.normalize(a) + torch.nn.functional.normalize(net(y.flip(3)))
        a = a.numpy()
    b = run(x)
    a, b = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (a, b))
    return float(np.abs(a - b).max()), float((a * b).sum(1).min())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("weights")
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--single", action="store_true")
    p.add_argument("--mirror", action="store_true")
    p.add_argument("--crops", help="a file _x.npy with faces for the check; noise without it")
    a = p.parse_args()
    net = load(a.weights)
    if a.crops:
        x = np.load(a.crops, mmap_mode="r")
        m = (x.shape[1] - 112) // 2
        x = np.ascontiguousarray(x[:64, m:m + 112, m:m + 112, ::-1])
    else:
        x = np.random.default_rng(0).integers(0, 256, (16, 112, 112, 3), dtype=np.uint8)
    exact, cosine = difference(net, runner(build(net, False, a.mirror)), x, a.mirror)
    print("floats: largest difference %.2e, smallest cosine %.7f" % (exact, cosine))
    definition = build(net, not a.single, a.mirror)
    if not a.single:
        rounded, cosine = difference(net, runner(definition), x, a.mirror)
        print("half-float storage: largest difference %.2e, smallest cosine %.7f" % (rounded, cosine))
        if rounded > 1e-3:
            raise SystemExit("half-float storage changes the embedding by more than 1e-3")
    if exact > 1e-4:
        raise SystemExit("the graph and PyTorch differ by more than 1e-4")
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "model.pb").write_bytes(definition.SerializeToString())
    print("wrote %s, %d bytes, %.0f M multiply-adds" % (a.out / "model.pb", (a.out / "model.pb").stat().st_size,
                                                         embedder_net.multiply_adds(net) / 1e6))


if __name__ == "__main__":
    main()
