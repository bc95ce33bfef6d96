package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The faces that a recognition service of CompreFace keeps, as its API 1.x tells them. Thread-safe. */
final class CompreFaceGallery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 10_000;
    private static final int LARGEST = 32 << 20;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String base;
    private final String key;

    /** @param address with or without a path before {@code /api/v1} */
    CompreFaceGallery(URI address, String key) {
        this.base =
                address.toString().replaceFirst("/+$", "").replaceFirst("/api/v1$", "") + "/api/v1/recognition/faces";
        this.key = key;
    }

    /** Of all people, in the order in which they are told; the pictures are read one by one when they are asked for. */
    List<Photo> photos() throws InterruptedException {
        List<Photo> photos = new ArrayList<>();
        int pages = 1;
        for (int page = 0; page < Math.min(pages, MOST_PAGES); page++) {
            Response answer = get(base + "?page=" + page + "&size=" + PAGE);
            if (answer.status != 200) {
                throw new CommandException(ExitCodes.NO, "CompreFace refused: " + answer.said());
            }
            JsonNode told = answer.json();
            if (!told.path("faces").isArray()) {
                throw new CommandException(
                        ExitCodes.NO, "no CompreFace answers there: give its address, such as http://192.168.1.5:8000");
            }
            for (JsonNode face : told.path("faces")) {
                String id = face.path("image_id").asText();
                String subject = face.path("subject").asText();
                photos.add(
                        new Photo(subject, Path.of("faces", id.replaceAll("[^A-Za-z0-9-]", "_")), () -> picture(id)));
            }
            pages = told.path("faces").isEmpty() ? 0 : told.path("total_pages").asInt(0);
        }
        return photos;
    }

    /** Empty if it is not given out: that is no reason to leave out the others. */
    private byte[] picture(String id) {
        try {
            Response answer = get(base + "/" + Client.encoded(id) + "/img");
            return answer.status == 200 ? answer.body : new byte[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCodes.NO, "interrupted");
        }
    }

    private record Response(int status, byte[] body) {
        JsonNode json() {
            try {
                JsonNode tree = JSON.readTree(new String(body, StandardCharsets.UTF_8));
                return tree == null ? JSON.createObjectNode() : tree;
            } catch (JsonProcessingException e) {
                return JSON.createObjectNode();
            }
        }

        /** It answers 404 and code 10 for a key that it does not know. */
        String said() {
            if (status / 100 == 3) {
                return "it sends to another address (status " + status + "): give that one";
            }
            String said = json().path("message").asText("status " + status).replaceAll("\\p{Cntrl}", " ");
            return said.substring(0, Math.min(said.length(), 200));
        }
    }

    private Response get(String address) throws InterruptedException {
        try {
            // The timeout of a request ends with the first bytes of the answer; this one does not.
            return http.sendAsync(
                            HttpRequest.newBuilder(URI.create(address))
                                    .header("x-api-key", key)
                                    .timeout(TIMEOUT)
                                    .build(),
                            BodyHandlers.ofInputStream())
                    .thenApplyAsync(CompreFaceGallery::read)
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCodes.USAGE, "this is no address such as http://192.168.1.5:8000");
        } catch (ExecutionException e) {
            throw unavailable(e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(e);
        }
    }

    private static CommandException unavailable(Throwable why) {
        return new CommandException(
                ExitCodes.UNAVAILABLE,
                why instanceof UncheckedIOException
                        ? "CompreFace does not answer as it should: "
                                + why.getCause().getMessage()
                        : "CompreFace does not answer (" + why.getClass().getSimpleName() + ")");
    }

    private static Response read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                throw new IOException("more than " + (LARGEST >> 20) + " MiB at once");
            }
            return new Response(response.statusCode(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
