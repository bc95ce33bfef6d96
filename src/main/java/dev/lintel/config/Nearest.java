package dev.lintel.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of the known words somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** The known word with the fewest edits, if at most about a third of it was mistyped. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(Comparator.naturalOrder()))
                .filter(k -> distance(word, k) <= Math.max(2, k.length() / 3));
    }

    /** {@code ": did you mean x?"}, or a list of what there is. */
    static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(k -> "did you mean " + k + "?")
                .orElseGet(() -> "known here: "
                        + String.join(", ", known.stream().sorted().toList()));
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
