package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
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

/** The faces that a recognition service of CompreFace keeps, as its API 1.x tells them. Thread-safe. */
final class CompreFaceGallery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int PAGE = 100;

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
        for (int page = 0; page < pages; page++) {
            JsonNode answer = json(get(base + "?page=" + page + "&size=" + PAGE));
            for (JsonNode face : answer.path("faces")) {
                String id = face.path("image_id").asText();
                String subject = face.path("subject").asText();
                photos.add(
                        new Photo(subject, Path.of("faces", id.replaceAll("[^A-Za-z0-9-]", "_")), () -> picture(id)));
            }
            pages = answer.path("total_pages").asInt(0);
        }
        return photos;
    }

    private byte[] picture(String id) throws IOException {
        try {
            return get(base + "/" + Client.encoded(id) + "/img").body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCodes.NO, "interrupted");
        }
    }

    private HttpResponse<byte[]> get(String address) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .header("x-api-key", key)
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCodes.USAGE, "this is no address such as http://192.168.1.5:8000");
        } catch (IOException e) {
            throw new CommandException(
                    ExitCodes.UNAVAILABLE,
                    "CompreFace does not answer (" + e.getClass().getSimpleName() + ")");
        }
        if (response.statusCode() != 200) {
            // It answers 404 and code 10 for a key that it does not know.
            String said = json(response).path("message").asText("status " + response.statusCode());
            throw new CommandException(ExitCodes.NO, "CompreFace refused: " + said);
        }
        return response;
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            JsonNode tree = JSON.readTree(new String(response.body(), StandardCharsets.UTF_8));
            return tree == null ? JSON.createObjectNode() : tree;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
