package dev.lintel.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads a backup of the format that {@link GalleryJson} writes, part by part, so that no more than one lies in memory beside the
 * document. By hand instead of through the contract's schemas: a hundred thousand templates are checked as they are read,
 * and what is wrong is named with its place. Call off the event loop, and from one thread at a time.
 */
final class GalleryReader {
    private static final int LONGEST_VECTOR = 4096;

    /** Templates, rights and what is said of people: reading them takes a few milliseconds. */
    private static final int PART = 500;

    /** A template in fewer bytes has no room for its members. */
    private static final int SHORTEST = 80;

    /** Of what is read for one part: an item may be as long as it likes, but not many of them. */
    private static final long LARGEST_PART = 2 << 20;

    /** Characters of a text, which may be a vector. */
    private static final int LONGEST_TEXT = 64 * 1024;

    private static final int DEEPEST = 16;

    /** Members of one item and what lies in it: rights may have a list of days and hours. */
    private static final int MOST_TOKENS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(1000)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final InputStream body;
    private final LongSupplier read;
    private final long bytes;
    private JsonParser parser;
    private String format;
    private boolean templates;
    /** Name of the list that is being read; null between two members. */
    private String list;

    private int index;
    private int tokens;

    /**
     * @param body read from the same thread
     * @param read how much of it was read so far
     * @param bytes of the whole body at most
     */
    GalleryReader(InputStream body, LongSupplier read, long bytes) {
        this.body = body;
        this.read = read;
        this.bytes = bytes;
    }

    /** @param last whether nothing follows */
    record Part(GalleryDump dump, boolean last) {}

    /** So many templates there are at most. */
    long most() {
        return bytes / SHORTEST + 1L;
    }

    /**
     * Goes on where the part before ended.
     *
     * @throws ProblemException 400 that says what is wrong and where
     */
    Part next() {
        List<GalleryDump.Entry> entries = new ArrayList<>();
        List<GalleryDump.Rights> rights = new ArrayList<>();
        List<GalleryDump.Described> people = new ArrayList<>();
        try {
            if (parser == null) {
                parser = JSON.createParser(body);
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw noObject();
                }
            }
            long begun = read.getAsLong();
            while (entries.size() + rights.size() + people.size() < PART && read.getAsLong() - begun < LARGEST_PART) {
                if (list != null) {
                    item(entries, rights, people);
                } else if (parser.nextToken() == JsonToken.FIELD_NAME) {
                    member();
                } else {
                    end();
                    return new Part(new GalleryDump(entries, rights, people), true);
                }
            }
            return new Part(new GalleryDump(entries, rights, people), false);
        } catch (IOException e) {
            throw noObject();
        }
    }

    private static ProblemException noObject() {
        return invalid("the body is no JSON object: send the file that /export gave");
    }

    private void member() throws IOException {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
            case "format" -> format = parser.getText();
            case "templates", "access", "people" -> {
                if (parser.currentToken() != JsonToken.START_ARRAY) {
                    throw invalid(name + ": must be a list");
                }
                list = name;
                index = 0;
                templates |= name.equals("templates");
            }
            default -> parser.skipChildren();
        }
    }

    private void item(
            List<GalleryDump.Entry> entries, List<GalleryDump.Rights> rights, List<GalleryDump.Described> people)
            throws IOException {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            list = null;
            return;
        }
        String at = list + "[" + index++ + "]";
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid(at + ": must be an object");
        }
        tokens = 0;
        JsonObject json = object(at);
        switch (list) {
            case "templates" -> entries.add(entry(json, at + "."));
            case "access" -> rights.add(rights(json, at + "."));
            default -> people.add(person(json, at + "."));
        }
    }

    /** What stands there, and no more than an item may hold. */
    private JsonObject object(String at) throws IOException {
        JsonObject json = new JsonObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            json.put(name, value(at));
        }
        return json;
    }

    private Object value(String at) throws IOException {
        if (++tokens > MOST_TOKENS) {
            throw invalid(at + ": has more than " + MOST_TOKENS + " members");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> {
                JsonArray list = new JsonArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(at));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private void end() throws IOException {
        parser.close();
        if (!GalleryJson.FORMAT.equals(format)) {
            throw invalid("format: must be " + GalleryJson.FORMAT);
        }
        if (!templates) {
            throw invalid("templates: must be a list");
        }
    }

    private static GalleryDump.Rights rights(JsonObject json, String at) {
        return new GalleryDump.Rights(label(json, at), RightsJson.read(json, at));
    }

    private static GalleryDump.Described person(JsonObject json, String at) {
        try {
            return new GalleryDump.Described(
                    label(json, at),
                    DetailsJson.read(json, at),
                    json.getValue("inactive_since") == null ? null : Instant.parse(text(json, "inactive_since", at)));
        } catch (DateTimeException e) {
            throw invalid(at + "inactive_since: must be a time such as 2026-11-24T12:00:00Z");
        }
    }

    private static GalleryDump.Entry entry(JsonObject json, String at) {
        Label label = label(json, at);
        if (!(json.getValue("quality") instanceof Number quality)
                || !(quality.doubleValue() >= 0 && quality.doubleValue() <= 1)) {
            throw invalid(at + "quality: must be a number from 0 to 1");
        }
        try {
            Embedding embedding = new Embedding(text(json, "model_id", at), decode(text(json, "vector", at)));
            return new GalleryDump.Entry(
                    label,
                    Instant.parse(text(json, "created_at", at)),
                    quality.doubleValue(),
                    embedding,
                    Boolean.TRUE.equals(json.getValue("set_aside")));
        } catch (DateTimeException e) {
            throw invalid(at + "created_at: must be a time such as 2026-11-24T12:00:00Z");
        } catch (IllegalArgumentException e) {
            throw invalid(at + "vector: must be base64 of 1 to " + LONGEST_VECTOR
                    + " finite 32-bit floats, little-endian, not all zero or nearly so");
        }
    }

    private static Label label(JsonObject json, String at) {
        return Label.parse(text(json, "label", at)).fold(parsed -> parsed, refusal -> {
            throw invalid(at + "label: " + refusal.detail());
        });
    }

    private static String text(JsonObject json, String key, String at) {
        if (json.getValue(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw invalid(at + key + ": must be a text");
    }

    private static float[] decode(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length == 0 || bytes.length % Float.BYTES != 0 || bytes.length > LONGEST_VECTOR * Float.BYTES) {
            throw new IllegalArgumentException();
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    private static ProblemException invalid(String detail) {
        return Problem.invalid(detail).exception();
    }
}
