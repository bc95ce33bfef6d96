package dev.lintel.gateway;

import dev.lintel.access.GalleryDump;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** Writes the backup format {@value #FORMAT}; {@link GalleryReader} reads it. Call off the event loop. */
final class GalleryJson {
    static final String FORMAT = "lintel-gallery-1";
    private static final int PART = 50;

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
                        ? part.appendString("],\"access\":" + access(dump).encode() + ",\"people\":"
                                + people(dump).encode() + "}")
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

    private static JsonArray people(GalleryDump dump) {
        JsonArray people = new JsonArray();
        dump.people()
                .forEach(person -> people.add(DetailsJson.add(
                        new JsonObject().put("label", person.label().text()),
                        person.details(),
                        person.inactiveSince())));
        return people;
    }

    static JsonObject json(GalleryDump.Entry entry) {
        JsonObject json = new JsonObject()
                .put("label", entry.label().text())
                .put("model_id", entry.embedding().modelId())
                .put("created_at", entry.createdAt().toString())
                .put("quality", entry.quality())
                .put("vector", encode(entry.embedding().vector()));
        return entry.setAside() ? json.put("set_aside", true) : json;
    }

    private static String encode(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
