package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The appliance's HTTP API. Thread-safe. A busy box (503) is asked again, for as long as {@code TIMEOUT}. */
public final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AtomicLong putOff = new AtomicLong();
    private final URI base;
    private final String key;

    /** @param key an API key, or null for none */
    public Client(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /**
     * An answer.
     *
     * @param body the JSON of it, an empty object if it was none
     */
    public record Answer(int status, JsonNode body) {
        public boolean ok() {
            return status < 300;
        }

        /** The machine-readable reason of a refusal. */
        public String code() {
            return body.path("code").asText("http_" + status);
        }

        public String detail() {
            return body.path("detail").asText("the appliance answered " + status);
        }

        /** A list of texts in the body; empty if it has none of this name. */
        List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            body.path(name).forEach(text -> texts.add(text.asText()));
            return texts;
        }

        /** The body, or an exception that says why there is none. */
        public JsonNode orFail() {
            if (ok()) {
                return body;
            }
            throw new CommandException(
                    status == 401 || status == 403
                            ? ExitCodes.NO_PERMISSION
                            : status >= 500 ? ExitCodes.UNAVAILABLE : ExitCodes.NO,
                    detail() + hint());
        }

        private String hint() {
            return status == 401 || status == 403 ? " (--key KEY, or LINTEL_KEY in the environment)" : "";
        }
    }

    /** How often the box was too busy and was asked again later. */
    public long putOff() {
        return putOff.get();
    }

    public URI base() {
        return base;
    }

    /** Whether a Lintel appliance answers there. */
    public boolean answers() {
        try {
            HttpRequest request = request("/health", Map.of())
                    .timeout(Duration.ofSeconds(15))
                    .GET()
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200
                    && json(response.body()).path("status").asText().equals("ok");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    public Answer get(String path, Map<String, String> query) {
        return send(request(path, query).GET());
    }

    /** The body of an answer that is no JSON, as text. */
    public String text(String path) {
        try {
            HttpResponse<String> response =
                    http.send(request(path, Map.of()).GET().build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                new Answer(response.statusCode(), json(response.body())).orFail();
            }
            return response.body();
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    public Answer delete(String path, Map<String, String> query) {
        return send(request(path, query).DELETE());
    }

    public Answer post(String path, Map<String, String> query, String contentType, BodyPublisher body) {
        return send(request(path, query).header("Content-Type", contentType).POST(body));
    }

    /** Sends JSON. */
    public Answer json(String method, String path, Map<String, ?> body) {
        return json(method, path, body, PATIENCE);
    }

    /** Sends JSON, and waits so long for the answer. */
    public Answer json(String method, String path, Map<String, ?> body, Duration patience) {
        try {
            return send(request(path, Map.of())
                    .timeout(patience)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public Answer upload(String path, Map<String, String> query, List<Path> files) {
        try {
            MultipartBody form = new MultipartBody(files);
            return post(path, query, form.contentType(), form.body());
        } catch (IOException e) {
            throw new CommandException(ExitCodes.NO_INPUT, "cannot read " + e.getMessage());
        }
    }

    /** An image that is in memory already. */
    public Answer upload(String path, Map<String, String> query, byte[] image) {
        return post(path, query, "application/octet-stream", BodyPublishers.ofByteArray(image));
    }

    /** Writes the answer's body to a file as it comes; the answer itself has no body then, unless it is a problem. */
    public Answer download(String path, Path file) {
        return download(path, Map.of(), file);
    }

    /** Likewise, with parameters. */
    public Answer download(String path, Map<String, String> query, Path file) {
        try {
            HttpResponse<Path> response = http.send(
                    request(path, query).GET().build(),
                    info -> info.statusCode() < 300
                            ? HttpResponse.BodySubscribers.ofFile(file)
                            : HttpResponse.BodySubscribers.mapping(
                                    HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8),
                                    text -> Path.of("")));
            return response.statusCode() < 300
                    ? new Answer(response.statusCode(), JSON.createObjectNode())
                    : get(path, query);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&"));
        String root = base.toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(root + path + (parameters.isEmpty() ? "" : "?" + parameters)))
                .timeout(PATIENCE);
        return key == null ? request : request.header("X-API-Key", key);
    }

    /** Puts what was given on the command line into a query or a body; null was not. */
    static <T> void putIfGiven(Map<String, T> values, String name, T value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** Percent-encodes a step of a path or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        long giveUp = System.nanoTime() + TIMEOUT.toNanos();
        try {
            while (true) {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
                long wait = response.headers().firstValueAsLong("Retry-After").orElse(1);
                if (response.statusCode() != 503
                        || response.headers().firstValue("Retry-After").isEmpty()
                        || System.nanoTime() + Duration.ofSeconds(wait).toNanos() > giveUp) {
                    return new Answer(response.statusCode(), json(response.body()));
                }
                putOff.incrementAndGet();
                Thread.sleep(Math.max(100, 1000 * wait));
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static JsonNode json(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree == null || tree.isMissingNode() ? JSON.createObjectNode() : tree;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private CommandException unreachable(IOException e) {
        return new CommandException(
                ExitCodes.UNAVAILABLE,
                "the appliance at " + base + " does not answer (" + e.getClass().getSimpleName()
                        + (e.getMessage() == null ? "" : ": " + e.getMessage()) + ")");
    }

    private static CommandException interrupted() {
        Thread.currentThread().interrupt();
        return new CommandException(ExitCodes.NO, "interrupted");
    }
}
