package dev.lintel.settings;

import java.util.List;

/** Values of a record of the configuration that cannot be used. Each problem begins with the key: {@code port: must be …}. */
public final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each, at least one. */
    public List<String> problems() {
        return problems;
    }
}
