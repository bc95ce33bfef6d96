package dev.lintel.evaluation;

import dev.lintel.face.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Replaces the {@code calibration} block of a pack's manifest and leaves every other line as it is. */
public final class ManifestCalibration {
    private ManifestCalibration() {}

    /**
     * Writes the manifest anew, or not at all.
     *
     * @param source how it was measured, one line
     * @throws IOException if it cannot be written
     */
    public static void write(Path manifest, Calibration calibration, String source) throws IOException {
        String changed = replace(Files.readString(manifest), calibration, source);
        Path draft = manifest.resolveSibling(manifest.getFileName() + ".new");
        Files.writeString(draft, changed);
        Files.move(draft, manifest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The block ends before the next line that is neither indented nor part of its list. */
    static String replace(String manifest, Calibration calibration, String source) {
        List<String> lines = new ArrayList<>(manifest.lines().toList());
        int start = 0;
        while (start < lines.size() && !lines.get(start).startsWith("calibration:")) {
            start++;
        }
        int end = Math.min(lines.size(), start + 1);
        while (end < lines.size()
                && (lines.get(end).startsWith(" ") || lines.get(end).startsWith("- "))) {
            end++;
        }
        List<String> out = new ArrayList<>(lines.subList(0, start));
        out.addAll(block(calibration, source));
        out.addAll(lines.subList(end, lines.size()));
        return String.join("\n", out) + "\n";
    }

    /** The block as YAML, one line each. */
    public static List<String> block(Calibration calibration, String source) {
        List<String> lines = new ArrayList<>();
        lines.add("calibration:");
        lines.add(String.format(Locale.ROOT, "  similarityAtDefault: %.4f", calibration.similarityAtDefault()));
        lines.add("  thresholds:");
        calibration.thresholds().forEach(p -> lines.add(point(p)));
        if (!calibration.looks().isEmpty()) {
            lines.add(String.format(Locale.ROOT, "  likeness: %.4f", calibration.likeness()));
            lines.add("  looks:");
            calibration.looks().forEach(one -> {
                lines.add(String.format(Locale.ROOT, "    - n: %d", one.n()));
                lines.add(String.format(Locale.ROOT, "      templates: %d", one.templates()));
                lines.add("      thresholds:");
                one.thresholds().forEach(p -> lines.add("    " + point(p)));
            });
        }
        lines.add("  source: \"" + source.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        return lines;
    }

    private static String point(Calibration.Point p) {
        return String.format(Locale.ROOT, "    - {fmr: %.1e, similarity: %.4f}", p.fmr(), p.similarity());
    }
}
