"""What similarities of faces are worth: accuracy, rates and thresholds. NumPy alone; tested in test_verification.py."""
import numpy as np

RATES = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5)


def accuracy(s, same, fold):
    """Mean and standard deviation over the folds, each at the threshold that is best on the others."""
    grid, acc = np.linspace(-1, 1, 1001), []
    for f in range(10):
        test = fold == f
        hits = [((s[~test] > v) == same[~test]).mean() for v in grid]
        acc.append(((s[test] > grid[int(np.argmax(hits))]) == same[test]).mean())
    return float(np.mean(acc)), float(np.std(acc))


def tpr(s, same, fmr):
    t = np.sort(s[~same])[::-1][int(fmr * (~same).sum())]
    return float((s[same] > t).mean())


def impostors(e, people):
    """Similarities of all pairs of pictures of different people."""
    e, people, parts = e.astype(np.float32), np.asarray(people), []
    for i in range(0, len(e), 500):
        s = e[i:i + 500] @ e.T
        later = np.arange(len(e))[None] > np.arange(i, i + len(s))[:, None]
        parts.append(s[later & (people[i:i + 500, None] != people[None])])
    return np.concatenate(parts)


def thresholds(s):
    """Similarity exceeded by a fraction r of the impostor pairs, for each r in RATES."""
    k = [max(1, int(r * len(s))) for r in RATES]
    top = np.sort(s)[::-1] if len(s) < 1e6 else -np.sort(np.partition(-s, max(k))[:max(k) + 1])
    return [float(top[i]) for i in k]
