package dev.lintel.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a {@code multipart/form-data} body (RFC 7578) apart in memory. Vert.x's own body handler would write each
 * file to disk, which Lintel promises not to do.
 */
final class Multipart {
    private static final int LONGEST_HEADERS = 8192;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern DISPOSITION = Pattern.compile(
            "^content-disposition:\\s*form-data\\s*(;.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern ENCODING =
            Pattern.compile("^content-transfer-encoding:\\s*(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    /** Possessive, because a greedy loop over alternatives costs stack for each character of a long file name. */
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([A-Za-z*]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]*))");

    private final byte[] body;
    private final byte[] delimiter;
    private final int mostParts;

    private Multipart(byte[] body, String boundary, int mostParts) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.mostParts = mostParts;
    }

    /**
     * One field of the form.
     *
     * @param filename as it was sent; empty for a field that is not a file
     */
    record Part(String name, Optional<String> filename, byte[] content) {}

    /**
     * @param contentType of the request, with its boundary
     * @throws ProblemException 400 if the body is not what its type says, 413 if it has too many parts
     */
    static List<Part> parse(String contentType, byte[] body, int mostParts) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw malformed("the Content-Type names no boundary: let the client library write that header");
        }
        String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new Multipart(body, boundary, mostParts).parts();
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        int at = startsWithBoundary() ? delimiter.length - 2 : after(find(delimiter, 0));
        while (!closing(at)) {
            if (parts.size() == mostParts) {
                throw Problem.tooLarge("more than " + mostParts + " parts: send fewer images in one request")
                        .exception();
            }
            int headers = endOfLine(at);
            int end = find(delimiter, headers - 2);
            if (end < 0) {
                throw malformed("the body ends before the closing boundary: was the upload cut off?");
            }
            parts.add(part(headers, end));
            at = after(end);
        }
        return parts;
    }

    private Part part(int from, int end) {
        int blank = find(BLANK_LINE, from - 2);
        if (blank < 0 || blank + BLANK_LINE.length > end) {
            throw malformed("a part has no headers");
        }
        if (blank - from > LONGEST_HEADERS) {
            throw malformed("the headers of a part are too long");
        }
        String headers =
                blank <= from ? "" : new String(body, from, blank - from, StandardCharsets.UTF_8).replace("\r\n", "\n");
        Matcher encoding = ENCODING.matcher(headers);
        if (encoding.find() && !encoding.group(1).matches("(?i)binary|8bit|7bit")) {
            throw malformed("a part is encoded as " + shown(encoding.group(1)) + ": send the file as it is");
        }
        Matcher disposition = DISPOSITION.matcher(headers);
        if (!disposition.find()) {
            throw malformed("a part has no Content-Disposition: form-data");
        }
        String name = null;
        String filename = null;
        Matcher parameter = PARAMETER.matcher(disposition.group(1));
        while (parameter.find()) {
            String value = parameter.group(2) == null
                    ? parameter.group(3)
                    : parameter.group(2).replaceAll("\\\\(.)", "$1");
            switch (parameter.group(1).toLowerCase(java.util.Locale.ROOT)) {
                case "name" -> name = value;
                case "filename" -> filename = value;
                default -> {}
            }
        }
        if (name == null) {
            throw malformed("a part has no name");
        }
        byte[] content = Arrays.copyOfRange(body, blank + BLANK_LINE.length, Math.max(blank + BLANK_LINE.length, end));
        return new Part(name, Optional.ofNullable(filename), content);
    }

    private boolean startsWithBoundary() {
        int length = delimiter.length - 2;
        return body.length >= length && Arrays.equals(body, 0, length, delimiter, 2, delimiter.length);
    }

    private int after(int delimiterAt) {
        if (delimiterAt < 0) {
            throw malformed("the body does not contain the boundary that the Content-Type names");
        }
        return delimiterAt + delimiter.length;
    }

    private boolean closing(int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    /** Where the line ends that a boundary stands on; only blanks may follow it. */
    private int endOfLine(int at) {
        int i = at;
        while (i < body.length && (body[i] == ' ' || body[i] == '\t')) {
            i++;
        }
        if (i + 1 >= body.length || body[i] != '\r' || body[i + 1] != '\n') {
            throw malformed("the body ends before the closing boundary: was the upload cut off?");
        }
        return i + 2;
    }

    private int find(byte[] what, int from) {
        int last = body.length - what.length;
        for (int i = Math.max(0, from); i <= last; i++) {
            if (body[i] == what[0] && Arrays.equals(body, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    private static String shown(String text) {
        return text.length() > 20 ? text.substring(0, 20) + "..." : text;
    }

    private static ProblemException malformed(String why) {
        return Problem.invalid("the multipart body cannot be read: " + why).exception();
    }
}
