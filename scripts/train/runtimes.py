"""Time the shipped networks on TensorFlow, OpenCV DNN and ONNX Runtime: the same weights, in one run.

runtimes.py PACK_DIR... [--threads 1,2] [--seconds 4] [--frame 640x480] [--json FILE]
Each frozen graph is rewritten as ONNX (channels first, from the normalised picture on) and the three are held against
each other before anything is timed. A line says how long one picture takes: the fastest tenth of the runs, which is
what the machine can do, the median, which is what it did beside other work, and the processor time of one, which other work disturbs little. TensorFlow is timed twice, with and
without oneDNN's kernels, each in a process of its own, because they are chosen when it is loaded.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import time

import numpy as np


def graph_of(pack):
    import tensorflow as tf
    definition = tf.compat.v1.GraphDef()
    definition.ParseFromString((pathlib.Path(pack) / "model.pb").read_bytes())
    return definition


def manifest_of(pack):
    import yaml
    return yaml.safe_load((pathlib.Path(pack) / "manifest.yaml").read_text())


def session_of(definition, threads):
    import tensorflow as tf
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition, name="")
    options = tf.compat.v1.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=1)
    return tf.compat.v1.Session(graph=graph, config=options)


class Onnx:
    """A frozen graph of ours as ONNX. Tensors of four dimensions are channels first, others as in TensorFlow."""

    def __init__(self, definition, start, ends, shape, results):
        from onnx import helper, TensorProto
        self.helper, self.float = helper, TensorProto.FLOAT
        self.nodes, self.weights, self.done, self.four = [], [], {}, {}
        self.by_name = {n.name: n for n in definition.node}
        self.session = session_of(definition, 1)
        self.done[start], self.four[start] = "picture", True
        outputs = [helper.make_tensor_value_info(self.tensor(end), self.float, r.shape) for end, r in zip(ends, results)]
        picture = helper.make_tensor_value_info("picture", self.float, [shape[0], 3, shape[1], shape[2]])
        graph = helper.make_graph(self.nodes, "lintel", [picture], outputs, self.weights)
        self.bytes = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8).SerializeToString()
        self.names = [self.done[end] for end in ends]

    def value(self, name):
        """A constant, whatever computes it; None if it depends on the picture."""
        pending, seen = [name.split(":")[0]], set()
        while pending:
            node = self.by_name[pending.pop()]
            if node.op == "Placeholder":
                return None
            seen.add(node.name)
            pending += [i.split(":")[0].lstrip("^") for i in node.input if i.split(":")[0] not in seen]
        return self.session.run(name if ":" in name else name + ":0")

    def weight(self, array):
        from onnx import numpy_helper
        name = "w%d" % len(self.weights)
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, op, inputs, **attributes):
        name = "t%d" % len(self.nodes)
        self.nodes.append(self.helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def last(self, name):
        """The tensor with its channels last, as TensorFlow has it."""
        t = self.tensor(name)
        return self.add("Transpose", [t], perm=[0, 2, 3, 1]) if self.four[name] else t

    def operand(self, name, four):
        constant = self.value(name)
        if constant is None:
            return self.tensor(name)
        constant = np.asarray(constant, np.float32)
        if four and constant.ndim == 1 and constant.size > 1:
            constant = constant[:, None, None]
        elif four and constant.ndim == 3:
            constant = constant.transpose(2, 0, 1)
        return self.weight(constant)

    def tensor(self, name):
        if name not in self.done:
            node = self.by_name[name.split(":")[0]]
            self.four[name] = True
            self.done[name] = getattr(self, node.op)(node, name)
        return self.done[name]

    def convolution(self, node, w, group):
        x = node.input[0]
        pads = [0, 0, 0, 0]
        source = self.by_name[x]
        if source.op == "Pad" and self.value(x) is None:
            p = self.value(source.input[1])
            x, pads = source.input[0], [p[1][0], p[2][0], p[1][1], p[2][1]]
        explicit = list(node.attr["explicit_paddings"].list.i)
        if explicit:
            pads = [explicit[2], explicit[4], explicit[3], explicit[5]]
        extra = {"pads": [int(p) for p in pads]}
        if node.attr["padding"].s == b"SAME":
            if list(node.attr["strides"].list.i)[1] == 1 or w.shape[2] == 1:
                extra = {"pads": [w.shape[2] // 2] * 4}
            else:
                extra = {"auto_pad": "SAME_UPPER"}
        strides = list(node.attr["strides"].list.i)[1:3]
        return self.add("Conv", [self.tensor(x), self.weight(w)], group=group, strides=strides, kernel_shape=w.shape[2:], **extra)

    def Conv2D(self, node, name):
        return self.convolution(node, self.value(node.input[1]).astype(np.float32).transpose(3, 2, 0, 1), 1)

    def DepthwiseConv2dNative(self, node, name):
        w = self.value(node.input[1]).astype(np.float32)  # height, width, channels, 1
        return self.convolution(node, w.transpose(2, 3, 0, 1), w.shape[2])

    def binary(self, op, node, name):
        known = [i for i in node.input if self.value(i) is None]
        for i in known:
            self.tensor(i)
        four = all(self.four[i] for i in known)
        self.four[name] = four
        return self.add(op, [self.operand(i, four) for i in node.input])

    def BiasAdd(self, node, name):
        return self.binary("Add", node, name)

    def AddV2(self, node, name):
        return self.binary("Add", node, name)

    def Mul(self, node, name):
        return self.binary("Mul", node, name)

    def Maximum(self, node, name):
        return self.binary("Max", node, name)

    def Minimum(self, node, name):
        return self.binary("Min", node, name)

    def unary(self, op, node, name):
        t = self.tensor(node.input[0])
        self.four[name] = self.four[node.input[0]]
        return self.add(op, [t])

    def Relu(self, node, name):
        return self.unary("Relu", node, name)

    def Sigmoid(self, node, name):
        return self.unary("Sigmoid", node, name)

    def Identity(self, node, name):
        return self.unary("Identity", node, name)

    def Softmax(self, node, name):
        return self.unary("Softmax", node, name)

    def MaxPool(self, node, name):
        sides, steps = (list(node.attr[k].list.i)[1:3] for k in ("ksize", "strides"))
        return self.add("MaxPool", [self.tensor(node.input[0])], kernel_shape=sides, strides=steps)

    def doubled(self, name):
        """Each pixel twice in both directions."""
        return self.add("Resize", [self.tensor(name), "", self.weight(np.float32([1, 1, 2, 2]))],
                        mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor")

    def ResizeNearestNeighbor(self, node, name):
        return self.doubled(node.input[0])

    def Reshape(self, node, name):
        source = self.by_name[node.input[0]]
        if source.op == "BroadcastTo":  # only `landmarks_pack.up` has it: reshaped, broadcast, reshaped
            return self.doubled(self.by_name[source.input[0]].input[0])
        self.four[name] = False
        shape = self.value(node.input[1])
        if shape is None:
            shape = np.asarray([1, -1, self.session.graph.get_tensor_by_name(name + ":0").shape[-1]])
        return self.add("Reshape", [self.last(node.input[0]), self.weight(np.asarray(shape, np.int64))])

    def StridedSlice(self, node, name):
        self.four[name] = False
        low, high = int(self.value(node.input[1])[-1]), int(self.value(node.input[2])[-1])
        part = [self.weight(np.int64([v])) for v in (low, high, 2)]
        return self.add("Slice", [self.tensor(node.input[0])] + part)

    def MatMul(self, node, name):
        x = self.last(node.input[0])
        self.four[name] = False
        return self.add("MatMul", [x, self.weight(self.value(node.input[1]).astype(np.float32))])

    def Transpose(self, node, name):
        self.four[name] = False
        return self.add("Transpose", [self.last(node.input[0])], perm=self.value(node.input[1]).tolist())

    def ConcatV2(self, node, name):
        self.four[name] = False
        return self.add("Concat", [self.last(i) for i in node.input[:-1]], axis=int(self.value(node.input[-1])))

    def Sum(self, node, name):
        self.four[name] = False
        return self.add("ReduceSum", [self.tensor(node.input[0]), self.weight(np.int64([2, 3]))], keepdims=0)

    def Min(self, node, name):
        self.four[name] = False
        return self.add("ReduceMin", [self.tensor(node.input[0])], axes=[1], keepdims=1)

    def ResizeBilinear(self, node, name):
        sides = np.int64([1, 3, *self.value(node.input[1])])
        return self.add("Resize", [self.tensor(node.input[0]), "", "", self.weight(sides)],
                        mode="linear", coordinate_transformation_mode="half_pixel")

    def over_picture(self, op, node, name):
        self.four[name] = node.attr["keep_dims"].b
        return self.add(op, [self.tensor(node.input[0])], axes=[2, 3], keepdims=int(node.attr["keep_dims"].b))

    def Max(self, node, name):
        return self.over_picture("ReduceMax", node, name)

    def Mean(self, node, name):
        return self.over_picture("ReduceMean", node, name)


def task(pack, frame):
    """Where the ONNX part begins and ends, and the picture's shape."""
    m = manifest_of(pack)
    definition = graph_of(pack)
    mirrored = any(n.op == "ReverseV2" for n in definition.node)
    width, height = (m["input"]["width"], m["input"]["height"]) if m["input"]["width"] else frame
    # the mirror image goes through the network too: two pictures for one face, both ends of the doubled batch
    halved = [n.input[1] for n in definition.node if n.op == "Split"]
    named = [n.name for n in definition.node if n.name == "both"]  # the embedder's, before they are made unit vectors
    # two branches begin at the picture itself, and YuNet's first convolution takes it as it is
    plain = "Cast" if any(n.op == "ResizeBilinear" or n.op == "Conv2D" and n.input[0] == "Cast" for n in definition.node) else "mul"
    start, ends = ("concat", named or halved) if mirrored else (plain, m["output"]["names"])
    return m, definition, start, ends, (2 if mirrored else 1, height, width)


