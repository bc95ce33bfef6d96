package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One thing that decided, or spoke for or against it, or happened: a code, numbers and words, from which each place that shows it
 * makes a sentence in its reader's language. Names nobody.
 *
 * @param code stable name, see {@link Sentences}; of what was recorded before there were codes, the sentence itself
 * @param numbers what was found and what was needed, by name
 * @param words what is no number, by name: groups, hours, times as {@link Instant} writes them
 */
public record Reason(String code, Map<String, Double> numbers, Map<String, String> words) implements Serializable {
    /** That the box did not know the time, so that the event's is wrong. */
    public static final String CLOCK = "clock";

    public Reason {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        words = Collections.unmodifiableMap(new TreeMap<>(words));
    }

    public Reason(String code, Map<String, Double> numbers) {
        this(code, numbers, Map.of());
    }

    public Reason(String code) {
        this(code, Map.of());
    }

    /** What was found, without a sentence of its own for how it was judged. */
    public static Reason found(String code, String name, double value) {
        return new Reason(code, Map.of(name, value));
    }

    /** What was found against what was needed. */
    public static Reason of(String code, double found, double needed) {
        return new Reason(code, Map.of("found", found, "needed", needed));
    }

    /** What is said with a word. */
    public static Reason said(String code, String name, String word) {
        return new Reason(code, Map.of(), Map.of(name, word));
    }

    /** What is said with a moment, to the second. */
    public static Reason at(String code, String name, Instant time) {
        return said(code, name, time.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** The same with one more number; without one that is none, such as a margin where there is nobody else. */
    public Reason with(String name, double number) {
        Map<String, Double> more = new TreeMap<>(numbers);
        if (Double.isFinite(number)) {
            more.put(name, number);
        }
        return new Reason(code, more, words);
    }

    /** The same with one more word. */
    public Reason with(String name, String word) {
        Map<String, String> more = new TreeMap<>(words);
        more.put(name, word);
        return new Reason(code, numbers, more);
    }

    /** In English, without a full stop; a code that is not known is its own sentence. */
    public String sentence() {
        return Sentences.of(this);
    }

    /** Whether one of them has this code. */
    public static boolean has(List<Reason> reasons, String code) {
        return reasons.stream().anyMatch(reason -> reason.code().equals(code));
    }

    /** All of them in English, in one line. */
    public static String text(List<Reason> reasons) {
        return reasons.stream().map(Reason::sentence).collect(Collectors.joining("; "));
    }

    public static String text(Reason... reasons) {
        return text(Arrays.asList(reasons));
    }
}
