package dev.lintel.store.people;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The vectors of a gallery, and which number of {@link Owners} each belongs to. Each is there twice: exactly, all its components side
 * by side, and in a {@link CompactBlock}, which is what a search goes through. In blocks of {@value CompactBlock#SIZE}, so that growing
 * copies no vector. Places are 0 to {@link #size} - 1; the last one moves to where one is removed. The templates of one owner are
 * linked. Guarded by the gallery's lock.
 */
final class GalleryRows {
    private static final int BLOCK = CompactBlock.SIZE;
    private static final int NONE = -1;

    private final int dimension;
    private final List<float[]> exact = new ArrayList<>();
    private final List<CompactBlock> compact = new ArrayList<>();
    private int size;
    private long[] ids = {};
    private int[] owners = {};

    /** The next place of the same owner. */
    private int[] next = {};

    /** The first place of each owner. */
    private int[] first = {};

    GalleryRows(int dimension) {
        this.dimension = dimension;
    }

    int dimension() {
        return dimension;
    }

    int size() {
        return size;
    }

    void add(long id, int owner, float[] vector) {
        if (size == ids.length) {
            int capacity = Math.max(BLOCK, Math.multiplyExact(size, 2));
            ids = Arrays.copyOf(ids, capacity);
            owners = Arrays.copyOf(owners, capacity);
            next = Arrays.copyOf(next, capacity);
        }
        if (size == exact.size() * BLOCK) {
            exact.add(new float[BLOCK * dimension]);
            compact.add(new CompactBlock(dimension));
        }
        ids[size] = id;
        System.arraycopy(vector, 0, exact.get(size / BLOCK), size % BLOCK * dimension, dimension);
        compact.get(size / BLOCK).put(size % BLOCK, vector);
        link(size, owner);
        size++;
    }

    void remove(int place) {
        unlink(place);
        int last = size - 1;
        if (place != last) {
            int owner = owners[last];
            unlink(last);
            ids[place] = ids[last];
            System.arraycopy(
                    exact.get(last / BLOCK),
                    last % BLOCK * dimension,
                    exact.get(place / BLOCK),
                    place % BLOCK * dimension,
                    dimension);
            compact.get(place / BLOCK).copy(place % BLOCK, compact.get(last / BLOCK), last % BLOCK);
            link(place, owner);
        }
        int at = last % BLOCK * dimension;
        Arrays.fill(exact.get(last / BLOCK), at, at + dimension, 0);
        compact.get(last / BLOCK).clear(last % BLOCK);
        size = last;
    }

    /** Gives the template at this place to another owner. */
    void give(int place, int owner) {
        unlink(place);
        link(place, owner);
    }

    int owner(int place) {
        return owners[place];
    }

    long id(int place) {
        return ids[place];
    }

    /** The places of an owner's templates in ascending order. */
    int[] of(int owner) {
        int count = 0;
        for (int place = firstOf(owner); place != NONE; place = next[place]) {
            count++;
        }
        int[] places = new int[count];
        for (int place = firstOf(owner); place != NONE; place = next[place]) {
            places[--count] = place;
        }
        Arrays.sort(places);
        return places;
    }

    /** Exactly. */
    float similarity(int place, float[] probe) {
        float[] rows = exact.get(place / BLOCK);
        int at = place % BLOCK * dimension;
        float sum = 0;
        int d = 0;
        for (; d + 4 <= dimension; d += 4) {
            sum += probe[d] * rows[at + d]
                    + probe[d + 1] * rows[at + d + 1]
                    + probe[d + 2] * rows[at + d + 2]
                    + probe[d + 3] * rows[at + d + 3];
        }
        for (; d < dimension; d++) {
            sum += probe[d] * rows[at + d];
        }
        return sum;
    }

    /** Adds the vector at this place, times {@code weight}. */
    void addTo(float[] sum, int place, float weight) {
        float[] rows = exact.get(place / BLOCK);
        int at = place % BLOCK * dimension;
        for (int d = 0; d < dimension; d++) {
            sum[d] += weight * rows[at + d];
        }
    }

    /** The length of what the template at this place lost in its {@link CompactBlock}. */
    float lost(int place) {
        return compact.get(place / BLOCK).lost(place % BLOCK);
    }

    /** Adds what the template at this place lost. */
    void addLostTo(float[] sum, int place) {
        addTo(sum, place, 1);
        compact.get(place / BLOCK).subtractFrom(sum, place % BLOCK);
    }

    /** Adds to each probe's scores what all templates are like, nearly. */
    void compare(List<CompactProbe> probes, PersonScores[] scores) {
        int[] sums = new int[BLOCK];
        for (int start = 0; start < size; start += BLOCK) {
            CompactBlock block = compact.get(start / BLOCK);
            int filled = Math.min(BLOCK, size - start);
            for (int p = 0; p < scores.length; p++) {
                block.multiply(probes.get(p), sums);
                scores[p].add(sums, block.units(), probes.get(p).unit(), owners, start, filled);
            }
        }
    }

    private int firstOf(int owner) {
        return owner < first.length ? first[owner] : NONE;
    }

    private void link(int place, int owner) {
        if (owner >= first.length) {
            int known = first.length;
            first = Arrays.copyOf(first, Math.max(owner + 1, Math.max(16, 2 * known)));
            Arrays.fill(first, known, first.length, NONE);
        }
        owners[place] = owner;
        next[place] = first[owner];
        first[owner] = place;
    }

    private void unlink(int place) {
        int owner = owners[place];
        if (first[owner] == place) {
            first[owner] = next[place];
            return;
        }
        int before = first[owner];
        while (next[before] != place) {
            before = next[before];
        }
        next[before] = next[place];
    }
}
