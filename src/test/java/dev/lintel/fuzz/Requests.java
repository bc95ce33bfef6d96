package dev.lintel.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes the n-th malformed request of a seed: the same one every time, whatever came before it. */
final class Requests {
    private static final List<String> FACE_ROUTES = List.of(
            "/identify", "/identify?faces=all&top=3", "/enroll?label=Fuzz", "/detect", "/verify?label=Fuzz", "/verify");
    private static final List<String> ROUTES = List.of(
            "/",
            "/enroll",
            "/identify",
            "/verify",
            "/detect",
            "/list",
            "/people/Fuzz",
            "/people/Fuzz/templates/1",
            "/delete",
            "/export",
            "/import",
            "/health",
            "/ready",
            "/metrics",
            "/version",
            "/openapi.json",
            "/docs",
            "/js/app.js",
            "/nowhere");
    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "get",
            "A".repeat(300));
    private static final List<String> TYPES = List.of(
            "",
            "text/plain",
            "application/json",
            "image/jpeg",
            "image/heic",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"",
            "multipart/mixed; boundary=x",
            "multipart/form-data; boundary=" + "b".repeat(2_000),
            "*/*",
            "image/",
            ";",
            "\u00ff\u00fe",
            "application/octet-stream");
    private static final List<String> ODD = List.of(
            "",
            "%00",
            "%ff%fe",
            "%",
            "%zz",
            "..",
            ".",
            "../../etc/passwd",
            "%2e%2e%2f",
            "a/b",
            "a%2Fb",
            "NaN",
            "Infinity",
            "-1",
            "0",
            "1e999",
            "0x10",
            "9223372036854775808",
            "1.5",
            "true",
            "null",
            "unknown",
            "Fuzz",
            "\u0000",
            "'; DROP TABLE person; --",
            "<script>alert(1)</script>",
            "%F0%9F%98%80",
            "%C3%28",
            "%ED%A0%80",
            "a".repeat(101),
            "x".repeat(3_000),
            "%20",
            "+",
            "&&&==",
            "%E2%80%AE",
            "A%CC%8A");
    private static final List<String> NAMES = List.of(
            "label",
            "tau",
            "top",
            "faces",
            "face",
            "quality",
            "duplicate",
            "liveness",
            "after",
            "limit",
            "merge",
            "",
            "LABEL",
            "label[]");

    private final long seed;
    private final List<Map.Entry<String, byte[]>> seeds;
    private final List<Bombs.Bomb> bombs;

    Requests(long seed, Map<String, byte[]> seeds) {
        this.seed = seed;
        this.seeds = List.copyOf(seeds.entrySet());
        this.bombs = Bombs.all(seeds.get("jpeg"), seeds.get("progressive jpeg"));
    }

    RawRequest make(int n) {
        Random random = new Random(seed * 1_000_003L + n);
        int kind = random.nextInt(100);
        if (kind < 50) {
            return damagedImage(random);
        }
        if (kind < 65) {
            return damagedFraming(random);
        }
        if (kind < 69) {
            return bomb(random);
        }
        if (kind < 77) {
            return oddQuery(random);
        }
        if (kind < 83) {
            return wrongTypeOrMethod(random);
        }
        if (kind < 88) {
            return damagedJson(random);
        }
        if (kind < 93) {
            return headers(random);
        }
        return transport(random);
    }

    private RawRequest damagedImage(Random random) {
        Map.Entry<String, byte[]> one = pick(seeds, random);
        byte[] image = switch (random.nextInt(12)) {
            case 0 -> Mutations.noise(random.nextInt(4_096), random);
            case 1 -> new byte[random.nextInt(3)];
            case 2 -> java.util.Arrays.copyOf(one.getValue(), random.nextInt(one.getValue().length));
            case 3 -> Mutations.splice(one.getValue(), random.nextInt(64), 0, Mutations.noise(16, random));
            default -> Mutations.mutate(one.getValue(), random);
        };
        String target = pick(FACE_ROUTES, random);
        if (random.nextInt(4) == 0) {
            return RawRequest.of(one.getKey(), "POST", target, "Content-Type: image/jpeg\r\n", image);
        }
        byte[] body = random.nextInt(6) == 0
                ? RawRequest.multipart("a.jpg", "image/jpeg", image, Mutations.mutate(one.getValue(), random))
                : RawRequest.multipart("a.jpg", "image/jpeg", image);
        return RawRequest.of(one.getKey(), "POST", target, RawRequest.multipartType(), body);
    }

    private RawRequest damagedFraming(Random random) {
        byte[] image = Seeds.webp();
        byte[] body = switch (random.nextInt(9)) {
            case 0 -> new byte[0];
            case 1 -> ("--" + RawRequest.BOUNDARY + "--\r\n").getBytes(ISO_8859_1);
            case 2 -> RawRequest.multipart("x".repeat(1 << (8 + random.nextInt(10))), "image/jpeg", image);
            case 3 -> RawRequest.multipart("../../../etc/\u0000\"\r\nX: y", "a/b; c=\"", image);
            case 4 -> parts(1 + random.nextInt(3_000));
            case 5 ->
                ("--" + RawRequest.BOUNDARY + "\r\n" + "X-Junk: y\r\n".repeat(random.nextInt(20_000)) + "\r\n\r\n")
                        .getBytes(ISO_8859_1);
            case 6 ->
                RawRequest.multipart("a", "multipart/mixed; boundary=b", RawRequest.multipart("b", "image/png", image));
            default -> Mutations.mutate(RawRequest.multipart("a.webp", "image/webp", image, image), random);
        };
        return RawRequest.of("multipart framing", "POST", pick(FACE_ROUTES, random), RawRequest.multipartType(), body);
    }

    private static byte[] parts(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = ("--" + RawRequest.BOUNDARY + "\r\nContent-Disposition: form-data; name=file\r\n\r\nx\r\n")
                .getBytes(ISO_8859_1);
        for (int i = 0; i < count; i++) {
            out.writeBytes(part);
        }
        out.writeBytes(("--" + RawRequest.BOUNDARY + "--").getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    private RawRequest bomb(Random random) {
        Bombs.Bomb bomb = pick(bombs, random);
        return RawRequest.of(
                "bomb: " + bomb.name(),
                "POST",
                pick(FACE_ROUTES, random),
                RawRequest.multipartType(),
                RawRequest.multipart("a.jpg", "image/jpeg", bomb.bytes()));
    }

    private RawRequest oddQuery(Random random) {
        String path = pick(ROUTES, random);
        if (random.nextInt(3) == 0) {
            path = "/people/" + pick(ODD, random) + (random.nextBoolean() ? "" : "/templates/" + pick(ODD, random));
        }
        StringBuilder target = new StringBuilder(path).append('?');
        for (int i = random.nextInt(4); i >= 0; i--) {
            target.append(pick(NAMES, random))
                    .append('=')
                    .append(pick(ODD, random))
                    .append('&');
        }
        String clean = target.toString().replace(" ", "%20").replace("\r", "").replace("\n", "");
        String method = pick(List.of("GET", "POST", "PATCH", "DELETE"), random);
        return RawRequest.of(
                "odd query",
                method,
                clean,
                RawRequest.multipartType(),
                method.equals("GET") ? new byte[0] : RawRequest.multipart("a.webp", "image/webp", Seeds.webp()));
    }

    private RawRequest wrongTypeOrMethod(Random random) {
        String method = random.nextBoolean() ? "POST" : pick(METHODS, random);
        String type = pick(TYPES, random);
        return RawRequest.of(
                "wrong type or method",
                method,
                pick(ROUTES, random),
                type.isEmpty() ? "" : "Content-Type: " + type + "\r\n",
                RawRequest.multipart("a.webp", "image/webp", Seeds.webp()));
    }

    private RawRequest damagedJson(Random random) {
        String json = switch (random.nextInt(8)) {
            case 0 -> "[".repeat(random.nextInt(100_000));
            case 1 -> "{\"label\":".repeat(random.nextInt(5_000)) + "1";
            case 2 -> "{\"label\":\"" + pick(ODD, random).replace("\"", "") + "\"}";
            case 3 -> "{\"label\":" + "9".repeat(random.nextInt(20_000)) + "}";
            case 4 -> "{\"format\":\"lintel-gallery-1\",\"templates\":[" + "{},".repeat(random.nextInt(1_000)) + "{}]}";
            case 5 ->
                "{\"format\":\"lintel-gallery-1\",\"templates\":[{\"label\":\"F\",\"model_id\":\"m\",\"created_at\":\"never\","
                        + "\"quality\":1e400,\"vector\":\"" + "A".repeat(random.nextInt(5_000)) + "\"}]}";
            default ->
                new String(
                        Mutations.mutate("{\"label\":\"Anna\",\"x\":[1,2.5e3,true,null]}".getBytes(UTF_8), random),
                        ISO_8859_1);
        };
        boolean rename = random.nextBoolean();
        return RawRequest.of(
                "json",
                rename ? "PATCH" : "POST",
                rename ? "/people/Fuzz" : "/import",
                "Content-Type: application/json\r\n",
                json.getBytes(ISO_8859_1));
    }

    private RawRequest headers(Random random) {
        String odd = switch (random.nextInt(9)) {
            case 0 -> "X-Large: " + "h".repeat(1 << (6 + random.nextInt(12))) + "\r\n";
            case 1 -> "X-Many: y\r\n".repeat(random.nextInt(2_000));
            case 2 -> "X-API-Key: " + "k".repeat(random.nextInt(4_000)) + "\r\n";
            case 3 -> "Authorization: Bearer \u0001\u0002\r\n";
            case 4 -> "No-Colon\r\n";
            case 5 -> ": empty\r\n";
            case 6 -> "Content-Encoding: gzip\r\n";
            case 7 -> "Origin: http://evil.example\r\nX-Request-Id: " + "r".repeat(random.nextInt(5_000)) + "\r\n";
            default -> "Accept: " + pick(TYPES, random) + "\r\nRange: bytes=5-1\r\nIf-Modified-Since: x\r\n";
        };
        return RawRequest.of(
                "headers",
                "POST",
                pick(FACE_ROUTES, random),
                odd + RawRequest.multipartType(),
                RawRequest.multipart("a.webp", "image/webp", Seeds.webp()));
    }

    /** What is no whole request: the client goes away in the middle, or the framing lies. */
    private RawRequest transport(Random random) {
        byte[] body = RawRequest.multipart("a.webp", "image/webp", Seeds.webp());
        byte[] sound = RawRequest.of("", "POST", "/identify", RawRequest.multipartType(), body)
                .bytes();
        byte[] bytes = switch (random.nextInt(10)) {
            case 7 -> ambiguous(random);
            case 8 -> sound(random.nextInt(50)); // one after another, without waiting for answers
            case 0 -> java.util.Arrays.copyOf(sound, random.nextInt(sound.length));
            case 1 ->
                RawRequest.bytes(
                        "POST",
                        "/identify",
                        RawRequest.multipartType() + "Content-Length: " + (body.length + 1 + random.nextInt(1_000_000))
                                + "\r\n",
                        body);
            case 2 ->
                RawRequest.bytes(
                        "POST",
                        "/identify",
                        RawRequest.multipartType() + "Content-Length: " + pick(ODD, random) + "\r\n",
                        body);
            case 3 ->
                RawRequest.bytes(
                        "POST", "/identify", RawRequest.multipartType() + "Transfer-Encoding: chunked\r\n", body);
            case 4 ->
                RawRequest.bytes(
                        "POST",
                        "/identify",
                        RawRequest.multipartType() + "Transfer-Encoding: chunked\r\n",
                        ("ffffffffffffffff\r\n" + "x".repeat(100)).getBytes(ISO_8859_1));
            case 5 -> Mutations.noise(1 + random.nextInt(2_000), random);
            case 6 ->
                ("GET " + "/".repeat(random.nextInt(20_000)) + " HTTP/" + random.nextInt(10) + ".9\r\n\r\n")
                        .getBytes(ISO_8859_1);
            default -> Mutations.mutate(sound, random);
        };
        return new RawRequest("transport", bytes, false);
    }

    /** What a proxy may read in another way, with a second request hidden behind it. */
    private static byte[] ambiguous(Random random) {
        String framing = pick(
                List.of(
                        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                        "Content-Length: 3\r\nContent-Length: 30\r\n",
                        "Transfer-Encoding: gzip, chunked\r\n",
                        "Transfer-Encoding:\u000bchunked\r\n",
                        "Content-Length: +3\r\n",
                        "Content-Length:\r\n 3\r\n",
                        "X: y\rContent-Length: 3\r\n",
                        "Content-Length : 3\r\n",
                        "Host: evil.example\r\n"),
                random);
        return ("POST " + pick(ROUTES, random) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + framing
                        + "\r\n0\r\n\r\nGET /export HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private static byte[] sound(int times) {
        return "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                .repeat(times + 1)
                .getBytes(ISO_8859_1);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
