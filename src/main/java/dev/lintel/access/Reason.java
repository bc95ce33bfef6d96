package dev.lintel.access;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that decided, or spoke for or against it: a code and the numbers, from which each place that shows it makes a
 * sentence in its reader's language. Without personal data.
 *
 * @param code stable name, see {@link #sentence}; of what was recorded before there were codes, the sentence itself
 * @param numbers what was found and what was needed, by name
 */
public record Reason(String code, Map<String, Double> numbers) implements Serializable {

    public Reason {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
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

    private double number(String name) {
        return numbers.getOrDefault(name, Double.NaN);
    }

    /** In English, without a full stop; a code that is not known is its own sentence. */
    public String sentence() {
        return switch (code) {
            case "live-score" -> text("the score %.2f, %.2f is needed", "found", "needed");
            case "attack-score" ->
                text("the score %.2f, %.2f and less counts as a photo or a screen", "found", "needed");
            case "network" ->
                text("the network's %.3f on average over %.0f frames, %.3f is needed", "found", "frames", "needed");
            case "network-missing" -> text("the network judged %.0f frames, %.0f are needed", "found", "needed");
            case "grey" -> "the picture has no colour, as at night: motion has to speak for a live face as well";
            case "grey-still" ->
                "the picture has no colour, as at night, and nothing moved so far as only a live face does";
            case "no-network" -> "no liveness network is configured";
            case "frames" -> text("only %.0f frames were judged so far, %.0f are needed", "found", "needed");
            case "time" -> text("only %.0f ms were judged so far, %.0f are needed", "found", "needed");
            case "depth" -> text("the face has depth: the nose moved against it by %.0f %%", "percent");
            case "flat" ->
                text("the face turned like a flat sheet: narrower by %.0f %%, but the nose stayed", "percent");
            case "scene-carried" -> "what is beside the face moves along with it, as in a picture that is carried";
            case "scene-stays" -> "the face moves before a scene that stays";
            case "no-noise" -> "the picture of the face does not change at all, not even by a camera's noise";
            case "eyes" -> "the eyes moved by themselves";
            case "edges" -> "straight edges run beside the face, as around a screen or a sheet";
            case "implausible" -> text("%.0f of %.0f frames were blown out or without texture", "found", "frames");
            case "challenge-passed" -> text("%.0f movements that were asked for were made, in %.0f ms", "movements", "ms");
            case "challenge-still" -> "movements are asked for as soon as the head is held still: it was not";
            case "challenge-turn" -> "somebody else was asked to move the head meanwhile";
            case "challenge-slow" -> text("movement %.0f that was asked for was not made in time", "step");
            case "challenge-other" -> text("another movement was made than number %.0f, which was asked for", "step");
            case "challenge-early" -> text("the head moved before movement %.0f was asked for", "step");
            case "challenge-cut" -> text("the picture jumped during movement %.0f, as where a film is cut", "step");
            case "challenge-gap" -> text("frames were missing during movement %.0f", "step");
            case "challenge-face" -> "the face was lost or became somebody else's after movements were asked for";
            case "challenge-unseen" -> "the face was not recognised while it moved";
            case "challenge-locked" -> text("the movements failed too often: none are asked for in the next %.0f s", "seconds");
            default -> code;
        };
    }

    private String text(String format, String... names) {
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = number(names[i]);
        }
        return String.format(java.util.Locale.ROOT, format, values);
    }
}
