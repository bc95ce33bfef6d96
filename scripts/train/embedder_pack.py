"""Make the model pack from trained weights: graph, calibration on LFW, manifest, golden vectors.

embedder_pack.py WEIGHTS.pt PACK_DIR --id lintel-embed-1 --version 1.0.0 --lfw PREFIX --pairs pairs.txt
                 [--faces DIR --golden DIR --yunet FILE]
Everything measured here runs the exported graph in TensorFlow, not the network in PyTorch.
"""
import argparse
import hashlib
import json
import pathlib

import cv2
import numpy as np

import common
import embedder_eval
import embedder_net
import embedder_export
import lite_export
from verification import RATES, impostors, thresholds

MANIFEST = """task: embedding
id: {id}
version: {version}
runtime: tensorflow
file: model.pb
sha256: {sha256}
input:
  name: image
  width: 112
  height: 112
  multiple: 1
  type: uint8
  layout: NHWC
  colour: RGB
  mean: [127.5, 127.5, 127.5]
  std: [128.0, 128.0, 128.0]
output:
  names: [embedding]
  dimension: {dimension}
calibration:
  similarityAtDefault: {default:.4f}
  thresholds:
{thresholds}
  source: "{source}"
licence: {licence}
trainingData:
  - "FairFace, the 40,000 images of its training half (Kärkkäinen and Joo 2021, CC BY 4.0)"
  - "teacher: {teacher}"
{start}{measured}"""


