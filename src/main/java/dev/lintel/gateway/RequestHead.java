package dev.lintel.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a request as it came, before anything is made of it: whether it can be read in one way only (RFC 9112). What a
 * proxy may read in another way than the box could hide one request in another, so that it is refused instead of repaired.
 */
final class RequestHead {
    /** Browsers send about twenty. */
    static final int MOST_FIELDS = 100;

    private static final String TOKEN = "!#$%&'*+-.^_`|~";
    private static final int LONGEST_LENGTH = 18;

    private final byte[] head;
    private int at;
    private int end;
    private String host;
    private String length;
    private String encoding;

    private RequestHead(byte[] head) {
        this.head = head;
    }

    /** @param head up to and with the empty line */
    static Optional<String> fault(byte[] head) {
        return Optional.ofNullable(new RequestHead(head).fault());
    }

    private String fault() {
        if (!line()) {
            return "a line does not end with CR LF, or holds a control character";
        }
        String[] parts = text(at, end).split(" ", -1);
        if (parts.length != 3 || !token(parts[0]) || parts[1].isEmpty()) {
            return "the first line is not a method, an address and a version with one blank between them";
        }
        boolean old = parts[2].equals("HTTP/1.0");
        if (!old && !parts[2].equals("HTTP/1.1")) {
            return "the version is not HTTP/1.1";
        }
        int fields = 0;
        while (true) {
            at = end + 2;
            if (!line()) {
                return "a line does not end with CR LF, or holds a control character";
            }
            if (at == end) {
                return framing(parts[1], old);
            }
            String fault = ++fields > MOST_FIELDS ? "there are more than " + MOST_FIELDS + " header fields" : field();
            if (fault != null) {
                return fault;
            }
        }
    }

    /** Finds the end of the line at {@code at}. */
    private boolean line() {
        for (int i = at; i < head.length; i++) {
            int c = head[i] & 0xff;
            if (c == '\r') {
                end = i;
                return i + 1 < head.length && head[i + 1] == '\n';
            }
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return false;
    }

    private String field() {
        int colon = at;
        while (colon < end && head[colon] != ':') {
            colon++;
        }
        String name = text(at, colon);
        if (colon == end || !token(name)) {
            return "a header field has no name that can be read, or goes on in the next line";
        }
        String value = text(colon + 1, end).strip();
        switch (name.toLowerCase(Locale.ROOT)) {
            case "host" -> {
                if (host != null) {
                    return "there is more than one Host";
                }
                host = value;
            }
            case "content-length" -> {
                if (length != null) {
                    return "there is more than one Content-Length";
                }
                length = value;
            }
            case "transfer-encoding" -> {
                if (encoding != null) {
                    return "there is more than one Transfer-Encoding";
                }
                encoding = value;
            }
            default -> {
                // any may come
            }
        }
        return null;
    }

    private String framing(String target, boolean old) {
        if (host == null || host.indexOf(',') >= 0) {
            return "there is not one Host";
        }
        if (length != null && encoding != null) {
            return "there are both Content-Length and Transfer-Encoding";
        }
        if (length != null && !length.matches("\\d{1," + LONGEST_LENGTH + "}")) {
            return "Content-Length is no number of bytes";
        }
        if (encoding != null && (old || !encoding.equalsIgnoreCase("chunked"))) {
            return "the Transfer-Encoding is not chunked alone";
        }
        int authority = target.indexOf("://");
        if (authority > 0 && target.charAt(0) != '/') {
            String named = target.substring(authority + 3).split("[/?#]", 2)[0];
            return named.equalsIgnoreCase(host) ? null : "the address names another host than Host";
        }
        return null;
    }

    private String text(int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean token(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0));
    }
}
