package dev.lintel.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** How the file is read. */
final class YamlReader {
    static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(Scalars.module())
            .addHandler(new OffWord())
            .build();

    private YamlReader() {}

    /**
     * The tree of a text; missing if there is nothing in it.
     *
     * @throws ConfigException that says where the text is no YAML, without quoting it
     */
    static JsonNode parse(String text, String source) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            return tree == null || tree.isNull() ? MAPPER.missingNode() : tree;
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new ConfigException(source + where + ": " + problem(e));
        }
    }

    /** What SnakeYAML found, without the lines that it quotes. */
    static String problem(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblem() != null) {
            String context = yaml.getContext() == null ? "" : yaml.getContext() + ": ";
            return "is no YAML: " + context + yaml.getProblem();
        }
        String message = e.getOriginalMessage();
        return message == null ? "is no YAML" : message.lines().findFirst().orElse("is no YAML");
    }
}
