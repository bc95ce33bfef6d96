package dev.lintel.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One change of the configuration file.
 *
 * @param path of the key, such as {@code doors[0].schedules}
 * @param value null for what is taken away
 */
public record SettingsChange(Kind kind, String path, JsonNode value) {

    /** What is done at the path. */
    public enum Kind {
        /** Gives a key a value; a section is merged into one that is there. */
        SET,
        /** Gives a key a value and nothing of what was there. */
        REPLACE,
        /** Adds an item to the end of a list. */
        APPEND,
        /** Takes a key or an item away. */
        REMOVE
    }

    YamlText on(YamlText text) {
        return switch (kind) {
            case SET -> text.set(path, plain());
            case REPLACE -> text.replace(path, plain());
            case APPEND -> text.append(path, plain());
            case REMOVE -> text.remove(path);
        };
    }

    private Object plain() {
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(path + ": has no value: take the key away instead");
        }
        return YamlReader.MAPPER.convertValue(value, Object.class);
    }
}
