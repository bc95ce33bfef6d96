"""Distil one or two teachers' embeddings into a ResFace network. Resumable: run the same command again.

embedder_train.py PREFIX TARGETS WORK_DIR --minutes 100 [--dimension 256] [--second TARGETS] [--init FILE]
                  [--groups CSV] [--lfw LFW_PREFIX --pairs FILE]
PREFIX_x.npy and PREFIX_TARGETS.npy come from embedder_data.py. The second teacher is learnt through a head of its own
beside the embedding, which is thrown away at the end: it makes better features, not another output. WORK_DIR gets last.pt (everything needed to go on),
ema.pt (the averaged weights, to be exported) and train.log. The learning rate falls with the time used, so the same
command suits a busy machine, an idle one and a GPU; --minutes counts training time over all runs of one WORK_DIR.
"""
import argparse
import copy
import csv
import json
import pathlib
import queue
import shutil
import threading
import time

import cv2
import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F

import embedder_eval
import embedder_net
from embedder_augment import augment
from embedder_optim import Muon

HELD_OUT = 1000


def projection(targets, d, seed=1):
    """[D,d]: the d strongest directions of the teacher's embeddings, turned at random so that all weigh the same."""
    v = np.linalg.svd(targets.T @ targets)[0][:, :d]
    turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(d, d)))[0]
    return (v @ turn).astype(np.float32)


class Targets:
    """The teacher's embeddings, which may still be growing: a row of zeros has no target yet and is left out."""

    def __init__(self, path, basis, size, seed, d):
        """basis: file that keeps the projection to d numbers, for a teacher that gives more."""
        self.all = np.load(path, mmap_mode="r")
        self.order = np.random.default_rng(seed).permutation(size)
        if self.all.shape[1] == d:
            self.basis = torch.eye(d)
            return
        if not basis.exists():
            np.save(basis, projection(self.full(self.ready(self.order)).numpy(), d))
        self.basis = torch.from_numpy(np.load(basis))

    def ready(self, rows):
        return rows[self.all[rows, 0] != 0]

    def full(self, rows):
        return F.normalize(torch.from_numpy(np.asarray(self.all[rows], np.float32)))

    def projected(self, rows):
        return F.normalize(self.full(rows) @ self.basis)

    def training(self):
        return self.ready(self.order[HELD_OUT:])

    def held_out(self):
        return self.ready(self.order[:HELD_OUT])


def groups(prefix, labels):
    """The group (race and gender) of each row of PREFIX_x.npy by FairFace's CSV; rows without a label are one more."""
    with open(labels) as file:
        known = {pathlib.Path(r["file"]).name: r["race"] + " " + r["gender"] for r in csv.DictReader(file)}
    names = [pathlib.Path(q).name for q in pathlib.Path(prefix + "_n.txt").read_text().split("\n")]
    return np.unique([known.get(q, "") for q in names], return_inverse=True)[1]


