package dev.lintel.testkit;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A client for tests: forms as curl makes them, and raw bytes for what no client would send. */
public final class Http {
    private static final String BOUNDARY = "------------------------d74496d66958873e";

    private static final Pattern ANNOUNCED = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final GatewayHarness gateway;

    public Http(GatewayHarness gateway) {
        this.gateway = gateway;
    }

    /** An answer. */
    public record Answer(int status, Map<String, java.util.List<String>> headers, String body) {
        public JsonObject json() {
            return new JsonObject(body);
        }

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Sends fake photos as a form, each in a part called {@code file}. */
    public Answer post(String address, String... photos) throws Exception {
        return send(form(address, photos));
    }

    public HttpRequest.Builder form(String address, String... photos) {
        return HttpRequest.newBuilder(gateway.uri(address))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(formBody(photos)));
    }

    public static byte[] formBody(String... photos) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < photos.length; i++) {
            body.append("--")
                    .append(BOUNDARY)
                    .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo")
                    .append(i)
                    .append(".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
                    .append(photos[i])
                    .append("\r\n");
        }
        return body.append("--").append(BOUNDARY).append("--\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    public Answer get(String address) throws Exception {
        return send(request(address));
    }

    public HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(gateway.uri(address));
    }

    public HttpRequest.Builder request(String method, String address, String contentType, String body) {
        return request(address)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    public Answer send(HttpRequest.Builder request) throws Exception {
        return answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    public CompletableFuture<Answer> sendLater(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Http::answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** The head of a request with this form, after which the connection closes. */
    public static String head(String method, String address, byte[] form) {
        return method + " " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\nContent-Length: " + form.length
                + "\r\n\r\n";
    }

    /** For addresses that no URI class would take. */
    public Answer sendRaw(String method, String address, byte[] form) throws IOException {
        String answer = raw(head(method, address, form) + new String(form, StandardCharsets.ISO_8859_1));
        String[] parts = answer.split("\r\n\r\n", 2);
        Map<String, java.util.List<String>> headers = new java.util.HashMap<>();
        for (String line : parts[0].split("\r\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.put(line.substring(0, colon), java.util.List.of(line.substring(colon + 2)));
            }
        }
        return new Answer(Integer.parseInt(parts[0].substring(9, 12)), headers, parts[1]);
    }

    /** Writes bytes to a new connection and reads until the server closes it. */
    public String raw(String request) throws IOException {
        try (Socket socket = open()) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return rest(socket);
        }
    }

    public Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", gateway.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Everything until the server closes the connection. */
    public static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toString(StandardCharsets.UTF_8);
    }

    /** The next answer on a connection that stays open; its length must be announced. */
    public static String next(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        int end = -1;
        int length = 0;
        while (end < 0 || answer.length() < end + length) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("the connection was closed after: " + answer);
            }
            answer.append((char) read);
            if (end < 0 && answer.toString().endsWith("\r\n\r\n")) {
                end = answer.length();
                var announced = ANNOUNCED.matcher(answer);
                length = announced.find() ? Integer.parseInt(announced.group(1)) : 0;
            }
        }
        return answer.toString();
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public URI uri(String address) {
        return gateway.uri(address);
    }
}
