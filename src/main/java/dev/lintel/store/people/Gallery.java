package dev.lintel.store.people;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.PersonScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The templates of the running model in memory, searched exactly.
 *
 * <p>A search goes through all of them in 8 bits ({@link CompactBlock}), which is a quarter of the memory, and knows how wrong each
 * person's score may be by that. Whoever may still be among the best is then compared in full: people and scores are those of a
 * search in full.
 *
 * <p>A person's score is half that of the nearest template and half that of the normalised mean of all templates. The mean needs no
 * row of its own: the similarity to it is the sum of the similarities to the templates, divided by the length of their sum.
 *
 * <p>Thread-safe by a read/write lock: searches run side by side, a change waits for them; sizes are read without it.
 * All vectors have unit length and one dimension.
 */
public final class Gallery {
    private static final Comparator<Candidate> FARTHEST_FIRST = Comparator.comparingDouble(Candidate::similarity)
            .thenComparing(Candidate::label, Comparator.reverseOrder());

    /** By how much rounding of one step of a calculation with floats changes a number near 1, and a margin. */
    private static final float ROUNDING = 0x1p-22f;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Owners people = new Owners();

    /** Who is kept, but not recognised; with or without templates. */
    private final Set<Label> silent = new HashSet<>();

    private volatile int dimension;
    private volatile int size;
    private GalleryRows templates;

    /** People whose templates have changed since they were measured. */
    private final BitSet changed = new BitSet();

    /** Of vectors whose length is that of the first one that is added. */
    public Gallery() {
        this(0);
    }

