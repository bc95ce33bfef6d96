package dev.lintel.gateway;

import dev.lintel.face.EncodedImage;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The images of a request, and the parameters that came with them: files of a form whatever they are called, base64 in JSON
 * or in a form's field, or one image as the raw body, whatever its type says.
 */
final class Uploads {
    private static final String HOW = ": send it as curl does with -F file=@photo.jpg";
    private static final String FORM = "multipart/form-data";
    private static final String FIELDS = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    /** Other types of a raw body; besides, {@code image/*}. */
    private static final Set<String> RAW = Set.of("", "application/octet-stream", "binary/octet-stream");

    /** A field of RFC 7578 that names the character set of the others. */
    private static final String CHARSET_FIELD = "_charset_";

    private static final int MOST_FIELDS = 32;

    /** Shorter than any image: what is no parameter and not even this long is a mistyped one. */
    private static final int SHORTEST_BASE64 = 40;

    private final GatewayConfig config;

    Uploads(GatewayConfig config) {
        this.config = config;
    }

    /**
     * An image as it arrived.
     *
     * @param filename as the client called it
     */
    record Upload(EncodedImage image, Optional<String> filename) {}

    /**
     * What a request brought.
     *
     * @param fields parameters that came beside the images, by their names
     */
    record Sent(List<Upload> images, Map<String, String> fields) {}

    /** Whether a body of this type may hold parameters. */
    static boolean mayHoldFields(String contentType) {
        return contentType.startsWith(FORM) || contentType.equals(FIELDS) || contentType.equals(JSON);
    }

    /**
     * Reads and takes apart the body, whatever its size off the event loop.
     *
     * @param parameter whether an operation's parameter has this name; what else a form holds is an image
     */
    Future<Sent> read(Call call, Predicate<String> parameter) {
        String type = call.contentType();
        if (!mayHoldFields(type) && !type.startsWith("image/") && !RAW.contains(type)) {
            return Future.failedFuture(Problem.unsupported("the Content-Type is not one for images" + HOW)
                    .exception());
        }
        return call.body(limit(type), true)
                .compose(body -> call.vertx()
                        .executeBlocking(
                                () -> new Reading(parameter).of(type, call.fullContentType(), body.getBytes()), false));
    }

    private long limit(String type) {
        if (type.equals(JSON) || type.equals(FIELDS)) {
            return config.maxRequest() / 3 * 4;
        }
        return type.startsWith(FORM) ? config.maxRequest() : config.maxUpload();
    }

    /** One body on its way. */
    private final class Reading {
        private final Predicate<String> parameter;
        private final List<Upload> images = new ArrayList<>();
        private final Map<String, String> fields = new LinkedHashMap<>();

        Reading(Predicate<String> parameter) {
            this.parameter = parameter;
        }

        Sent of(String type, String contentType, byte[] body) {
            if (type.startsWith(FORM)) {
                form(Multipart.parse(contentType, body, config.maxFiles() + MOST_FIELDS));
            } else if (type.equals(JSON) && body.length > 0) {
                json(body);
            } else if (type.equals(FIELDS) && isText(body)) {
                fields(body);
            } else if (body.length > 0) {
                // curl --data-binary calls anything a form.
                image(body, Optional.empty());
            }
            if (images.isEmpty()) {
                throw new Problem(400, "missing_image", "the request contains no image" + HOW).exception();
            }
            return new Sent(List.copyOf(images), Map.copyOf(fields));
        }

