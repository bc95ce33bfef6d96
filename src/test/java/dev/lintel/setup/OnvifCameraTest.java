package dev.lintel.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.messages.SetupMessages.Stream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a camera whose clock is a year behind and whose media service names a foreign host as well. */
class OnvifCameraTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-30T08:00:00Z"));

    private final List<String> questions = new ArrayList<>();
    private HttpServer camera;
    private String media = "http://evil.example/onvif/media";

    @BeforeEach
    void start() throws IOException {
        camera = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        camera.createContext("/", this::answer);
        camera.start();
    }

    @AfterEach
    void stop() {
        camera.stop(0);
    }

    @Test
    void shouldAskForTheStreamsWithADigestByTheCamerasClock() throws Exception {
        assertThat(streams("anna", "hunter2"))
                .containsExactly(
                        new Stream("main", 2560, 1440, "rtsp://10.0.0.5:554/live/main"),
                        new Stream("sub", 640, 360, "rtsp://10.0.0.5:554/live/sub"));
        assertThat(questions).allMatch(question -> !question.contains("hunter2"));
        assertThat(questions.get(0))
                .as("its clock is asked first, without a password")
                .doesNotContain("Username");
        assertThat(questions.get(1)).contains("<u:Created>2025-11-30T08:00:00Z</u:Created>");
    }

    @Test
    void shouldSayThatThePasswordIsWrong() {
        assertThatThrownBy(() -> streams("anna", "wrong"))
                .isInstanceOf(OnvifCamera.NotAuthorized.class)
                .hasMessageNotContaining("wrong");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        camera.stop(0);

        assertThatThrownBy(() -> streams("anna", "hunter2")).hasMessageStartingWith("the camera does not answer at");
    }

    /** The example of the UsernameToken profile in ONVIF's application programmer's guide. */
    @Test
    void shouldMakeTheDigestOfTheProfile() {
        assertThat(OnvifCamera.digest(
                        Base64.getDecoder().decode("LKqI6G/AikKCQrN0zqZFlg=="), "2010-09-16T07:50:45Z", "userpassword"))
                .isEqualTo("tuOSpGlFlIXsozq4HFNeeGeFLEI=");
    }

    private List<Stream> streams(String user, String password) throws Exception {
        URI service = URI.create("http://127.0.0.1:" + camera.getAddress().getPort() + "/onvif/device_service");
        return new OnvifCamera(service, user, password, CLOCK).streams();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        questions.add(question);
        boolean open = question.contains("GetSystemDateAndTime");
        String body = open || authorized(question) ? body(question) : "<ter:NotAuthorized/>";
        byte[] bytes =
                ("<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"urn:e\" xmlns:ter=\"urn:t\" xmlns:t=\"urn:s\"><e:Body>"
                                + body + "</e:Body></e:Envelope>")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body.contains("NotAuthorized") ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static boolean authorized(String question) {
        Matcher token = Pattern.compile(
                        "<w:Username>anna</w:Username><w:Password [^>]*>([^<]*)</w:Password><w:Nonce [^>]*>([^<]*)</w:Nonce>"
                                + "<u:Created>([^<]*)<")
                .matcher(question);
        return token.find()
                && token.group(1)
                        .equals(OnvifCamera.digest(
                                Base64.getDecoder().decode(token.group(2)), token.group(3), "hunter2"));
    }

    private String body(String question) {
        if (question.contains("GetSystemDateAndTime")) {
            return "<t:UTCDateTime><t:Time><t:Hour>8</t:Hour><t:Minute>0</t:Minute><t:Second>0</t:Second></t:Time><t:Date>"
                    + "<t:Year>2025</t:Year><t:Month>11</t:Month><t:Day>30</t:Day></t:Date></t:UTCDateTime>";
        }
        if (question.contains("GetCapabilities")) {
            return "<t:Media><t:XAddr>" + media + "</t:XAddr></t:Media>";
        }
        if (question.contains("GetProfiles")) {
            return profile("a", "main", 2560, 1440) + profile("b", "sub", 640, 360);
        }
        String name = question.contains("<ProfileToken>a<") ? "main" : "sub";
        return "<t:MediaUri><t:Uri>rtsp://admin:leak@10.0.0.5:554/live/" + name + "</t:Uri></t:MediaUri>";
    }

    private static String profile(String token, String name, int width, int height) {
        return "<t:Profiles token=\"" + token + "\"><t:Name>" + name + "</t:Name><t:Resolution><t:Width>" + width
                + "</t:Width><t:Height>" + height + "</t:Height></t:Resolution></t:Profiles>";
    }
}
