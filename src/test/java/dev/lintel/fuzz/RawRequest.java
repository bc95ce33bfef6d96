package dev.lintel.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes for the wire.
 *
 * @param family what kind of damage it carries
 * @param whole whether it is an HTTP request that is complete by its own framing, and so must be answered
 */
record RawRequest(String family, byte[] bytes, boolean whole) {
    static final String BOUNDARY = "----lintel-fuzz-7d1a";

    /** A request in good form, whatever its body. */
    static RawRequest of(String family, String method, String target, String headers, byte[] body) {
        return new RawRequest(
                family, bytes(method, target, headers + "Content-Length: " + body.length + "\r\n", body), true);
    }

    static byte[] bytes(String method, String target, String headers, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 256);
        out.writeBytes(
                (method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    static String multipartType() {
        return "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n";
    }

    /** A sound multipart body, one {@code file} part for each content. */
    static byte[] multipart(String fileName, String type, byte[]... contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                            + fileName + "\"\r\nContent-Type: " + type + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(content);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
