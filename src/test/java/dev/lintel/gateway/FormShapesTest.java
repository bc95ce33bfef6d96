package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms in every shape that RFC 7578, 2046, 2183, 2231, 5987 and 2047 allow or older clients write, made by chance. */
class FormShapesTest {
    /** More of them: {@code -Dlintel.cases=2000 -Dlintel.seed=7}. */
    private static final int FORMS_OF_A_SEED = Integer.getInteger("lintel.cases", 200);

    private static final String BOUNDARY_SIGNS = "abcXYZ019'()+_,-./:=?";
    private static final List<String> NAMES = List.of(
            "a.jpg", "Größe 1.jpg", "照片.png", "a;b.jpg", "a\"b\".jpg", "x=y, z.webp", "=?.jpg", "ünï'cödé%20.jpg", "");

    private final List<Multipart.Part> wanted = new ArrayList<>();

    static LongStream seeds() {
        long first = Long.getLong("lintel.seed", 0L);
        return LongStream.range(first, first + 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadEveryLegalForm(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < FORMS_OF_A_SEED; i++) {
            wanted.clear();
            String boundary = boundary(random);
            byte[] body = form(random, boundary);
            String type = contentType(random, boundary);

            List<Multipart.Part> read = Multipart.parse(type, body, 100);

            String shown =
                    "seed " + seed + ", form " + i + ": " + type + "\n" + new String(body, StandardCharsets.ISO_8859_1);
            assertThat(read).as(shown).hasSameSizeAs(wanted);
            for (int p = 0; p < read.size(); p++) {
                assertThat(read.get(p).name()).as(shown).isEqualTo(wanted.get(p).name());
                assertThat(read.get(p).filename())
                        .as(shown)
                        .isEqualTo(wanted.get(p).filename());
                assertThat(read.get(p).content())
                        .as(shown)
                        .isEqualTo(wanted.get(p).content());
            }
        }
    }

    private static String boundary(Random random) {
        StringBuilder boundary = new StringBuilder("----");
        for (int i = random.nextInt(60); i > 0; i--) {
            boundary.append(BOUNDARY_SIGNS.charAt(random.nextInt(BOUNDARY_SIGNS.length())));
        }
        return boundary.append(random.nextInt(1000)).toString();
    }

    private static String contentType(Random random, String boundary) {
        boolean token = boundary.matches("[A-Za-z0-9'+_.-]+");
        String value = token && random.nextBoolean() ? boundary : '"' + boundary + '"';
        String name = pick(random, "boundary", "Boundary", "BOUNDARY");
        return switch (random.nextInt(4)) {
            case 0 -> "multipart/form-data; " + name + "=" + value;
            case 1 -> "multipart/form-data;" + name + "=" + value;
            case 2 -> "multipart/form-data; charset=utf-8 ; " + name + "=" + value;
            default -> "multipart/form-data; " + name + "=" + value + "; charset=\"utf-8\"";
        };
    }

    private byte[] form(Random random, String boundary) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (random.nextInt(5) == 0) {
            write(body, "This is a form.\r\n-- not yet\r\n");
        }
        for (int parts = random.nextInt(4) + 1; parts > 0; parts--) {
            write(body, "--" + boundary + pick(random, "", "", " ", "\t ") + "\r\n");
            part(random, body, boundary);
        }
        write(body, "--" + boundary + "--" + pick(random, "", "\r\n", " \r\n", "\r\nThe end.\r\n--x"));
        return body.toByteArray();
    }

    private void part(Random random, ByteArrayOutputStream body, String boundary) {
        String field = pick(random, "file", "image", "photo[]", "Größe", "up load");
        if (random.nextInt(8) == 0) {
            severalFilesInOne(random, body, field, boundary);
            return;
        }
        Optional<String> filename =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(pick(random, NAMES.toArray(String[]::new)));
        byte[] content = content(random);
        String encoding = random.nextInt(5) == 0 ? pick(random, "base64", "quoted-printable") : "";
        List<String> headers = new ArrayList<>();
        headers.add(pick(random, "Content-Disposition: ", "content-disposition:", "CONTENT-DISPOSITION:\t")
                + pick(random, "form-data", "Form-Data")
                + parameters(random, field, filename));
        if (random.nextBoolean()) {
            headers.add("Content-Type: "
                    + pick(random, "image/jpeg", "application/octet-stream", "text/plain; charset=\"utf-8\""));
        }
        if (random.nextInt(4) == 0) {
            headers.add("Content-Length: " + content.length);
        }
        if (!encoding.isEmpty() || random.nextInt(4) == 0) {
            headers.add(
                    "Content-Transfer-Encoding: " + (encoding.isEmpty() ? pick(random, "binary", "8bit") : encoding));
        }
        Collections.shuffle(headers, random);
        headers.forEach(header -> write(body, header + "\r\n"));
        write(body, "\r\n");
        body.writeBytes(encoded(content, encoding));
        write(body, "\r\n");
        wanted.add(new Multipart.Part(field, filename, "", content));
    }

