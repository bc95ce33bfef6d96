package dev.lintel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Records of the configuration as they are when nothing, or only a little, is configured. */
public final class Defaults {
    private Defaults() {}

    /**
     * A record with its defaults, but for what the lines of YAML say.
     *
     * @param type of a section, of an item of a list, or of the whole
     * @throws ConfigException with all that is wrong with the lines
     */
    public static <T> T of(Class<T> type, String... yaml) {
        JsonNode own = YamlReader.parse(String.join("\n", yaml), "these lines");
        ObjectNode bundled = Bundled.tree();
        Derived.complete(bundled, Templates.above(type, own));
        Templates templates = new Templates(bundled, YamlReader.MAPPER.createObjectNode());
        Binder binder = new Binder(templates);
        return binder.bind(type, own, templates.beneath(type, bundled))
                .orElseThrow(() -> ConfigException.of(binder.problems(), path -> ""));
    }
}
