package dev.lintel.compat;

import dev.lintel.gateway.GuestCall;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a CompreFace client wants to know of each face.
 *
 * @param limit most faces, biggest first; 0: all
 * @param predictions most people for each face
 * @param detection smallest score of a face
 * @param plugins lower case
 * @param status whether to tell what was at work, and for how long
 */
record Asked(int limit, int predictions, double detection, Set<String> plugins, boolean status) {
    private static final int MOST_PREDICTIONS = 100;
    private static final Set<String> YES = Set.of("true", "yes", "on", "1");
    private static final Set<String> NO = Set.of("false", "no", "off", "0", "");

    static Asked of(GuestCall call) {
        int limit = (int) number(call, "limit", 0);
        if (limit < 0) {
            throw CompreFaceFault.bad(CompreFaceFault.OUT_OF_RANGE, "Limit should be equal or greater than 0; ");
        }
        int predictions = (int) number(call, "prediction_count", 1);
        if (predictions < 1) {
            throw CompreFaceFault.bad(
                    CompreFaceFault.OUT_OF_RANGE, "prediction_count should be equal or greater than 1; ");
        }
        return new Asked(
                limit,
                Math.min(predictions, MOST_PREDICTIONS),
                number(call, "det_prob_threshold", 0),
                new HashSet<>(List.of(call.query("face_plugins")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s", "")
                        .split(",", -1))),
                flag(call, "status"));
    }

    private static double number(GuestCall call, String name, double byDefault) {
        String text = call.query(name).orElse("").strip();
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, name + " must be a number");
        }
    }

    private static boolean flag(GuestCall call, String name) {
        String text = call.query(name).orElse("").strip().toLowerCase(Locale.ROOT);
        if (!YES.contains(text) && !NO.contains(text)) {
            throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, name + " must be true or false");
        }
        return YES.contains(text);
    }
}
