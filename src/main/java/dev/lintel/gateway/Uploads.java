package dev.lintel.gateway;

import dev.lintel.face.EncodedImage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The images of a request: parts called {@code file} of a form, or one image as the raw body. */
final class Uploads {
    private static final String HOW = ": send it as curl does with -F file=@photo.jpg";

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
     * Reads and takes apart the body, whatever its size off the event loop.
     *
     * @param most how many images the operation takes
     */
    Future<List<Upload>> read(Call call, int most) {
        String type = call.contentType();
        boolean form = type.startsWith("multipart/form-data");
        if (!form && !type.startsWith("image/") && !type.equals("application/octet-stream")) {
            return Future.failedFuture(Problem.unsupported((type.isEmpty()
                                    ? "the request has no Content-Type"
                                    : "the Content-Type is not one for images")
                            + HOW)
                    .exception());
        }
        return call.body(form ? config.maxRequest() : config.maxUpload(), true)
                .compose(body -> call.vertx()
                        .executeBlocking(
                                () -> form ? form(call.fullContentType(), body, most) : List.of(raw(body)), false));
    }

    private List<Upload> form(String contentType, Buffer body, int most) {
        List<Upload> uploads = new ArrayList<>();
        int mostParts = config.maxFiles() + 1;
        for (Multipart.Part part : Multipart.parse(contentType, body.getBytes(), mostParts)) {
            if (part.filename().isEmpty()) {
                throw Problem.invalid("the form has the field '" + shown(part.name())
                                + "', which is not a file: images go into"
                                + " files called 'file' (curl -F file=@photo.jpg), everything else into the query")
                        .exception();
            }
            boolean noFileChosen = part.filename().get().isEmpty() && part.content().length == 0;
            if (!part.name().equals("file") && !noFileChosen) {
                throw Problem.invalid("the form has a file called '" + shown(part.name()) + "': call it 'file'")
                        .exception();
            }
            if (part.content().length > config.maxUpload()) {
                throw Problem.tooLarge("an image has more than " + config.maxUpload() + " bytes: send a smaller one")
                        .exception();
            }
            if (!noFileChosen) {
                uploads.add(new Upload(
                        new EncodedImage(part.content()), part.filename().map(Uploads::shown)));
            }
        }
        if (uploads.isEmpty()) {
            throw missing();
        }
        int limit = Math.min(most, config.maxFiles());
        if (uploads.size() > limit) {
            String detail =
                    uploads.size() + " images, but this operation takes " + (limit == 1 ? "one" : "at most " + limit);
            throw (most <= config.maxFiles() ? Problem.invalid(detail) : Problem.tooLarge(detail)).exception();
        }
        return uploads;
    }

    private static Upload raw(Buffer body) {
        if (body.length() == 0) {
            throw missing();
        }
        return new Upload(new EncodedImage(body.getBytes()), Optional.empty());
    }

    private static ProblemException missing() {
        return new Problem(400, "missing_image", "the request contains no image" + HOW).exception();
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > 100 ? clean.substring(0, 100) + "..." : clean;
    }
}
