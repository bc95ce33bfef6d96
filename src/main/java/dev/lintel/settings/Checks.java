package dev.lintel.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at all values of a record before it refuses them, so that everything that is wrong is said at once. Ends with
 * {@link #done}. Used from one thread.
 */
public final class Checks {
    private final List<String> problems = new ArrayList<>();

    /** @param problem begins with the key: {@code port: must be 1..65535, was 0} */
    public Checks that(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
        return this;
    }

    public Checks range(String key, long value, long least, long most) {
        return that(value >= least && value <= most, key + ": must be " + least + ".." + most + ", was " + value);
    }

    public Checks range(String key, double value, double least, double most) {
        return that(
                value >= least && value <= most,
                key + ": must be " + number(least) + ".." + number(most) + ", was " + value);
    }

    public Checks range(String key, Duration value, Duration least, Duration most) {
        return that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                key + ": must be " + text(least) + ".." + text(most) + ", was " + text(value));
    }

    public Checks positive(String key, Duration value) {
        return that(value.compareTo(Duration.ZERO) > 0, key + ": must be longer than nothing, was " + text(value));
    }

    /** Runs something that throws an {@link IllegalArgumentException}, with the key before the sentence, if it is wrong. */
    public Checks valid(Runnable parsing) {
        try {
            parsing.run();
        } catch (SettingsException e) {
            problems.addAll(e.problems());
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return this;
    }

    /** @throws SettingsException with everything that is wrong, if anything is */
    public void done() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** As the file has it: {@code 1500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 90d}. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        long[] sizes = {86_400_000, 3_600_000, 60_000, 1000};
        String[] units = {"d", "h", "m", "s"};
        for (int i = 0; i < sizes.length; i++) {
            if (millis != 0 && millis % sizes[i] == 0) {
                return millis / sizes[i] + units[i];
            }
        }
        return millis == 0 ? "0s" : millis + "ms";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