def evenly(rows, group, rng):
    """As many rows as there are, the same share of each group: all of a group before any of it again."""
    parts = [rows[group[rows] == g] for g in np.unique(group[rows])]
    share = -(-len(rows) // len(parts))
    drawn = [np.concatenate([rng.permutation(p) for _ in range(-(-share // len(p)))])[:share] for p in parts]
    return rng.permutation(np.concatenate(drawn))


class Loader:
    """Augmented batches from background threads."""

    def __init__(self, x, rows, batch, state, seed, threads=1, group=None):
        self.x, self.rows, self.batch, self.state, self.group = x, rows, batch, state, group
        self.queue, self.lock = queue.Queue(6), threading.Lock()
        self.order, self.rng = np.empty(0, int), np.random.default_rng(seed)
        for k in range(threads):
            threading.Thread(target=self._work, args=(np.random.default_rng(seed + 1000 + k),), daemon=True).start()

    def _take(self):
        with self.lock:
            if len(self.order) < self.batch:
                more = self.rng.permutation(self.rows) if self.group is None else \
                    evenly(self.rows, self.group, self.rng)
                self.order = np.concatenate([self.order, more])
            i, self.order = self.order[:self.batch], self.order[self.batch:]
            return i

    def _work(self, r):
        while True:
            i = self._take()
            self.queue.put((i, np.stack([augment(self.x[j], r, self.state["strength"]) for j in i])))

    def next(self):
        return self.queue.get()


def to_input(batch, device):
    """uint8 RGB [N,112,112,3] -> float [N,3,112,112], channels last."""
    return (torch.from_numpy(batch).to(device).permute(0, 3, 1, 2).float() - 127.5) / 128


def start_head(net, x, rows, targets):
    """Fit the last linear layer to the targets by least squares, so that a warm start keeps what its body knows."""
    net.eval()
    with torch.no_grad():
        crops = np.ascontiguousarray(x[rows][:, 8:120, 8:120, ::-1])
        h = torch.cat([net.features(to_input(crops[i:i + 128], "cpu")) for i in range(0, len(crops), 128)])
        h1 = torch.cat([h, torch.ones(len(h), 1)], 1)
        w = torch.linalg.solve(h1.T @ h1 + 1e-2 * len(h) * torch.eye(h1.shape[1]) * h.var(), h1.T @ targets)
        y = h @ w[:-1]
        scale = y.std()
        net.f.weight.copy_(w[:-1].T / scale)
        net.bn.weight.copy_(y.std(0) / scale)
        net.bn.bias.copy_((y.mean(0) + w[-1]) / scale)
        net.bn.running_mean.copy_(y.mean(0) / scale)
        net.bn.running_var.copy_((y / scale).var(0))
        print("warm start: cosine to the targets %.3f" % F.cosine_similarity(net.bn(net.f(h)), targets).mean())
    net.train()


def widen(net, old):
    """Put the weights of a narrower network of the same depth inside a wider one without changing its function.

    Says whether it was as wide as this one, so that its last layer was taken over too.
    """
    state = net.state_dict()
    if all(state[k].shape == v.shape for k, v in old.items()):
        net.load_state_dict(old)
        return True
    for k, v in old.items():
        if k.startswith(("f.", "bn.")) or v.ndim == 0:
            continue
        new = state[k]
        if v.ndim == 4:
            new[:v.shape[0], v.shape[1]:] = 0
        new[tuple(slice(s) for s in v.shape)] = v
    net.load_state_dict(state)
    return False


def shape_of(init):
    """The `config` of a MobileFace to start from, which is trained in the shape that it has; None for all else."""
    if init and init.endswith(".pb"):
        import embedder_warm
        config = embedder_warm.from_graph(init).config
    else:
        config = torch.load(init, weights_only=True).get("config", {}) if init else {}
    return config if "inner" in config else None


class Student(torch.nn.Module):
    """The network with a second head on its features, for the second teacher."""

    def __init__(self, net, second):
        super().__init__()
        self.net = net
        self.second = torch.nn.Linear(net.f.in_features, second, bias=False) if second else None

    def forward(self, x):
        h = self.net.features(x)
        return self.net.bn(self.net.f(h)), self.second(h) if self.second else None


@torch.no_grad()
def average(ema, net, step, window):
    """Move the averaged weights towards the present ones; `window` is the number of steps that they remember."""
    decay = min(1 - 1 / window, step / (step + 20))
    for a, b in ((list(ema.parameters()), list(net.parameters())),
                 ([v for v in ema.buffers() if v.is_floating_point()],
                  [v for v in net.buffers() if v.is_floating_point()])):
        torch._foreach_lerp_(a, b, 1 - decay)


def share(parameters, device, used, world):
    """Average the gradients over the worker processes, and let all of them know the time that the first has used."""
    if world == 1:
        return used
    grads = [q.grad for q in parameters]
    flat = torch.cat([g.reshape(-1) for g in grads] + [torch.tensor([used], device=device)])
    dist.all_reduce(flat)
    for g, part in zip(grads, flat[:-1].split([g.numel() for g in grads])):
        g.copy_(part.view_as(g) / world)
    return float(flat[-1])


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("prefix")
    p.add_argument("targets")
    p.add_argument("work", type=pathlib.Path)
    p.add_argument("--minutes", type=float, default=100)
    p.add_argument("--until", help="HH:MM: end at this time of day and let the learning rate fall until then, instead of "
                   "--minutes")
    p.add_argument("--dimension", type=int, default=256, help="numbers of an embedding")
    p.add_argument("--groups", help="FairFace's CSV: each of its groups (race and gender) is seen equally often")
    p.add_argument("--window", type=float, default=2000, help="steps that the average of the weights remembers at the "
                   "end; at the beginning it is 500")
    p.add_argument("--second", help="targets of the second teacher")
    p.add_argument("--second-weight", type=float, default=0.5)
    p.add_argument("--widths", default="32,48,96,192,384", help="of the four stages and the head")
    p.add_argument("--strongest", type=float, default=1.0, help="augmentation at the end, 0..1")
    p.add_argument("--init", help="state dict of a network of the same depth and at most the same width, a pack's model.pb, "
                   "or a network of embedder_prune.py")
    p.add_argument("--refit", action="store_true", help="with --init: fit the last layer anew, for another teacher")
    p.add_argument("--lfw")
    p.add_argument("--pairs")
    p.add_argument("--batch", type=int, default=128, help="images per step, over all workers")
    p.add_argument("--lr", type=float, default=0.03, help="relative step of the convolutions")
    p.add_argument("--adam", type=float, default=1.5e-3)
    p.add_argument("--relation", type=float, default=16)
    p.add_argument("--evaluate-every", type=float, default=15, help="minutes")
    p.add_argument("--workers", type=int, default=0, help="processes of one thread each; default 2, on a GPU 1. One "
                   "thread each suffers far less than two threads in one process where others use the processor too")
    p.add_argument("--seed", type=int, default=0)
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    a.workers = a.workers or (1 if torch.cuda.is_available() else 2)
    return a


def train(rank, a):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(a.seed)
    cv2.setNumThreads(1)
    if device == "cpu":
        torch.set_num_threads(1)
    if a.workers > 1:
        dist.init_process_group("gloo", init_method="file://%s" % (a.work / "meet").resolve(), rank=rank,
                                world_size=a.workers)
    x = np.load(a.prefix + "_x.npy", mmap_mode="r")
    begun = pathlib.Path(a.init or "none").with_suffix(".basis.npy")
    if begun.exists() and not (a.work / "basis.npy").exists():
        shutil.copy(begun, a.work / "basis.npy")  # the projection that the pruned network was made for
    teacher = Targets(a.prefix + "_" + a.targets + ".npy", a.work / "basis.npy", x.shape[0], a.seed, a.dimension)
    log = open(a.work / "train.log", "a", buffering=1)

    def note(text):
        if rank == 0:
            print(text, flush=True)
            log.write(text + "\n")

    second = Targets(a.prefix + "_" + a.second + ".npy", a.work / "basis2.npy", x.shape[0], a.seed,
                     a.dimension) if a.second else None
    widths, last = [int(v) for v in a.widths.split(",")], a.work / "last.pt"
    net = embedder_net.make(shape_of(a.init) or {"w": tuple(widths[:4]), "head": widths[4], "d": a.dimension})
    student = Student(net, second.all.shape[1] if second else 0)
    step, used, images = 0, 0.0, 0
    saved = torch.load(last, map_location="cpu", weights_only=True) if last.exists() else None
    if saved:
        student.load_state_dict(saved["student"])
        step, used, images = saved["step"], saved["used"], saved["images"]
    elif a.init and rank == 0:
        first = np.sort(teacher.training()[:4000])
        if a.init.endswith(".pb"):
            import embedder_warm
            old = embedder_warm.state(a.init, to_input(x[first[:256], 8:120, 8:120, ::-1].copy(), "cpu"))
        else:
            old = embedder_net.load_weights(a.init)
        if not widen(net, old) or a.refit:
            start_head(net, x, first, teacher.projected(first))
        net.train()
    if a.workers > 1:
        for v in list(student.parameters()) + list(student.buffers()):
            dist.broadcast(v.data, 0)
    student = student.to(device, memory_format=torch.channels_last)
    ema = copy.deepcopy(net).eval()
    if saved:
        ema.load_state_dict(saved["ema"])
    muon = [q for q in net.n.parameters() if q.ndim == 4 and q.shape[1] > 1]
    others = [q for q in student.parameters() if not any(q is m for m in muon)]
    optimisers = [Muon(muon), torch.optim.AdamW(others, weight_decay=1e-4)]
    if saved:
        for o, s in zip(optimisers, saved["optimisers"]):
            o.load_state_dict(s)
    held, batch = np.sort(teacher.held_out()), a.batch // a.workers
    learnt = np.sort(teacher.training()[:HELD_OUT])
    note(json.dumps({"multiply_adds": embedder_net.multiply_adds(copy.deepcopy(ema).cpu()), "config": net.config,
                     "images": len(teacher.training()), "device": device, "resumed_at": step,
                     "energy_kept": round(float((teacher.full(held) @ teacher.basis).pow(2).sum(1).mean()), 4),
                     "groups": bool(a.groups), "options": {k: getattr(a, k) for k in (
                         "minutes", "until", "batch", "workers", "lr", "adam", "relation", "second", "second_weight",
                         "strongest", "window", "seed")}}))
    if isinstance(net, embedder_net.MobileFace):
        for m in net.n:  # block by block: as fast as the whole, and compiled in a third of the time
            m.compile()
        forward = student
    else:
        forward = torch.compile(student)
    state = {"strength": 0.3}
    loader = Loader(x, teacher.training(), batch, state, a.seed + step + 1000003 * rank, 1 if device == "cpu" else 8,
                    groups(a.prefix, a.groups) if a.groups else None)
    off = ~torch.eye(batch, dtype=torch.bool, device=device)
    parameters = list(student.parameters())

    def save():
        if rank == 0:
            torch.save({"student": student.state_dict(), "ema": ema.state_dict(), "step": step, "used": used, "images": images,
                        "optimisers": [o.state_dict() for o in optimisers]}, a.work / "last.tmp")
            (a.work / "last.tmp").replace(last)
            torch.save({"config": net.config, "net": ema.state_dict()}, a.work / "ema.tmp")
            (a.work / "ema.tmp").replace(a.work / "ema.pt")

    def evaluate():
        if rank == 0:
            cosines = []
            for rows in (held, learnt):
                e = torch.from_numpy(embedder_eval.embed(ema, x[rows][:, 8:120, 8:120, ::-1], device))
                cosines.append(F.cosine_similarity(e, teacher.projected(rows)).mean())
            text = "eval %.1f min, step %d, %.2f M images, held-out cosine %.4f, learnt %.4f" % (
                used / 60, step, images / 1e6, *cosines)
            if a.lfw and pathlib.Path(a.lfw + "_x.npy").exists():
                result = embedder_eval.lfw(lambda c: embedder_eval.embed(ema, c, device), a.lfw, a.pairs)
                text += ", " + embedder_eval.summary(result)
            note(text)

    total, mark, mean, shown, evaluated = a.minutes * 60, time.time(), 0.0, (step, used), used
    if a.until:
        today = time.localtime()
        end = time.mktime((*today[:3], *map(int, a.until.split(":")), 0, 0, 0, -1))
        left = torch.tensor([(end - mark) % 86400])
        if a.workers > 1:
            dist.broadcast(left, 0)
        total = used + float(left)
    while used < total:
        done = used / total
        rate = min(1, (step + 1) / 150) * max(1 - done, 0.005)
        state["strength"] = min(a.strongest, 0.3 + 1.4 * done)
        optimisers[0].param_groups[0]["lr"] = a.lr * rate
        optimisers[1].param_groups[0]["lr"] = a.adam * rate
        i, crops = loader.next()
        inputs = to_input(crops, device).contiguous(memory_format=torch.channels_last)
        if step == 0 and a.workers > 1 and rank:
            dist.barrier()  # the first worker compiles, the others find its result in the cache
        with torch.autocast(device, torch.bfloat16):
            y, z = forward(inputs)
        y, t, f = F.normalize(y.float()), teacher.projected(i).to(device), teacher.full(i).to(device)
        cosine = (y * t).sum(1).mean()
        loss = 1 - cosine + a.relation * ((y @ y.T - f @ f.T)[off] ** 2).mean()
        if second:
            loss = loss + a.second_weight * (1 - F.cosine_similarity(z.float(), second.full(i).to(device)).mean())
        for q in parameters:
            q.grad = None
        loss.backward()
        if step == 0 and a.workers > 1 and rank == 0:
            dist.barrier()
        now = time.time()
        used = share(parameters, device, used + now - mark if rank == 0 else 0.0, a.workers)
        mark = now
        for o in optimisers:
            o.step()
        step += 1
        images += a.batch
        if rank == 0:
            average(ema, net, step, 500 * max(1, a.window / 500) ** done)
            mean += (float(cosine.detach()) - mean) * max(0.02, 1 / step)
        if step % 100 == 0:
            note("step %d, %.1f min, %.2f M images, %.0f images/s, cosine %.4f, rate %.3f, strength %.2f" % (
                step, used / 60, images / 1e6, (step - shown[0]) * a.batch / (used - shown[1]), mean, rate,
                state["strength"]))
            shown = (step, used)
        if step % 300 == 0:
            save()
            loader.rows = teacher.training()
        if used - evaluated > a.evaluate_every * 60:
            evaluated = used
            save()
            evaluate()
    save()
    evaluate()


if __name__ == "__main__":
    arguments = options()
    (arguments.work / "meet").unlink(missing_ok=True)
    if arguments.workers > 1:
        torch.multiprocessing.spawn(train, (arguments,), arguments.workers)
    else:
        train(0, arguments)
