"""Convert the frozen graph of a pack for the engine `lite`, and name it in the pack's manifest.

    python scripts/train/lite_export.py models/lintel-embed [PACK...]

Writes PACK/model.tflite from PACK/model.pb: the same weights, half floats where the pack has half floats, so the two differ
by rounding only, and are compared here before anything is written. Run it after every export; one command for all packs.
A graph of fixed size is converted for one picture, one of free size stays free. Three things are said in TensorFlow Lite's
own words, because its fast kernels know no others: max(x, slope * x) becomes PReLU, an enlargement by two becomes a
rearrangement of channels (its size is then known before the first run), and so does the one that is written as a broadcast.
"""
import argparse
import hashlib
import os
import pathlib
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf
import yaml

v1 = tf.compat.v1
TOLERANCE = 2e-3  # of the largest value of an output


def read(path):
    definition = v1.GraphDef()
    definition.ParseFromString(path.read_bytes())
    return definition


class Rewriting:
    """A copy of a graph in which some nodes are said otherwise, under their old names."""

    def __init__(self, definition):
        self.old = {n.name: n for n in definition.node}
        self.new = v1.GraphDef(versions=definition.versions)
        for node in definition.node:
            if not (self.prelu(node) or self.doubled(node)):
                self.new.node.add().CopyFrom(node)

    def add(self, op, name, inputs, **attributes):
        node = self.new.node.add(op=op, name=name, input=inputs)
        for key, value in attributes.items():
            node.attr[key].CopyFrom(value)
        return name

    def constant(self, name, array):
        array = np.asarray(array)
        kind = v1.AttrValue(type=tf.as_dtype(array.dtype).as_datatype_enum)
        return self.add("Const", name, [], dtype=kind, value=v1.AttrValue(tensor=tf.make_tensor_proto(array)))

    def prelu(self, node):
        """max(x, slope * x) as relu(x) + -slope * relu(-x), which the converter takes for PReLU."""
        if node.op != "Maximum":
            return False
        x, product = node.input
        times = self.old[product]
        if times.op != "Mul" or x not in times.input:
            return False
        slope = self.old[[i for i in times.input if i != x][0]]
        if slope.op != "Const":
            return False
        value, t, name = tf.make_ndarray(slope.attr["value"].tensor), {"T": node.attr["T"]}, node.name
        negative = self.constant(name + "/minus", -value.reshape(1, 1, -1))
        flipped = self.add("Relu", name + "/below", [self.add("Neg", name + "/flip", [x], **t)], **t)
        above = self.add("Relu", name + "/above", [x], **t)
        self.add("AddV2", name, [above, self.add("Mul", name + "/scaled", [negative, flipped], **t)], **t)
        return True

    def doubled(self, node):
        """Each pixel twice in both directions: four times the channels, then channels to places."""
        if node.op == "ResizeNearestNeighbor":
            x = node.input[0]
        elif node.op == "Reshape" and self.old[node.input[0]].op == "BroadcastTo":
            x = self.old[self.old[node.input[0]].input[0]].input[0]
        else:
            return False
        t = {"T": node.attr["T"]}
        axis, four = self.constant(node.name + "/axis", np.int32(3)), v1.AttrValue(i=4)
        wide = self.add("ConcatV2", node.name + "/wide", [x] * 4 + [axis], N=four,
                        Tidx=v1.AttrValue(type=tf.int32.as_datatype_enum), **t)
        self.add("DepthToSpace", node.name, [wide], block_size=v1.AttrValue(i=2),
                 data_format=v1.AttrValue(s=b"NHWC"), **t)
        return True


def needed(definition, outputs):
    return v1.graph_util.extract_sub_graph(definition, outputs)


def convert(definition, manifest):
    """The bytes of the .tflite file."""
    names, size = manifest["output"]["names"], manifest["input"]
    shape = [1, size["height"] or None, size["width"] or None, 3]
    rewritten = needed(Rewriting(definition).new, names)
    for node in rewritten.node:
        if node.op == "Placeholder":
            dims = [tf.compat.v1.Dimension(d) for d in shape]
            node.attr["shape"].shape.CopyFrom(tf.TensorShape(dims).as_proto())
    with tempfile.TemporaryDirectory() as scratch:
        frozen = pathlib.Path(scratch) / "graph.pb"
        frozen.write_bytes(rewritten.SerializeToString())
        converter = v1.lite.TFLiteConverter.from_frozen_graph(
            str(frozen), [size["name"]], names, {size["name"]: shape})
        if any(n.op == "Const" and n.attr["dtype"].type == tf.float16.as_datatype_enum for n in definition.node):
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
            converter.target_spec.supported_types = [tf.float16]
        return converter.convert()


def pictures(manifest, rng):
    """Random pictures with large and small structures, of several sizes where the size is free."""
    size = manifest["input"]
    sizes = [(size["height"], size["width"])] * 4 if size["height"] else [(64, 96), (320, 320), (480, 640)]
    for h, w in sizes:
        coarse = rng.integers(0, 256, (-(-h // 8), -(-w // 8), 3)).repeat(8, 0).repeat(8, 1)[:h, :w]
        yield np.clip(coarse + rng.integers(-20, 21, (h, w, 3)), 0, 255).astype(np.uint8)[None]


def difference(definition, model, manifest):
    """The largest difference of an output between the two engines, as a share of its largest value (at least 1)."""
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition, name="")
    session, names = v1.Session(graph=graph), manifest["output"]["names"]
    worst = 0.0
    for picture in pictures(manifest, np.random.default_rng(5)):
        wanted = session.run([n + ":0" for n in names], {manifest["input"]["name"] + ":0": picture})
        runner = tf.lite.Interpreter(model_content=model)
        runner.resize_tensor_input(runner.get_input_details()[0]["index"], picture.shape)
        runner.allocate_tensors()
        runner.set_tensor(runner.get_input_details()[0]["index"], picture)
        runner.invoke()
        got = {d["name"]: runner.get_tensor(d["index"]) for d in runner.get_output_details()}
        for name, value in zip(names, wanted):
            worst = max(worst, float(np.abs(got[name] - value).max() / max(1.0, np.abs(value).max())))
    return worst


def named(text, digest):
    """The manifest's text with the converted graph below the frozen one."""
    lines = [line for line in text.split("\n") if not line.startswith("lite:")]
    place = next(i for i, line in enumerate(lines) if line.startswith("sha256:")) + 1
    return "\n".join(lines[:place] + ["lite: {file: model.tflite, sha256: %s}" % digest] + lines[place:])


def export(pack):
    """Converts one pack; answers what was written."""
    text = (pack / "manifest.yaml").read_text()
    manifest = yaml.safe_load(text)
    definition = read(pack / manifest["file"])
    model = convert(definition, manifest)
    worst = difference(definition, model, manifest)
    if worst > TOLERANCE:
        raise SystemExit("%s: the two graphs differ by %g" % (pack, worst))
    (pack / "model.tflite").write_bytes(model)
    (pack / "manifest.yaml").write_text(named(text, hashlib.sha256(model).hexdigest()))
    return "%s: %d bytes, differs by %.1e" % (pack, len(model), worst)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("packs", nargs="+", type=pathlib.Path)
    for pack in p.parse_args().packs:
        print(export(pack))


if __name__ == "__main__":
    main()
