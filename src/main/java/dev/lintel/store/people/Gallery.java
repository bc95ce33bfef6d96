package dev.lintel.store.people;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.PersonScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
 * <p>A person's score is half that of the nearest template and half that of the normalised mean of all templates. The mean needs no
 * row of its own: the similarity to it is the sum of the similarities to the templates, divided by the length of their sum.
 *
 * <p>Thread-safe by a read/write lock: searches run side by side, a change waits for them; sizes are read without it.
 * All vectors have unit length and one dimension.
 */
public final class Gallery {
    public static final int BLOCK = 512;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Owners people = new Owners();

    /** Who is kept, but not recognised; with or without templates. */
    private final Set<Label> silent = new HashSet<>();

    private volatile int dimension;
    private volatile int size;
    private final List<float[]> blocks = new ArrayList<>();
    private long[] ids = {};
    private int[] owners = {};

    /** People whose templates have changed since the lengths of their sums were computed. */
    private final BitSet changed = new BitSet();

    /** Of vectors whose length is that of the first one that is added. */
    public Gallery() {
        this(0);
    }

    /** @param dimension of the vectors; 0: that of the first one that is added */
    public Gallery(int dimension) {
        this.dimension = dimension;
    }

    /** Components of each vector; 0 while that is not known. */
    public int dimension() {
        return dimension;
    }

    /** Templates held. */
    public int size() {
        return size;
    }

    /** People with at least one template who are recognised. */
    public int people() {
        return compared().people();
    }

    /** Nobody is recognised as this person from now on; what is added under the label neither. */
    public void silence(Label label) {
        changing(() -> silent.add(label));
    }

    /** The person is recognised again. */
    public void hear(Label label) {
        changing(() -> silent.remove(label));
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
        changed.set(owners[size]);
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
            silent.remove(label);
        });
    }

    /** Gives the templates of one label to another, which may have some already. */
    public void move(Label from, Label to) {
        changing(() -> {
            if (from.equals(to)) {
                return;
            }
            if (silent.remove(from)) {
                silent.add(to);
            }
            int owner = people.find(from);
            if (owner < 0) {
                return;
            }
            for (int i = 0; i < size; i++) {
                if (owners[i] == owner) {
                    owners[i] = people.acquire(to);
                    changed.set(owners[i]);
                    people.release(owner);
                }
            }
        });
    }

    /** How many templates and people a probe is compared with. */
    public GallerySize compared() {
        return reading(() -> {
            int templates = 0;
            int unheard = 0;
            for (Label label : silent) {
                int theirs = people.templates(people.find(label));
                templates += theirs;
                unheard += theirs > 0 ? 1 : 0;
            }
            return new GallerySize(size - templates, people.count() - unheard);
        });
    }

    /** Templates of this person. */
    public int templates(Label label) {
        return reading(() -> people.templates(people.find(label)));
    }

    /** Likewise among all people, those too who are not recognised. */
    public List<List<Candidate>> searchEverybody(List<float[]> probes, int top) {
        return search(probes, top, Set.of());
    }

    /**
     * The people nearest to each probe who are recognised, by their score, nearest first (ties in label order).
     *
     * @param probes unit vectors of this gallery's dimension
     * @param top most people for each probe, at least 1
     */
    public List<List<Candidate>> search(List<float[]> probes, int top) {
        return search(probes, top, silent);
    }

    private List<List<Candidate>> search(List<float[]> probes, int top, Set<Label> without) {
        return reading(() -> {
            requireDimension(probes);
            var scores = new BlockScores(probes);
            var found = new PersonScores[probes.size()];
            for (int p = 0; p < found.length; p++) {
                found[p] = new PersonScores(people.slots());
            }
            for (int start = 0; start < size; start += BLOCK) {
                scores.compute(blocks.get(start / BLOCK), dimension);
                int filled = Math.min(BLOCK, size - start);
                for (int p = 0; p < found.length; p++) {
                    found[p].add(scores.of(p), owners, start, filled);
                }
            }
            return Arrays.stream(found)
                    .map(person -> people.top(person.scores(people), top, without))
                    .toList();
        });
    }

    /** The person's score against a probe; empty if there is no template. */
    public OptionalDouble similarity(Label label, float[] probe) {
        return reading(() -> {
            int owner = people.find(label);
            float best = Float.NEGATIVE_INFINITY;
            float sum = 0;
            for (int i = 0; i < size && owner >= 0; i++) {
                if (owners[i] == owner) {
                    float similarity = dot(probe, i);
                    best = Math.max(best, similarity);
                    sum += similarity;
                }
            }
            return owner < 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Owners.clip(PersonScore.of(best, sum, people.length(owner))));
        });
    }

    /**
     * How a template fits.
     *
     * @param own its score against the person's other templates; empty if it is the only one
     * @param other the nearest other person; empty if there is none
     */
    public record Fit(long id, OptionalDouble own, Optional<Candidate> other) {}

    /** How each template of a person fits; none if nobody has the label. */
    public List<Fit> fits(Label label) {
        List<Long> theirs = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        reading(() -> {
            int owner = people.find(label);
            for (int i = 0; i < size && owner >= 0; i++) {
                if (owners[i] == owner) {
                    float[] vector = new float[dimension];
                    addTo(vector, i, 1);
                    theirs.add(ids[i]);
                    vectors.add(vector);
                }
            }
            return owner;
        });
        if (theirs.isEmpty()) {
            return List.of();
        }
        List<List<Candidate>> nearest = searchEverybody(vectors, 2);
        List<Fit> fits = new ArrayList<>();
        for (int i = 0; i < theirs.size(); i++) {
            List<Embedding> others = new ArrayList<>();
            for (int j = 0; j < vectors.size(); j++) {
                if (j != i) {
                    others.add(new Embedding("", vectors.get(j)));
                }
            }
            OptionalDouble own = others.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(PersonScore.of(new Embedding("", vectors.get(i)), others));
            fits.add(new Fit(
                    theirs.get(i),
                    own,
                    nearest.get(i).stream()
                            .filter(candidate -> !candidate.label().equals(label))
                            .findFirst()));
        }
        return fits;
    }

    /** The score of the mean of one person against another person; empty if either has no template. */
    public OptionalDouble similarity(Label one, Label other) {
        float[] mean = reading(() -> {
            int owner = people.find(one);
            float[] sum = new float[dimension];
            for (int i = 0; i < size && owner >= 0; i++) {
                if (owners[i] == owner) {
                    addTo(sum, i, 1 / people.length(owner));
                }
            }
            return owner < 0 ? null : sum;
        });
        return mean == null ? OptionalDouble.empty() : similarity(other, mean);
    }

    private void addTo(float[] sum, int template, float weight) {
        float[] block = blocks.get(template / BLOCK);
        for (int d = 0; d < dimension; d++) {
            sum[d] += weight * block[template % BLOCK + d * BLOCK];
        }
    }

    /** One pass over all templates for any number of people. */
    private void measureLengths() {
        if (changed.isEmpty()) {
            return;
        }
        Map<Integer, float[]> sums = new HashMap<>();
        for (int i = 0; i < size; i++) {
            if (changed.get(owners[i]) && people.templates(owners[i]) > 1) {
                addTo(sums.computeIfAbsent(owners[i], owner -> new float[dimension]), i, 1);
            }
        }
        changed.stream().forEach(owner -> people.length(owner, 1));
        sums.forEach((owner, sum) -> people.length(owner, PersonScore.length(sum)));
        changed.clear();
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
        changed.set(owners[i]);
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
            measureLengths();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