        private void form(List<Multipart.Part> parts) {
            Charset charset = parts.stream()
                    .filter(part -> part.name().equals(CHARSET_FIELD))
                    .findFirst()
                    .flatMap(part -> HeaderParameters.charset(part.text(StandardCharsets.US_ASCII)))
                    .orElse(StandardCharsets.UTF_8);
            for (Multipart.Part part : parts) {
                boolean named = part.filename().filter(name -> !name.isEmpty()).isPresent();
                boolean asImage = part.mediaType().startsWith("image/")
                        || part.mediaType().equals("application/octet-stream");
                boolean noFileChosen = !named && part.content().length == 0 && !parameter.test(part.name());
                if (part.name().equals(CHARSET_FIELD) || noFileChosen) {
                    continue;
                }
                if (named
                        || (!parameter.test(part.name())
                                && (asImage || part.filename().isPresent()))) {
                    image(part.content(), part.filename());
                } else if (parameter.test(part.name())) {
                    field(part.name(), part.text(charset));
                } else if (isText(part.content())) {
                    encoded(part.name(), part.text(charset));
                } else {
                    image(part.content(), Optional.empty());
                }
            }
        }

        private void fields(byte[] body) {
            try {
                new QueryStringDecoder(
                                new String(body, StandardCharsets.UTF_8),
                                StandardCharsets.UTF_8,
                                false,
                                MOST_FIELDS + config.maxFiles(),
                                true)
                        .parameters()
                        .forEach((name, values) -> values.forEach(value -> {
                            if (parameter.test(name)) {
                                field(name, value);
                            } else if (!name.equals(CHARSET_FIELD)) {
                                // A '+' that was not encoded arrives as a blank.
                                encoded(name, value.replace(' ', '+'));
                            }
                        }));
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("the form is not percent-encoded correctly")
                        .exception();
            }
        }

        private void json(byte[] body) {
            JsonObject json;
            try {
                json = new JsonObject(Buffer.buffer(body));
            } catch (DecodeException e) {
                throw Problem.invalid("the body is no JSON object: send {\"image\": \"<base64>\"}")
                        .exception();
            }
            for (String name : json.fieldNames()) {
                Object value = json.getValue(name);
                if (value == null) {
                    continue;
                }
                if (parameter.test(name)) {
                    if (value instanceof JsonObject || value instanceof JsonArray) {
                        throw Problem.invalid("the parameter '" + name + "' must be a text, a number or true or false")
                                .exception();
                    }
                    field(name, value.toString());
                } else if (value instanceof JsonArray several) {
                    several.forEach(one -> encoded(name, String.valueOf(one)));
                } else {
                    encoded(name, value.toString());
                }
            }
        }

        private void field(String name, String value) {
            String before = fields.put(name, value);
            if (before != null && !before.equals(value)) {
                throw Problem.invalid("the parameter '" + name + "' is given several times: give it once")
                        .exception();
            }
        }

        /** An image in base64, with or without {@code data:image/jpeg;base64,} before it. */
        private void encoded(String name, String text) {
            String base64 = text.regionMatches(true, 0, "data:", 0, 5) ? text.substring(text.indexOf(',') + 1) : text;
            Optional<byte[]> bytes = base64.length() < SHORTEST_BASE64 ? Optional.empty() : decode(base64);
            image(
                    bytes.orElseThrow(() -> Problem.invalid("'" + shown(name)
                                    + "' is neither a parameter of this operation nor an image: a file of a form, or base64"
                                    + HOW)
                            .exception()),
                    Optional.empty());
        }

        private void image(byte[] content, Optional<String> filename) {
            if (content.length > config.maxUpload()) {
                throw Problem.tooLarge("an image has more than " + config.maxUpload() + " bytes: send a smaller one")
                        .exception();
            }
            images.add(new Upload(new EncodedImage(content), filename.map(Uploads::shown)));
        }
    }

    /** In either alphabet, in lines or not, padded or not. */
    static Optional<byte[]> decode(String base64) {
        String bare = base64.replaceAll("\\s", "").replace('-', '+').replace('_', '/');
        int end = bare.length();
        while (end > 0 && bare.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return Optional.of(Base64.getDecoder().decode(bare.substring(0, end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** No image format of any kind does without a control character in its first bytes. */
    private static boolean isText(byte[] content) {
        for (byte b : content) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > 100 ? clean.substring(0, 100) + "..." : clean;
    }
}
