package dev.lintel.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * The configuration that lies beneath every other one: the same text as {@code conf/lintel.yaml}. It holds the default of
 * every key, and below {@code defaults} what an item of a list has unless it says otherwise.
 */
final class Bundled {
    private static final ObjectNode TREE = read();

    private Bundled() {}

    /** A copy of its own for each caller. */
    static ObjectNode tree() {
        return TREE.deepCopy();
    }

    private static ObjectNode read() {
        try (InputStream text = Bundled.class.getResourceAsStream("lintel.yaml")) {
            return (ObjectNode) YamlReader.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("the bundled configuration cannot be read", e);
        }
    }
}
