"""Store the weights of a pack's graph as half floats, and convert it for the engine `lite` anew.

    python scripts/train/halves.py models/lintel-detect [PACK...]

Constants of two and more dimensions become half floats, which the box turns into floats once, when it opens the graph. The outputs
on random pictures may change by 5e-3 of their largest value (at least 1); more is an error. `model.pb`, `model.tflite` and both checksums in
the manifest are written. Half of the bytes; a graph that has half floats stays as it is.
"""
import argparse
import hashlib
import pathlib

import numpy as np
import tensorflow as tf
import yaml

import lite_export

v1 = tf.compat.v1


def halved(definition):
    """The same graph with its weights (constants of two and more dimensions) as half floats. Other constants keep their kind, but
    hold half floats as well, because the converter for the engine `lite` makes them so and both engines are to say the same."""
    result = v1.GraphDef(versions=definition.versions)
    for node in definition.node:
        array = tf.make_ndarray(node.attr["value"].tensor) if node.op == "Const" else None
        if array is None or array.dtype != np.float32 or array.ndim == 0:
            result.node.add().CopyFrom(node)
            continue
        if array.ndim == 1:
            rounded = result.node.add()
            rounded.CopyFrom(node)
            rounded.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(array.astype(np.float16).astype(np.float32)))
            continue
        half, single = (v1.AttrValue(type=t.as_datatype_enum) for t in (tf.float16, tf.float32))
        small = result.node.add(op="Const", name=node.name + "/half")
        small.attr["dtype"].CopyFrom(half)
        small.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(array.astype(np.float16)))
        cast = result.node.add(op="Cast", name=node.name, input=[small.name])
        cast.attr["SrcT"].CopyFrom(half)
        cast.attr["DstT"].CopyFrom(single)
    return result


def outputs(definition, manifest):
    """Of the same random pictures for each graph, one list of arrays a picture."""
    graph, names, size = tf.Graph(), manifest["output"]["names"], manifest["input"]
    with graph.as_default():
        tf.import_graph_def(definition, name="")
    with v1.Session(graph=graph) as session:
        return [session.run([n + ":0" for n in names], {size["name"] + ":0": p})
                for p in lite_export.pictures(manifest, np.random.default_rng(5))]


def difference(one, other, manifest):
    """The largest difference of an output, as a share of its largest value (at least 1)."""
    pairs = zip(outputs(one, manifest), outputs(other, manifest), strict=True)
    return max(float(np.abs(a - b).max() / max(1.0, np.abs(a).max())) for x, y in pairs for a, b in zip(x, y, strict=True))


def write(definition, pack):
    """Writes the graph with half floats and what belongs to it into a pack that has a manifest; answers what was written."""
    path = pack / "manifest.yaml"
    manifest, small = yaml.safe_load(path.read_text()), halved(definition)
    worst = difference(definition, small, manifest)
    if worst > 5e-3:
        raise SystemExit("%s: half floats change an output by %g" % (pack, worst))
    data = small.SerializeToString(deterministic=True)
    (pack / manifest["file"]).write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    lines = ["sha256: " + digest if q.startswith("sha256:") else q for q in path.read_text().splitlines()]
    path.write_text("\n".join(lines) + "\n")
    return "%d bytes, differs by %.1e; %s" % (len(data), worst, lite_export.export(pack))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("packs", nargs="+", type=pathlib.Path)
    for pack in p.parse_args().packs:
        manifest = yaml.safe_load((pack / "manifest.yaml").read_text())
        print(write(lite_export.read(pack / manifest["file"]), pack))


if __name__ == "__main__":
    main()
