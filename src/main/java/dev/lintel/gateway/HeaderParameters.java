package dev.lintel.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a header such as {@code Content-Disposition}, in every form that is in use: tokens and quoted strings
 * (RFC 2183), {@code name*=UTF-8''...} (RFC 5987), continuations {@code name*0*=} (RFC 2231), the percent signs of browsers
 * (HTML, RFC 7578), and the encoded words of mail programs (RFC 2047).
 */
final class HeaderParameters {
    private static final Pattern SEGMENT = Pattern.compile("([^*]+)\\*(0|[1-9][0-9]{0,2})(\\*?)");
    private static final Pattern WORD = Pattern.compile("=\\?([^?]{1,40})\\?([bBqQ])\\?([^?]*)\\?=(?:\\s+(?==\\?))?");
    private static final Pattern BROWSER_ESCAPE = Pattern.compile("%(22|0[dD]|0[aA])");

    private HeaderParameters() {}

    /**
     * By their names in lower case; where one comes in several forms, the one that says its character set counts.
     *
     * @param header its value, with or without what stands before the first semicolon
     */
    static Map<String, String> of(String header) {
        Map<String, String> raw = raw(header);
        Map<String, String> all = new LinkedHashMap<>();
        raw.forEach((name, value) -> {
            if (name.indexOf('*') < 0) {
                all.putIfAbsent(name, plain(value));
            }
        });
        all.putAll(continued(raw));
        raw.forEach((name, value) -> {
            if (name.endsWith("*") && name.indexOf('*') == name.length() - 1) {
                extended(value).ifPresent(text -> all.put(name.substring(0, name.length() - 1), text));
            }
        });
        return all;
    }

    /** Bytes of a header: UTF-8 if they are, and otherwise Latin-1, which reads anything. */
    static String text(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    /** The character set of this name; empty if this JDK has none. */
    static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name.strip()));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static Map<String, String> raw(String header) {
        Map<String, String> raw = new LinkedHashMap<>();
        int at = header.indexOf(';');
        while (at >= 0 && at < header.length()) {
            int equals = header.indexOf('=', at);
            int semicolon = header.indexOf(';', at + 1);
            if (equals < 0) {
                break;
            }
            if (semicolon >= 0 && semicolon < equals) {
                at = semicolon;
                continue;
            }
            String name = header.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = value(header, equals + 1, value);
            if (!name.isEmpty()) {
                raw.putIfAbsent(name, value.toString());
            }
        }
        return raw;
    }

    /** Reads one value and answers where the next semicolon is. */
    private static int value(String header, int from, StringBuilder value) {
        int at = from;
        while (at < header.length() && Character.isWhitespace(header.charAt(at))) {
            at++;
        }
        if (at == header.length() || header.charAt(at) != '"') {
            int end = header.indexOf(';', at);
            value.append(header.substring(at, end < 0 ? header.length() : end).strip());
            return end;
        }
        for (at++; at < header.length() && header.charAt(at) != '"'; at++) {
            char c = header.charAt(at);
            boolean escapes = c == '\\' && at + 1 < header.length() && "\"\\".indexOf(header.charAt(at + 1)) >= 0;
            // A single backslash stands for itself: some clients send the whole path of a Windows file.
            value.append(escapes ? header.charAt(++at) : c);
        }
        return header.indexOf(';', at);
    }

    private static String plain(String value) {
        String text = words(value);
        return BROWSER_ESCAPE.matcher(text).replaceAll(escape -> escape.group(1).equals("22") ? "\"" : " ");
    }

    /** RFC 2047, which a parameter should not use and some mail programs do. */
    private static String words(String value) {
        Matcher word = WORD.matcher(value);
        return value.contains("=?")
                ? word.replaceAll(found -> Matcher.quoteReplacement(charset(found.group(1))
                        .map(charset -> new String(
                                found.group(2).equalsIgnoreCase("b")
                                        ? base64(found.group(3))
                                        : escapes(found.group(3).replace('_', ' '), '='),
                                charset))
                        .orElse(found.group())))
                : value;
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException damaged) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** RFC 5987: {@code UTF-8'en'a%20b}; empty if it is not that. */
    private static Optional<String> extended(String value) {
        int first = value.indexOf('\'');
        int second = value.indexOf('\'', first + 1);
        return first < 0 || second < 0
                ? Optional.empty()
                : charset(value.substring(0, first))
                        .map(charset -> new String(escapes(value.substring(second + 1), '%'), charset));
    }

    /** RFC 2231: a value in numbered parts, of which some may be percent-encoded. */
    private static Map<String, String> continued(Map<String, String> raw) {
        Map<String, String> whole = new LinkedHashMap<>();
        for (String key : raw.keySet()) {
            Matcher segment = SEGMENT.matcher(key);
            if (segment.matches() && segment.group(2).equals("0")) {
                whole.put(segment.group(1), joined(raw, segment.group(1)));
            }
        }
        return whole;
    }

    private static String joined(Map<String, String> raw, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Charset charset = StandardCharsets.UTF_8;
        for (int i = 0; ; i++) {
            String plain = raw.get(name + '*' + i);
            String encoded = raw.get(name + '*' + i + '*');
            if (plain == null && encoded == null) {
                return new String(bytes.toByteArray(), charset);
            }
            if (encoded == null) {
                bytes.writeBytes(plain.getBytes(charset));
                continue;
            }
            String text = encoded;
            int second = i == 0 ? text.indexOf('\'', text.indexOf('\'') + 1) : -1;
            if (second > 0) {
                charset = charset(text.substring(0, text.indexOf('\''))).orElse(charset);
                text = text.substring(second + 1);
            }
            bytes.writeBytes(escapes(text, '%'));
        }
    }

    /** The bytes of a text in which a sign and two hexadecimal digits stand for one. */
    private static byte[] escapes(String text, char sign) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            boolean escape = text.charAt(i) == sign
                    && i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0;
            if (escape) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                int end = Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() ? i + 2 : i + 1;
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return bytes.toByteArray();
    }
}