def golden(run, faces, out, yunet, identifier):
    """Aligned crops of a few composite faces as PNG, and what the pack makes of them."""
    detector, rows = common.open_yunet(yunet), []
    out.mkdir(parents=True, exist_ok=True)
    for f in sorted(faces.glob("0[1-4]-a.jpg")):
        image = cv2.imread(str(f))
        points = common.central(common.detect(detector, image, longest=500, border=0), image.shape)[4:14].reshape(5, 2)
        crop, name = common.align(image, points), "face-%s.png" % f.stem
        cv2.imwrite(str(out / name), crop)
        e = run(np.ascontiguousarray(crop[None, ..., ::-1]))[0]
        rows.append({"file": name, "source": f.name, "landmarks": np.round(points, 3).tolist(),
                     "matrix": np.round(common.similarity(points, common.TEMPLATE), 6).tolist(),
                     "embedding": np.round(e / np.linalg.norm(e), 6).tolist()})
    body = ",\n".join(json.dumps(r) for r in rows)
    (out / "embedder.json").write_text('{"id": "%s", "tolerance": 0.001, "faces": [\n%s\n]}\n' % (identifier, body))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("weights")
    p.add_argument("pack", type=pathlib.Path)
    p.add_argument("--id", required=True)
    p.add_argument("--version", required=True)
    p.add_argument("--mirror", action="store_true", help="embed the image and its mirror, at twice the work per face")
    p.add_argument("--teacher", default="esp-dl human_face_feat_mbf_s8_v1 (Espressif, MIT)")
    p.add_argument("--lfw", required=True)
    p.add_argument("--pairs", required=True)
    p.add_argument("--faces", type=pathlib.Path)
    p.add_argument("--golden", type=pathlib.Path)
    p.add_argument("--yunet")
    a = p.parse_args()
    net = embedder_export.load(a.weights)
    mobile = isinstance(net, embedder_net.MobileFace)
    crops = np.load(a.lfw + "_x.npy", mmap_mode="r")
    m = (crops.shape[1] - common.CROP) // 2
    rgb = crops[:, m:m + common.CROP, m:m + common.CROP, ::-1]
    definition = embedder_export.build(net, True, a.mirror)
    exact = embedder_export.difference(net, embedder_export.runner(embedder_export.build(net, False, a.mirror)),
                                       np.ascontiguousarray(rgb[:32]), a.mirror)[0]
    stored = embedder_export.difference(net, embedder_export.runner(definition),
                                        np.ascontiguousarray(rgb[:32]), a.mirror)[0]
    assert exact < 1e-4 and stored < 1e-3, (exact, stored)
    graph = embedder_export.runner(definition, 2)

    def run(x):
        e = np.concatenate([graph(np.ascontiguousarray(x[i:i + 64])) for i in range(0, len(x), 64)])
        return e / np.linalg.norm(e, axis=1, keepdims=True)

    e = run(rgb)
    result = embedder_eval.lfw(None, a.lfw, a.pairs, embeddings=e)
    people = [pathlib.Path(q).stem.rsplit("_", 1)[0] for q in pathlib.Path(a.lfw + "_n.txt").read_text().split("\n")]
    s = impostors(e, people)
    levels = thresholds(s)
    genuine = result["scores"][result["same"]]
    rows = list(zip(RATES, levels))
    measured = ["measured:", '  lfw: "scripts/train/embedder_pack.py on the exported graph, YuNet landmarks, %s"' %
                ("image and mirror inside the graph" if a.mirror else "no mirror"),
                "  lfwAccuracy: %.4f" % result["accuracy"], "  lfwAccuracyDeviation: %.4f" % result["deviation"],
                "  lfwTprAtFmr1e2: %.4f" % result["tpr@1e-2"], "  lfwTprAtFmr1e3: %.4f" % result["tpr@1e-3"],
                "  lfwPairsWithoutFace: %d" % result["missing"],
                "  multiplyAdds: %d" % (embedder_net.multiply_adds(net) * (2 if a.mirror else 1)),
                "  parameters: %d" % sum(q.numel() for q in net.parameters()),
                "  differenceFromTrainer: %.1e" % exact, "  differenceWithHalfFloatStorage: %.1e" % stored]
    measured += ["  lfwGenuineAcceptedAtThreshold%s: %.4f" % (("%.0e" % r).replace("e-0", "e"), (genuine > t).mean())
                 for r, t in rows]
    a.pack.mkdir(parents=True, exist_ok=True)
    data = definition.SerializeToString(deterministic=True)
    (a.pack / "model.pb").write_bytes(data)
    (a.pack / "manifest.yaml").write_text(MANIFEST.format(
        id=a.id, version=a.version, licence="Apache-2.0 and MIT (LICENSE-MBF)" if mobile else "Apache-2.0",
        start='  - "start: the weights of the same network, made narrower; its authors do not state what it was trained on"\n' if mobile else "",
        dimension=e.shape[1], teacher=a.teacher, sha256=hashlib.sha256(data).hexdigest(), default=levels[2],
        thresholds="\n".join("    - {fmr: %.1e, similarity: %.4f}" % row for row in rows),
        source="%.1f million impostor pairs among %d LFW pictures of %d people, YuNet landmarks; the default stands at "
               "FMR 1e-3" % (len(s) / 1e6, len(e), len(set(people))), measured="\n".join(measured) + "\n"))
    print(lite_export.export(a.pack))
    print(embedder_eval.summary(result))
    print((a.pack / "manifest.yaml").read_text())
    if a.golden:
        golden(graph, a.faces, a.golden, a.yunet, a.id)
    if a.faces:
        check(graph, a.faces, a.yunet, levels)


def check(graph, faces, yunet, levels):
    """How well the pack tells the composite faces apart."""
    detector, e, who = common.open_yunet(yunet), [], []
    for f in sorted(faces.glob("*.jpg")):
        image = cv2.imread(str(f))
        face = common.central(common.detect(detector, image, longest=500, border=0), image.shape)
        e.append(graph(common.align(image, face[4:14].reshape(5, 2))[None, ..., ::-1])[0])
        who.append(f.stem[:2])
    e = np.array(e) / np.linalg.norm(e, axis=1, keepdims=True)
    s, same = e @ e.T, np.array(who)[:, None] == np.array(who)[None]
    upper = np.triu(np.ones(s.shape, bool), 1)
    print("composites: same face %.3f at least, different faces %.3f at most; default threshold %.3f" % (
        s[same & upper].min(), s[~same & upper].max(), levels[2]))


if __name__ == "__main__":
    main()