    /** @param dimension of the vectors; 0: that of the first one that is added */
    public Gallery(int dimension) {
        this.dimension = dimension;
        this.templates = new GalleryRows(dimension);
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
            templates = new GalleryRows(dimension);
        } else if (dimension != vector.length) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " components among ones of " + dimension);
        }
        int owner = people.acquire(template.label);
        changed.set(owner);
        templates.add(template.id, owner, vector);
    }

    public void remove(long id) {
        changing(() -> {
            for (int place = templates.size() - 1; place >= 0; place--) {
                if (templates.id(place) == id) {
                    removeAt(place);
                }
            }
        });
    }

    public void removeAll(Label label) {
        changing(() -> {
            int[] places = places(label);
            for (int i = places.length - 1; i >= 0; i--) {
                removeAt(places[i]);
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
            for (int place : places(from)) {
                int former = templates.owner(place);
                int owner = people.acquire(to);
                changed.set(owner);
                templates.give(place, owner);
                people.release(former);
            }
        });
    }

    /** How many templates and people a probe is compared with. */
    public GallerySize compared() {
        return reading(() -> {
            int ofSilent = 0;
            int unheard = 0;
            for (Label label : silent) {
                int theirs = people.templates(people.find(label));
                ofSilent += theirs;
                unheard += theirs > 0 ? 1 : 0;
            }
            return new GallerySize(size - ofSilent, people.count() - unheard);
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
            List<CompactProbe> compact = probes.stream().map(CompactProbe::new).toList();
            var rough = new PersonScores[probes.size()];
            Arrays.setAll(rough, p -> new PersonScores(people.slots()));
            templates.compare(compact, rough);
            List<List<Candidate>> found = new ArrayList<>();
            for (int p = 0; p < rough.length; p++) {
                float[] scores = rough[p].scores(people);
                for (Label label : without) {
                    int owner = people.find(label);
                    if (owner >= 0) {
                        scores[owner] = Float.NEGATIVE_INFINITY;
                    }
                }
                found.add(nearest(
                        probes.get(p), scores, Math.max(1, compact.get(p).length()), top));
            }
            return found;
        });
    }

    /**
     * The best in full.
     *
     * @param scores nearly; minus infinity for whoever is left out
     * @param length times the slack of a person: how wrong the score may be
     */
    private List<Candidate> nearest(float[] probe, float[] scores, float length, int top) {
        float needed = needed(scores, length, top);
        List<Integer> possible = new ArrayList<>();
        for (int owner = 0; owner < scores.length; owner++) {
            if (scores[owner] > Float.NEGATIVE_INFINITY && scores[owner] + length * people.slack(owner) >= needed) {
                possible.add(owner);
            }
        }
        possible.sort(Comparator.comparingDouble(owner -> -scores[owner])); // so that few others need to be compared
        var nearest = new PriorityQueue<>(FARTHEST_FIRST);
        for (int owner : possible) {
            if (nearest.size() == top) {
                double most = clip(scores[owner] + length * people.slack(owner));
                if (most < nearest.peek().similarity()) {
                    continue;
                }
            }
            nearest.add(new Candidate(people.label(owner), clip(score(owner, probe))));
            if (nearest.size() > top) {
                nearest.remove();
            }
        }
        List<Candidate> found = new ArrayList<>(nearest);
        found.sort(FARTHEST_FIRST.reversed());
        return found;
    }

    /** What so many people reach for certain; at most what counts as a score of 1. */
    private float needed(float[] scores, float length, int top) {
        float[] best = new float[Math.min(top, people.count())];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int owner = 0; owner < scores.length && best.length > 0; owner++) {
            float certain = scores[owner] - length * people.slack(owner);
            if (certain > best[0]) {
                int at = Arrays.binarySearch(best, certain);
                int place = at < 0 ? -at - 2 : at;
                System.arraycopy(best, 1, best, 0, place);
                best[place] = certain;
            }
        }
        return best.length == 0 ? 0 : Math.min(best[0], 1) - ROUNDING;
    }

    /** In full. */
    private float score(int owner, float[] probe) {
        float best = Float.NEGATIVE_INFINITY;
        float sum = 0;
        for (int place : templates.of(owner)) {
            float similarity = templates.similarity(place, probe);
            best = Math.max(best, similarity);
            sum += similarity;
        }
        return PersonScore.of(best, sum, people.length(owner));
    }

    /** A cosine similarity without the rounding beyond its range. */
    private static double clip(float similarity) {
        return Math.max(-1, Math.min(1, similarity));
    }

    /** The person's score against a probe; empty if there is no template. */
    public OptionalDouble similarity(Label label, float[] probe) {
        return reading(() -> {
            int owner = people.find(label);
            return owner < 0 ? OptionalDouble.empty() : OptionalDouble.of(clip(score(owner, probe)));
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
            for (int place : places(label)) {
                float[] vector = new float[dimension];
                templates.addTo(vector, place, 1);
                theirs.add(templates.id(place));
                vectors.add(vector);
            }
            return null;
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
            for (int place : places(one)) {
                templates.addTo(sum, place, 1 / people.length(owner));
            }
            return owner < 0 ? null : sum;
        });
        return mean == null ? OptionalDouble.empty() : similarity(other, mean);
    }

    private int[] places(Label label) {
        int owner = people.find(label);
        return owner < 0 ? new int[0] : templates.of(owner);
    }

    /** Of whoever has changed: the length of the sum, and how wrong the score may be that is reckoned with at first. */
    private void measure() {
        changed.stream().filter(owner -> people.templates(owner) > 0).forEach(owner -> {
            float[] sum = new float[dimension];
            float[] lost = new float[dimension];
            float most = 0;
            int[] places = templates.of(owner);
            for (int place : places) {
                templates.addTo(sum, place, 1);
                templates.addLostTo(lost, place);
                most = Math.max(most, templates.lost(place));
            }
            float length = places.length == 1 ? 1 : PersonScore.length(sum);
            float rounding = ROUNDING * (dimension + 16 + places.length);
            people.measured(
                    owner,
                    length,
                    PersonScore.of(most + rounding, PersonScore.length(lost) + rounding * places.length, length));
        });
        changed.clear();
    }

    private void requireDimension(List<float[]> probes) {
        for (float[] probe : probes) {
            if (size > 0 && probe.length != dimension) {
                throw new IllegalArgumentException(
                        "a probe of " + probe.length + " components, the gallery has " + dimension);
            }
        }
    }

    private void removeAt(int place) {
        int owner = templates.owner(place);
        changed.set(owner);
        changed.set(templates.owner(templates.size() - 1)); // its order changes, and so how its sum is rounded
        templates.remove(place);
        people.release(owner);
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
            measure();
            size = templates.size();
            lock.writeLock().unlock();
        }
    }
}
