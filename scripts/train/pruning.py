"""Which channels a layer can do without: arithmetic alone, for embedder_prune.py."""
import numpy as np


def surgeon(h, y, keep, ridge=1e-4):
    """Which `keep` columns of h [N,C] explain y [N,O] best, and their least-squares weights [keep,O].

    One column after the other goes, always the one whose loss raises the squared error least, and the weights of the others
    take over what they can (Hassibi and Stork, Optimal Brain Surgeon, 1993, on whole channels). h and y have mean 0.
    """
    h, y = np.asarray(h, np.float64), np.asarray(y, np.float64)
    gram = h.T @ h
    gram += ridge * np.trace(gram) / len(gram) * np.eye(len(gram))
    inverse = np.linalg.inv(gram)
    w, left = inverse @ (h.T @ y), list(range(len(gram)))
    while len(left) > keep:
        cost = (w[left] ** 2).sum(1) / inverse[left, left]
        j = left.pop(int(cost.argmin()))
        w -= np.outer(inverse[:, j] / inverse[j, j], w[j])
        inverse -= np.outer(inverse[:, j], inverse[j]) / inverse[j, j]
    return np.array(left), w[left]
