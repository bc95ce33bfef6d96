"""How good an embedder is on LFW: the 10-fold protocol on 6,000 pairs, and thresholds from all impostor pairs.

LFW is for testing alone. PREFIX_x.npy and PREFIX_n.txt come from embedder_data.py align.
"""
import pathlib

import numpy as np
import torch

from verification import accuracy, tpr


@torch.no_grad()
def embed(net, crops, device="cpu", batch=128):
    """Unit embeddings of RGB crops uint8 [N,112,112,3]; the network must be in evaluation mode."""
    out = []
    for i in range(0, len(crops), batch):
        x = torch.from_numpy(np.ascontiguousarray(crops[i:i + batch])).to(device).permute(0, 3, 1, 2).float()
        x = ((x - 127.5) / 128).contiguous(memory_format=torch.channels_last)
        with torch.autocast(device, torch.bfloat16):
            y = net(x)
        out.append(torch.nn.functional.normalize(y.float()).cpu().numpy())
    return np.concatenate(out)


def embeddings(prefix, model, kind=None, mirror=False):
    """Embeddings of all faces of PREFIX_x.npy by a pack's model.pb, the trainer's ema.pt, a teacher's .onnx, or a .npy."""
    if model.endswith(".npy"):
        return np.load(model)
    x = np.load(prefix + "_x.npy", mmap_mode="r")
    m = (x.shape[1] - 112) // 2
    if model.endswith(".onnx"):
        import embedder_data
        teacher = embedder_data.open_teacher(model, kind)
        run = (lambda c: teacher(c) + teacher(c[:, :, ::-1])) if mirror else teacher
    elif model.endswith(".pb"):
        import embedder_export
        graph = embedder_export.runner(model, 2)
        run = lambda c: graph(np.ascontiguousarray(c[..., ::-1]))
    else:
        import embedder_export
        net = embedder_export.load(model)
        run = lambda c: embed(net, c[..., ::-1]) + (embed(net, c[:, :, ::-1, ::-1]) if mirror else 0)
    return np.concatenate([run(x[i:i + 64, m:m + 112, m:m + 112]) for i in range(0, len(x), 64)])


def read_pairs(prefix, pairs_file):
    """Index pairs [P,2], whether each is one person [P], and how many of the 6,000 lack an aligned face."""
    names = [pathlib.Path(q).stem for q in pathlib.Path(prefix + "_n.txt").read_text().split("\n")]
    index, pairs, same, fold, missing = {q: i for i, q in enumerate(names)}, [], [], [], 0
    for k, line in enumerate(open(pairs_file).read().splitlines()[1:]):
        t = line.split()
        other, j = (t[0], 2) if len(t) == 3 else (t[2], 3)
        one, two = "%s_%04d" % (t[0], int(t[1])), "%s_%04d" % (other, int(t[j]))
        if one not in index or two not in index:
            missing += 1
            continue
        pairs.append((index[one], index[two]))
        same.append(len(t) == 3)
        fold.append(k // 600)
    return np.array(pairs), np.array(same), np.array(fold), missing


def lfw(run, prefix, pairs_file, embeddings=None):
    """run: RGB crops -> unit embeddings. Only the pictures that occur in the pairs are embedded; or embeddings of all."""
    pairs, same, fold, missing = read_pairs(prefix, pairs_file)
    if embeddings is None:
        used, inverse = np.unique(pairs, return_inverse=True)
        crops = np.load(prefix + "_x.npy", mmap_mode="r")
        m = (crops.shape[1] - 112) // 2
        embeddings = run(np.ascontiguousarray(crops[used][:, m:m + 112, m:m + 112, ::-1]))
        pairs = inverse.reshape(pairs.shape)
    e = embeddings[pairs]
    s = (e[:, 0] * e[:, 1]).sum(1)
    mean, deviation = accuracy(s, same, fold)
    return {"accuracy": mean, "deviation": deviation, "tpr@1e-2": tpr(s, same, 1e-2), "tpr@1e-3": tpr(s, same, 1e-3),
            "missing": missing, "scores": s, "same": same}


def summary(r):
    return "LFW accuracy %.4f +- %.4f, TPR %.4f at FMR 1e-2, %.4f at FMR 1e-3, %d pairs without a face" % (
        r["accuracy"], r["deviation"], r["tpr@1e-2"], r["tpr@1e-3"], r["missing"])
