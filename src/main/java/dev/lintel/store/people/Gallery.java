package dev.lintel.store.people;

import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The templates of the running model in memory, searched exactly.
 *
 * <p>In blocks of {@value #BLOCK} templates, an array each, so that growing copies nothing; within a block the first components of all its
 * templates come first, then the second ones, and so on. A search then adds {@code probe[d] * row[j]} to
 * {@code scores[j]} over whole rows ({@link BlockScores}), which the JIT compiler turns into vector instructions.
 *
 * <p>Thread-safe by a read/write lock: searches run side by side, a change waits for them; sizes are read without it.
 * All vectors have unit length and one dimension, that of the first one added.
 */
public final class Gallery {
    public static final int BLOCK = 512;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Owners people = new Owners();
    private volatile int dimension;
    private volatile int size;
    private final List<float[]> blocks = new ArrayList<>();
    private long[] ids = {};
    private int[] owners = {};

    /** Templates held. */
    public int size() {
        return size;
    }

    /** People with at least one template. */
    public int people() {
        return reading(people::count);
    }

    /** Whether a vector of this many components can be compared with, or added to, what is here. */
    public boolean accepts(int components) {
        int own = dimension;
        return own == 0 || own == components;
    }

    /** A template to be added. */
    public record Template(Label label, long id, float[] vector) {}

    public void add(Label label, long id, float[] vector) {
        addAll(List.of(new Template(label, id, vector)));
    }

    /** All at once for whoever searches. */
    public void addAll(List<Template> templates) {
        changing(() -> templates.forEach(this::append));
    }

    private void append(Template template) {
        float[] vector = template.vector;
        if (dimension == 0) {
            dimension = vector.length;
        } else if (dimension != vector.length) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " components among ones of " + dimension);
        }
        grow();
        ids[size] = template.id;
        owners[size] = people.acquire(template.label);
        float[] block = blocks.get(size / BLOCK);
        for (int d = 0; d < vector.length; d++) {
            block[size % BLOCK + d * BLOCK] = vector[d];
        }
        size = size + 1;
    }

    public void remove(long id) {
        changing(() -> {
            for (int i = size - 1; i >= 0; i--) {
                if (ids[i] == id) {
                    removeAt(i);
                }
            }
        });
    }

    public void removeAll(Label label) {
        changing(() -> {
            int owner = people.find(label);
            for (int i = size - 1; i >= 0 && owner >= 0; i--) {
                if (owners[i] == owner) {
                    removeAt(i);
                }
            }
        });
    }

    /** Gives the templates of one label to another, which may have some already. */
    public void move(Label from, Label to) {
        changing(() -> {
            int owner = people.find(from);
            if (owner < 0 || from.equals(to)) {
                return;
            }
            for (int i = 0; i < size; i++) {
                if (owners[i] == owner) {
                    owners[i] = people.acquire(to);
                    people.release(owner);
                }
            }
        });
    }

    /**
     * The people nearest to each probe, by their best template, nearest first (ties in label order).
     *
     * @param probes unit vectors of this gallery's dimension
     * @param top most people for each probe, at least 1
     */
    public List<List<Candidate>> search(List<float[]> probes, int top) {
        return reading(() -> {
            requireDimension(probes);
            var scores = new BlockScores(probes);
            float[][] best = new float[probes.size()][people.slots()];
            for (float[] row : best) {
                Arrays.fill(row, Float.NEGATIVE_INFINITY);
            }
            for (int start = 0; start < size; start += BLOCK) {
                scores.compute(blocks.get(start / BLOCK), dimension);
                for (int p = 0; p < best.length; p++) {
                    keepBest(scores.of(p), start, best[p]);
                }
            }
            List<List<Candidate>> found = new ArrayList<>();
            for (float[] row : best) {
                found.add(people.top(row, top));
            }
            return found;
        });
    }

    /** Cosine similarity to the nearest template of this person; empty if there is none. */
    public OptionalDouble similarity(Label label, float[] probe) {
        return reading(() -> {
            int owner = people.find(label);
            float best = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < size && owner >= 0; i++) {
                if (owners[i] == owner) {
                    best = Math.max(best, dot(probe, i));
                }
            }
            return owner < 0 ? OptionalDouble.empty() : OptionalDouble.of(Owners.clip(best));
        });
    }

    private void keepBest(float[] scores, int start, float[] best) {
        int filled = Math.min(BLOCK, size - start);
        for (int j = 0; j < filled; j++) {
            int owner = owners[start + j];
            if (scores[j] > best[owner]) {
                best[owner] = scores[j];
            }
        }
    }

    private float dot(float[] probe, int template) {
        float[] block = blocks.get(template / BLOCK);
        float sum = 0;
        for (int d = 0; d < probe.length; d++) {
            sum += probe[d] * block[template % BLOCK + d * BLOCK];
        }
        return sum;
    }

    private void requireDimension(List<float[]> probes) {
        for (float[] probe : probes) {
            if (size > 0 && probe.length != dimension) {
                throw new IllegalArgumentException(
                        "a probe of " + probe.length + " components, the gallery has " + dimension);
            }
        }
    }

    private void removeAt(int i) {
        int last = size - 1;
        people.release(owners[i]);
        ids[i] = ids[last];
        owners[i] = owners[last];
        float[] to = blocks.get(i / BLOCK);
        float[] from = blocks.get(last / BLOCK);
        for (int d = 0; d < dimension; d++) {
            to[i % BLOCK + d * BLOCK] = from[last % BLOCK + d * BLOCK];
            from[last % BLOCK + d * BLOCK] = 0;
        }
        size = last;
    }

    private void grow() {
        if (size == ids.length) {
            int capacity = Math.max(BLOCK, Math.multiplyExact(size, 2));
            ids = Arrays.copyOf(ids, capacity);
            owners = Arrays.copyOf(owners, capacity);
        }
        if (size == blocks.size() * BLOCK) {
            blocks.add(new float[BLOCK * dimension]);
        }
    }

    private <T> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void changing(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