    /** RFC 2388: the files of one field as a form within the form. */
    private void severalFilesInOne(Random random, ByteArrayOutputStream body, String field, String outer) {
        String boundary = "in" + outer.length() + "ner";
        write(
                body,
                "Content-Disposition: form-data; name=\"" + field + "\"\r\nContent-Type: multipart/mixed; boundary="
                        + boundary + "\r\n\r\n");
        for (int i = random.nextInt(3) + 1; i > 0; i--) {
            byte[] content = content(random);
            String name = "photo" + i + ".jpg";
            write(
                    body,
                    "--" + boundary + "\r\nContent-Disposition: " + pick(random, "file", "attachment") + "; filename=\""
                            + name + "\"\r\nContent-Type: image/jpeg\r\n\r\n");
            body.writeBytes(content);
            write(body, "\r\n");
            wanted.add(new Multipart.Part(field, Optional.of(name), "", content));
        }
        write(body, "--" + boundary + "--\r\n\r\n");
    }

    private static String parameters(Random random, String field, Optional<String> filename) {
        List<String> all = new ArrayList<>();
        all.add("name=" + quoted(field));
        filename.ifPresent(name -> all.addAll(fileNames(random, name)));
        if (random.nextInt(6) == 0) {
            all.add("creation-date=\"Wed, 12 Feb 1997 16:29:51 -0500\"");
        }
        Collections.shuffle(all, random);
        StringBuilder text = new StringBuilder();
        for (String one : all) {
            text.append(';').append(pick(random, " ", "", "\r\n ", "\t")).append(one);
        }
        return text.toString();
    }

    private static List<String> fileNames(Random random, String name) {
        boolean token = name.matches("[A-Za-z0-9.]+");
        boolean plain = name.chars().allMatch(c -> c < 128) && !name.startsWith("=?");
        List<List<String>> forms = new ArrayList<>();
        forms.add(List.of("filename*=UTF-8''" + percent(name)));
        forms.add(List.of("filename=\"x.jpg\"", "filename*=utf-8'de'" + percent(name)));
        forms.add(continued(name));
        forms.add(List.of("FileName*0*=UTF-8''" + percent(name)));
        forms.add(List.of("filename=\"=?UTF-8?B?"
                + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)) + "?=\""));
        if (token) {
            forms.add(List.of("filename=" + name));
            forms.add(List.of("filename=\"C:\\pictures\\" + name + "\""));
            forms.add(List.of("filename=\"/home/me/" + name + "\""));
            forms.add(
                    List.of("filename*0=\"" + name.substring(0, 2) + "\"", "filename*1=\"" + name.substring(2) + "\""));
        }
        if (!name.startsWith("=?")) {
            forms.add(List.of("filename=" + quoted(name)));
        }
        if (plain) {
            forms.add(List.of("filename=\"" + name.replace("\"", "%22") + "\""));
        }
        return forms.get(random.nextInt(forms.size()));
    }

    /** RFC 2231, in pieces that may fall anywhere between its bytes. */
    private static List<String> continued(String name) {
        String encoded = percent(name);
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < encoded.length() || i == 0; i++) {
            int to = Math.min(encoded.length(), from + 6);
            while (to < encoded.length() && (encoded.charAt(to - 1) == '%' || encoded.charAt(to - 2) == '%')) {
                to++;
            }
            pieces.add("filename*" + i + "*=" + (i == 0 ? "UTF-8''" : "") + encoded.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private static byte[] content(Random random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(300)];
        random.nextBytes(bytes);
        String near = pick(random, "", "\r\n", "\r\n--", "--\r\n", "\r\n-", "\r\n\r\n");
        byte[] tail = near.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length >= tail.length) {
            System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
        }
        return bytes;
    }

    private static byte[] encoded(byte[] content, String encoding) {
        if (encoding.equals("base64")) {
            return Base64.getMimeEncoder().encode(content);
        }
        if (encoding.isEmpty()) {
            return content;
        }
        StringBuilder text = new StringBuilder();
        int line = 0;
        for (byte b : content) {
            boolean bare = b > ' ' && b < 127 && b != '=';
            String sign = bare ? String.valueOf((char) b) : String.format("=%02X", b);
            if (line + sign.length() > 75) {
                text.append("=\r\n");
                line = 0;
            }
            text.append(sign);
            line += sign.length();
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(ByteArrayOutputStream out, String text) {
        Charset charset = StandardCharsets.UTF_8;
        out.writeBytes(text.getBytes(charset));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
