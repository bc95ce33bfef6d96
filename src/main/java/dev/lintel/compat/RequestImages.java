package dev.lintel.compat;

import dev.lintel.face.EncodedImage;
import dev.lintel.gateway.GuestCall;
import dev.lintel.gateway.GuestCall.FormFile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The pictures of a request to CompreFace: files of a form, or base64 in JSON. */
final class RequestImages {
    private static final Set<String> EXTENSIONS =
            Set.of("tif", "tiff", "jpg", "jpeg", "png", "bmp", "ico", "gif", "webp", "heic", "heif", "avif");

    private RequestImages() {}

    /** @param names of the parts or members, which must all be there */
    static Future<List<EncodedImage>> read(GuestCall call, String... names) {
        return call.contentType().equals("application/json")
                ? call.body().compose(body -> call.aside(() -> inJson(call, body, names)))
                : call.form().map(form -> inForm(form.files(), names));
    }

    static JsonObject json(Buffer body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, "the body is no JSON object");
        }
    }

    /** A vector; its length is for the caller to judge. */
    static float[] vector(Object json) {
        if (!(json instanceof JsonArray numbers)) {
            throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, "an embedding is a list of numbers");
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.getValue(i) instanceof Number number)) {
                throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, "an embedding is a list of numbers");
            }
            vector[i] = number.floatValue();
        }
        return vector;
    }

    private static List<EncodedImage> inJson(GuestCall call, Buffer body, String... names) {
        JsonObject json = json(body);
        List<EncodedImage> pictures = new ArrayList<>();
        for (String name : names) {
            if (!(json.getValue(name) instanceof String text) || text.isBlank()) {
                throw CompreFaceFault.bad(CompreFaceFault.EMPTY_CONTENT, "Field content cannot be empty");
            }
            pictures.add(call.image(GuestCall.base64(text)
                    .orElseThrow(() ->
                            CompreFaceFault.bad(CompreFaceFault.UNREADABLE_FILE, "Provided value is not Base64"))));
        }
        return pictures;
    }

    private static List<EncodedImage> inForm(List<FormFile> files, String... names) {
        List<EncodedImage> pictures = new ArrayList<>();
        for (String name : names) {
            FormFile file = files.stream()
                    .filter(one -> one.field().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            CompreFaceFault.bad(CompreFaceFault.NO_PART, "Required part " + name + " is missing"));
            check(file.filename());
            pictures.add(file.image());
        }
        return pictures;
    }

    private static void check(Optional<String> filename) {
        String name = filename.orElse("");
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!EXTENSIONS.contains(extension)) {
            throw CompreFaceFault.bad(
                    CompreFaceFault.UNREADABLE_FILE, "File [" + name + "] has an unavailable extension");
        }
    }
}