def timed(run, seconds):
    for _ in range(5):
        run()
    times, end, used = [], time.perf_counter() + seconds, time.process_time()
    while time.perf_counter() < end or len(times) < 20:
        t = time.perf_counter()
        run()
        times.append((time.perf_counter() - t) * 1e3)
    times.sort()
    return {"fastestTenth": float(np.median(times[:max(1, len(times) // 10)])), "median": float(np.median(times)),
            "processor": (time.process_time() - used) * 1e3 / len(times), "runs": len(times)}


def tensorflow_worker(a):
    """Times the packs in this process, whose oneDNN switch is set; prints JSON."""
    results = []
    for pack in a.packs:
        m, definition, _, _, (_, height, width) = task(pack, a.frame)
        image = np.random.default_rng(0).integers(0, 256, (1, height, width, 3), np.uint8)
        for threads in a.threads:
            session = session_of(definition, threads)
            run = session.make_callable([n + ":0" for n in m["output"]["names"]], ["image:0"])
            results.append([m["id"], threads, timed(lambda: run(image), a.seconds)])
    print("RESULT " + json.dumps(results))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("packs", nargs="+")
    p.add_argument("--threads", type=lambda s: [int(v) for v in s.split(",")], default=[1, 2])
    p.add_argument("--seconds", type=float, default=4)
    p.add_argument("--frame", type=lambda s: tuple(int(v) for v in re.split("x", s)), default=(640, 480),
                   help="for networks of free size, width x height")
    p.add_argument("--json")
    p.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    a = p.parse_args()
    if a.worker:
        return tensorflow_worker(a)
    import cv2
    import onnxruntime as ort
    rows = []
    for onednn in ("1", "0"):
        out = subprocess.run([sys.executable, __file__, "--worker", "--threads", ",".join(map(str, a.threads)), "--seconds",
                              str(a.seconds), "--frame", "%dx%d" % a.frame, *a.packs], capture_output=True, text=True,
                             env={**os.environ, "TF_ENABLE_ONEDNN_OPTS": onednn, "TF_CPP_MIN_LOG_LEVEL": "2"})
        lines = [line for line in out.stdout.splitlines() if line.startswith("RESULT ")]
        if not lines:
            raise SystemExit(out.stderr)
        for name, threads, t in json.loads(lines[0][7:]):
            rows.append({"pack": name, "runtime": "TensorFlow" + (", oneDNN" if onednn == "1" else ", its own kernels"),
                         "threads": threads, **t})
    for pack in a.packs:
        m, definition, start, ends, (n, height, width) = task(pack, a.frame)
        image = np.random.default_rng(0).integers(0, 256, (1, height, width, 3), np.uint8)
        values = session_of(definition, 1).run([t + ":0" for t in [start] + ends], {"image:0": image})
        onnx = Onnx(definition, start, ends, (n, height, width), values[1:])
        picture = np.ascontiguousarray(values[0].transpose(0, 3, 1, 2))
        for threads in a.threads:
            options = ort.SessionOptions()
            options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
            session = ort.InferenceSession(onnx.bytes, options, providers=["CPUExecutionProvider"])
            check(m["id"], "ONNX Runtime", session.run(onnx.names, {"picture": picture}), values[1:])
            rows.append({"pack": m["id"], "runtime": "ONNX Runtime", "threads": threads,
                         **timed(lambda: session.run(onnx.names, {"picture": picture}), a.seconds)})
            cv2.setNumThreads(threads)
            net = cv2.dnn.readNetFromONNX(np.frombuffer(onnx.bytes, np.uint8))
            net.setInput(picture)
            check(m["id"], "OpenCV DNN", net.forward(onnx.names), values[1:])
            rows.append({"pack": m["id"], "runtime": "OpenCV DNN", "threads": threads,
                         **timed(lambda: (net.setInput(picture), net.forward(onnx.names)), a.seconds)})
    import tensorflow as tf
    print("tensorflow %s, opencv %s, onnxruntime %s" % (tf.__version__, cv2.__version__, ort.__version__))
    print("%-20s %-28s %7s %14s %10s %12s %6s" % ("pack", "runtime", "threads", "fastest tenth", "median", "processor", "runs"))
    for r in sorted(rows, key=lambda r: (r["pack"], r["threads"], r["processor"])):
        print("%-20s %-28s %7d %11.2f ms %7.2f ms %9.2f ms %6d" % (
            r["pack"], r["runtime"], r["threads"], r["fastestTenth"], r["median"], r["processor"], r["runs"]))
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps(rows, indent=1) + "\n")


def check(pack, runtime, got, wanted):
    for g, w in zip(got, wanted):
        worst = np.abs(np.reshape(g, -1) - np.reshape(w, -1)).max() / max(1.0, np.abs(w).max())
        if worst > 1e-3:
            raise SystemExit("%s on %s differs from TensorFlow by %g" % (pack, runtime, worst))


if __name__ == "__main__":
    main()
