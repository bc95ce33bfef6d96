package dev.lintel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.setup.WsDiscovery.Device;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WsDiscoveryTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final String MATCH = """
            <?xml version="1.0"?>
            <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
                xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
                xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">
              <SOAP-ENV:Header><wsa:RelatesTo>uuid:%s</wsa:RelatesTo></SOAP-ENV:Header>
              <SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch>
                <d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/Front%%20door
                  onvif://www.onvif.org/hardware/DS-2CD</d:Scopes>
                <d:XAddrs>%s</d:XAddrs>
              </d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body>
            </SOAP-ENV:Envelope>""";
    private static final String HERE = "http://127.0.0.1:8080/onvif/device_service";

    @Test
    void shouldFindWhoAnswersAndTakeEachOnce() throws Exception {
        List<Device> found = searched(id ->
                List.of(MATCH.formatted(id, "http://[fe80::1]/x " + HERE), MATCH.formatted(id, HERE), "no XML at all"));

        assertThat(found).containsExactly(new Device(URI.create(HERE), "Front door DS-2CD"));
    }

    @Test
    void shouldAskForVideoTransmitters() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        searched(id -> List.of(), asked);

        assertThat(asked.join()).contains("NetworkVideoTransmitter", "/discovery/Probe");
        assertThat(Soap.parse(asked.join().getBytes(StandardCharsets.UTF_8))).isNotNull();
    }

    /** Whoever answers for another machine would be sent the camera's password. */
    @ParameterizedTest
    @ValueSource(strings = {"http://10.9.8.7/onvif", "http://camera.evil/onvif", "file:///etc/passwd", "::", ""})
    void shouldNotTakeAnAddressOfSomebodyElse(String address) {
        assertThat(device(MATCH.formatted("a-b", address), "a-b")).isEmpty();
    }

    @Test
    void shouldNotTakeAnAnswerToAnotherQuestion() {
        assertThat(device(MATCH.formatted("other", HERE), "a-b")).isEmpty();
        assertThat(device(MATCH.formatted("a-b", HERE), "a-b")).isNotEmpty();
    }

    @Test
    void shouldReadNoDocumentTypes() {
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + MATCH.formatted("a-b", HERE).replaceFirst("(?s)^.*?\\?>", "").replace("Front", "&e;");

        assertThat(device(bomb, "a-b")).isEmpty();
    }

    private static java.util.Optional<Device> device(String answer, String id) {
        return WsDiscovery.device(answer.getBytes(StandardCharsets.UTF_8), LOCAL, id);
    }

    private static List<Device> searched(Function<String, List<String>> answers) throws Exception {
        return searched(answers, new CompletableFuture<>());
    }

    /** Searches where a fake camera listens. */
    private static List<Device> searched(Function<String, List<String>> answers, CompletableFuture<String> asked)
            throws Exception {
        try (DatagramSocket camera = new DatagramSocket(new InetSocketAddress(LOCAL, 0))) {
            Thread thread = new Thread(() -> answer(camera, answers, asked));
            thread.setDaemon(true);
            thread.start();
            List<Device> found =
                    new WsDiscovery(new InetSocketAddress(LOCAL, camera.getLocalPort())).search(Duration.ofSeconds(1));
            thread.join();
            return found;
        }
    }

    private static void answer(
            DatagramSocket camera, Function<String, List<String>> answers, CompletableFuture<String> asked) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
            camera.receive(packet);
            String question = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            asked.complete(question);
            Matcher id = Pattern.compile("uuid:([0-9a-f-]+)").matcher(question);
            assertThat(id.find()).isTrue();
            for (String answer : answers.apply(id.group(1))) {
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                camera.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            asked.completeExceptionally(e);
        }
    }
}
