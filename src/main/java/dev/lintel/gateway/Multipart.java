package dev.lintel.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a {@code multipart/form-data} body (RFC 7578) apart in memory, as clients of any age write it. Vert.x's own body
 * handler would write each file to disk, which Lintel promises not to do.
 */
final class Multipart {
    private static final int LONGEST_HEADERS = 8192;
    private static final int LONGEST_BOUNDARY = 70;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final Set<String> AS_IT_IS = Set.of("binary", "8bit", "7bit", "");

    /** What a part may call itself; the last three in the {@code multipart/mixed} of RFC 2388 only. */
    private static final Set<String> DISPOSITIONS = Set.of("form-data", "file", "attachment", "inline");

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
     * @param filename as it was sent, without folders; empty if none was
     * @param contentType as it was sent; empty if none was
     */
    record Part(String name, Optional<String> filename, String contentType, byte[] content) {

        /** In lower case, without parameters. */
        String mediaType() {
            return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }

        /** As text, in the character set that it names, or in that of the form. */
        String text(Charset byDefault) {
            Charset charset = Optional.ofNullable(
                            HeaderParameters.of(contentType).get("charset"))
                    .flatMap(HeaderParameters::charset)
                    .orElse(byDefault);
            return charset.equals(StandardCharsets.UTF_8)
                    ? HeaderParameters.text(content, 0, content.length)
                    : new String(content, charset);
        }
    }

    /**
     * @param contentType of the request, with its boundary
     * @throws ProblemException 400 if the body is not what its type says, 413 if it has too many parts
     */
    static List<Part> parse(String contentType, byte[] body, int mostParts) {
        return new Multipart(body, boundary(contentType), mostParts).parts(null);
    }

    private static String boundary(String contentType) {
        String boundary = HeaderParameters.of(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw malformed("the Content-Type names no boundary: let the client library write that header");
        }
        return boundary;
    }

    /** @param within the name of the field whose files these are; null for the form itself */
    private List<Part> parts(String within) {
        List<Part> parts = new ArrayList<>();
        int at = startsWithBoundary() ? delimiter.length - 2 : after(find(delimiter, 0));
        while (!closing(at)) {
            int headers = endOfLine(at);
            int end = find(delimiter, headers - 2);
            if (end < 0) {
                throw malformed("the body ends before the closing boundary: was the upload cut off?");
            }
            parts.addAll(part(headers, end, within));
            if (parts.size() > mostParts) {
                throw Problem.tooLarge("more than " + mostParts + " parts: send fewer images in one request")
                        .exception();
            }
            at = after(end);
        }
        return parts;
    }

    private List<Part> part(int from, int end, String within) {
        int blank = find(BLANK_LINE, from - 2);
        // A part may end with its headers (RFC 2046, body-part).
        int headersEnd = blank < 0 || blank > end ? end : blank;
        if (headersEnd - from > LONGEST_HEADERS) {
            throw malformed("the headers of a part are too long");
        }
        Map<String, String> headers =
                headersEnd <= from ? Map.of() : headers(HeaderParameters.text(body, from, headersEnd));
        String disposition = headers.getOrDefault("content-disposition", "");
        String kind = disposition.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!(within == null ? kind.equals("form-data") : DISPOSITIONS.contains(kind))) {
            throw malformed("a part has no Content-Disposition: form-data");
        }
        Map<String, String> parameters = HeaderParameters.of(disposition);
        String name = within == null ? parameters.get("name") : within;
        if (name == null) {
            throw malformed("a part has no name");
        }
        int start = headersEnd + BLANK_LINE.length;
        byte[] content = decoded(
                headers.getOrDefault("content-transfer-encoding", ""),
                start >= end ? new byte[0] : Arrays.copyOfRange(body, start, end));
        String type = headers.getOrDefault("content-type", "");
        if (within == null && type.toLowerCase(Locale.ROOT).startsWith("multipart/mixed")) {
            return new Multipart(content, boundary(type), mostParts).parts(name);
        }
        return List.of(new Part(
                name, Optional.ofNullable(parameters.get("filename")).map(Multipart::withoutFolders), type, content));
    }

    /** By their names in lower case; a line that begins with a blank goes on with the one before. */
    private static Map<String, String> headers(String block) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : block.replaceAll("\r?\n[ \t]+", " ").split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** Some old clients encode files, as mail programs do. */
    private static byte[] decoded(String encoding, byte[] content) {
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        if (AS_IT_IS.contains(name)) {
            return content;
        }
        if (name.equals("base64")) {
            try {
                return Base64.getMimeDecoder().decode(content);
            } catch (IllegalArgumentException e) {
                throw malformed("a part says that it is base64 and is not");
            }
        }
        if (name.equals("quoted-printable")) {
            return quotedPrintable(content);
        }
        throw malformed("a part is encoded as " + shown(encoding) + ": send the file as it is");
    }

    private static byte[] quotedPrintable(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length);
        for (int i = 0; i < content.length; i++) {
            int high = i + 2 < content.length ? Character.digit(content[i + 1], 16) : -1;
            int low = i + 2 < content.length ? Character.digit(content[i + 2], 16) : -1;
            if (content[i] != '=') {
                out.write(content[i]);
            } else if (high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                // A soft line break, with the blanks that a relay may have added before it.
                while (i + 1 < content.length && content[i] != '\n') {
                    i++;
                }
            }
        }
        return out.toByteArray();
    }

    private static String withoutFolders(String filename) {
        return filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
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
