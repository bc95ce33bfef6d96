package dev.lintel.store.people;

import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** JMH: the exact search of one probe on one thread: {@code scripts/bench micro}, which says how long and how often. */
@State(Scope.Benchmark)
public class SearchJmh {
    private static final int PROBES = 64;

    @Param({"1000", "10000", "100000"})
    public int templates;

    private final Gallery gallery = new Gallery();
    private List<List<float[]>> probes;
    private int next;

    @Setup
    public void fill() {
        Random random = new Random(1);
        SearchBench.fill(gallery, templates, random);
        probes = SearchBench.probes(random, PROBES);
    }

    @Benchmark
    public Object search() {
        return gallery.search(probes.get(next++ % PROBES), SearchBench.TOP);
    }
}
