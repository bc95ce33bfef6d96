package dev.lintel.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import io.vertx.core.buffer.Buffer;
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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The backup format {@value #FORMAT}. Read by hand instead of through the contract's schemas: a hundred thousand
 * templates are checked as they are read, and what is wrong is named with its place. Call off the event loop.
 */
final class GalleryJson {
    static final String FORMAT = "lintel-gallery-1";
    private static final int LONGEST_VECTOR = 4096;
    private static final int PART = 50;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private GalleryJson() {}

    /** The document in parts of moderate size, made as they are asked for. */
    static Iterator<Buffer> write(GalleryDump dump) {
        List<GalleryDump.Entry> entries = dump.entries();
        return new Iterator<>() {
            private int next;
            private boolean begun;

            @Override
            public boolean hasNext() {
                return !begun || next < entries.size();
            }

            @Override
            public Buffer next() {
                Buffer part = Buffer.buffer();
                if (!begun) {
                    part.appendString(
                            "{\"format\":\"" + FORMAT + "\",\"exported_at\":\"" + Instant.now() + "\",\"templates\":[");
                    begun = true;
                }
                int end = Math.min(entries.size(), next + PART);
                for (; next < end; next++) {
                    part.appendString(next == 0 ? "" : ",")
                            .appendBuffer(json(entries.get(next)).toBuffer());
                }
                return next == entries.size()
                        ? part.appendString("],\"access\":" + access(dump).encode() + "}")
                        : part;
            }
        };
    }

    private static JsonArray access(GalleryDump dump) {
        JsonArray access = new JsonArray();
        dump.rights().forEach(person -> {
            JsonObject json = RightsJson.write(person.rights());
            json.remove("pin_set");
            access.add(json.put("label", person.label().text()));
        });
        return access;
    }

    static JsonObject json(GalleryDump.Entry entry) {
        return new JsonObject()
                .put("label", entry.label().text())
                .put("model_id", entry.embedding().modelId())
                .put("created_at", entry.createdAt().toString())
                .put("quality", entry.quality())
                .put("vector", encode(entry.embedding().vector()));
    }

    /**
     * Template by template, so that no tree of the whole document lies in memory beside it.
     *
     * @throws ProblemException 400 that says what is wrong and where
     */
    static GalleryDump read(Buffer body) {
        try (JsonParser parser = JSON.createParser(new BufferStream(body))) {
            return read(parser);
        } catch (IOException e) {
            throw invalid("the body is no JSON object: send the file that /export gave");
        }
    }

    private static GalleryDump read(JsonParser parser) throws IOException {
        String format = null;
        List<GalleryDump.Entry> entries = null;
        List<GalleryDump.Rights> rights = List.of();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw invalid("the body is no JSON object: send the file that /export gave");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "format" -> format = parser.getText();
                case "templates" -> entries = list(parser, "templates", GalleryJson::entry);
                case "access" -> rights = list(parser, "access", GalleryJson::rights);
                default -> parser.skipChildren();
            }
        }
        if (!FORMAT.equals(format)) {
            throw invalid("format: must be " + FORMAT);
        }
        if (entries == null) {
            throw invalid("templates: must be a list");
        }
        return new GalleryDump(entries, rights);
    }

    private static <T> List<T> list(JsonParser parser, String name, BiFunction<JsonObject, String, T> reader)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(name + ": must be a list");
        }
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String at = name + "[" + items.size() + "]";
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw invalid(at + ": must be an object");
            }
            items.add(reader.apply(new JsonObject(parser.<Map<String, Object>>readValueAs(OBJECT)), at + "."));
        }
        return items;
    }

    private static GalleryDump.Rights rights(JsonObject json, String at) {
        return new GalleryDump.Rights(label(json, at), RightsJson.read(json, at));
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
                    label, Instant.parse(text(json, "created_at", at)), quality.doubleValue(), embedding);
        } catch (DateTimeException e) {
            throw invalid(at + "created_at: must be a time such as 2026-11-24T12:00:00Z");
        } catch (IllegalArgumentException e) {
            throw invalid(at + "vector: must be base64 of 1 to " + LONGEST_VECTOR
                    + " finite 32-bit floats, little-endian, not all zero");
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

    private static String encode(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
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

    /** Reads a buffer without copying it as a whole. */
    private static final class BufferStream extends InputStream {
        private final Buffer buffer;
        private int at;

        BufferStream(Buffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return at < buffer.length() ? buffer.getByte(at++) & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = Math.min(length, buffer.length() - at);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            buffer.getBytes(at, at + count, into, offset);
            at += count;
            return count;
        }
    }
}
