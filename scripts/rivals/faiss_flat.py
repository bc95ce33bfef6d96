"""Exact search by FAISS (IndexFlatIP) on one thread, as SearchBench does it: unit vectors of 256 numbers, the five nearest.

A line "SIZE N" on standard input is answered with "p50 of the wall clock in ms, processor time of one in ms, results, MiB of the index" of N searches
after as many for warming up. Asked by scripts/bench; needs faiss-cpu.
"""
import sys
import time

import faiss
import numpy as np

DIMENSION, TOP = 256, 5


def faces(rng, count):
    x = rng.standard_normal((count, DIMENSION), dtype=np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def main():
    faiss.omp_set_num_threads(1)
    rng, index = np.random.default_rng(1), faiss.IndexFlatIP(DIMENSION)
    for line in sys.stdin:
        size, searches = map(int, line.split())
        while index.ntotal < size:
            index.add(faces(rng, min(100_000, size - index.ntotal)))
        found = 0
        for measured in range(2):
            probes, wall, used = faces(rng, searches), [], time.process_time()
            for probe in probes:
                start = time.perf_counter()
                found = index.search(probe[None], TOP)[1].shape[1]
                wall.append((time.perf_counter() - start) * 1e3)
            used = (time.process_time() - used) * 1e3 / searches
        print("%f %f %d %f" % (np.median(wall), used, found, index.codes.size() / 2**20), flush=True)


if __name__ == "__main__":
    main()
