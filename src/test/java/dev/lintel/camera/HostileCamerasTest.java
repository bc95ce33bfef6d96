package dev.lintel.camera;

import static dev.lintel.testkit.HttpCamera.always;
import static dev.lintel.testkit.HttpCamera.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lintel.camera.FrameSource.Captured;
import dev.lintel.testkit.Certificate;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.HttpCamera;
import dev.lintel.testkit.RtspServer;
import dev.lintel.vision.FrameEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that are not what they say, and what takes their place. */
@Tag("slow")
@Timeout(120)
class HostileCamerasTest {
    @TempDir
    Path folder;

    private static byte[] jpeg() {
        return new FrameEncoder(1000).jpeg(Frames.grey(90)).bytes();
    }

    private static FrameSource source(String address, String... yaml) {
        return Sources.of(Configs.camera("front", address, yaml));
    }

    private static void refused(String address, String why, String... yaml) {
        assertThatThrownBy(() -> {
                    try (FrameSource source = source(address, yaml)) {
                        source.open();
                        for (int i = 0; i < 100; i++) {
                            source.next();
                        }
                    }
                })
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "anna"));
    }

    /** A camera sent the box to a relay at 127.0.0.1, which opened a door. */
    @Test
    void shouldGoToNoOtherMachine() throws Exception {
        try (HttpCamera relay = new HttpCamera(always("HTTP/1.1 200 OK\nContent-Type: image/jpeg", jpeg()))) {
            String to = relay.address("").replace("127.0.0.1", "localhost");
            try (HttpCamera camera = new HttpCamera(always("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: " + to))) {
                refused(camera.address("anna:secret@"), "another machine");
            }
            assertThat(relay.asked()).isEmpty();
        }
    }

    @Test
    void shouldFollowACameraThatHasMovedWithinItself() throws Exception {
        HttpCamera.Answer answer = (request, number, out) -> out.write(
                request.get(0).contains("/live.jpg")
                        ? HttpCamera.joined(head("HTTP/1.1 200 OK\nContent-Type: image/jpeg"), jpeg())
                        : head("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: /live.jpg"));
        try (HttpCamera camera = new HttpCamera(answer);
                FrameSource source = source(camera.address(""))) {
            source.open();
            assertThat(source.next()).isPresent();
        }
        HttpCamera.Answer round = (request, number, out) ->
                out.write(head("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: /live" + number + ".jpg"));
        try (HttpCamera camera = new HttpCamera(round)) {
            refused(camera.address(""), "cannot be opened");
        }
    }

    @Test
    void shouldGoToNoOtherMachineOverRtsp() throws Exception {
        try (ServerSocket relay = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            List<Integer> heard = new ArrayList<>();
            Thread listening = new Thread(() -> {
                try (Socket socket = relay.accept()) {
                    heard.add(socket.getInputStream().read());
                } catch (IOException closed) {
                    // nobody came
                }
            });
            listening.start();
            String to = "rtsp://localhost:" + relay.getLocalPort() + "/relay/on";
            try (Talker camera = new Talker((line, out) ->
                    out.write(("RTSP/1.0 302 Moved\r\nCSeq: " + line + "\r\nLocation: " + to + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)))) {
                refused(
                        "rtsp://anna:secret@127.0.0.1:" + camera.port() + "/live",
                        "another machine",
                        "stale-after: 2s");
            }
            relay.close();
            listening.join();
            assertThat(heard).as("bytes that reached it").allMatch(b -> b < 0);
        }
    }

    /** Bytes come all the time, so that no silence ends it. */
    @Test
    void shouldNotReadAHeadWithoutEnd() throws Exception {
        for (String scheme : new String[] {"http", "rtsp"}) {
            String first = scheme.equals("http") ? "HTTP/1.1 200 OK\r\n" : "RTSP/1.0 200 OK\r\n";
            try (Talker camera = new Talker((line, out) -> {
                out.write(first.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write("X-More: and more\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                }
            })) {
                refused(scheme + "://127.0.0.1:" + camera.port() + "/", "", "stale-after: 1s");
            }
        }
    }

    @Test
    void shouldNotWaitForAPictureWithoutEnd() throws Exception {
        HttpCamera.Answer answer = (request, number, out) -> {
            out.write(head("HTTP/1.1 200 OK\nContent-Type: multipart/x-mixed-replace; boundary=x"));
            out.write("--x\r\nContent-Type: image/jpeg\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] picture = jpeg();
            out.write(picture, 0, picture.length - 2);
            byte[] more = new byte[1 << 16];
            while (true) {
                out.write(more);
            }
        };
        try (HttpCamera camera = new HttpCamera(answer)) {
            refused(camera.address(""), "", "stale-after: 1s");
        }
    }

    /** 16000x16000 pixels in one JPEG of a few kilobytes took 1.65 GB, and the camera's thread for ever. */
    @Test
    void shouldDecodeNoPictureLargerThanConfigured() throws Exception {
        byte[] bomb = jpeg();
        for (int i = 0; i < bomb.length - 9; i++) {
            if ((bomb[i] & 0xff) == 0xff && (bomb[i + 1] & 0xff) == 0xc0) {
                ByteBuffer.wrap(bomb).putShort(i + 5, (short) 16_000).putShort(i + 7, (short) 16_000);
            }
        }
        try (HttpCamera camera = new HttpCamera(always("HTTP/1.1 200 OK\nContent-Type: image/jpeg", bomb))) {
            refused(camera.address(""), "16000x16000", "stale-after: 1s", "fps: 5");
        }
        byte[] part = HttpCamera.joined("--x\r\n\r\n".getBytes(StandardCharsets.US_ASCII), bomb);
        try (HttpCamera camera = new HttpCamera((request, number, out) -> {
            out.write(head("HTTP/1.1 200 OK\nContent-Type: multipart/x-mixed-replace; boundary=x"));
            while (true) {
                out.write(part);
            }
        })) {
            refused(camera.address(""), "16000x16000", "stale-after: 1s");
        }
    }

    @Test
    void shouldDecodeNoVideoLargerThanConfigured() throws Exception {
        byte[] avi = Files.readAllBytes(Clips.square(folder.resolve("clip.avi"), 10));
        try (HttpCamera camera = new HttpCamera(
                always("HTTP/1.1 200 OK\nContent-Type: video/x-msvideo\nContent-Length: " + avi.length, avi))) {
            refused(camera.address(""), "max-pixels", "max-pixels: 100000");
        }
    }

    /** The size stands in what comes with each key frame, so that it can change while the stream goes on. */
    @Test
    void shouldDecodeNoVideoThatGrowsBeyondWhatIsConfigured() throws Exception {
        List<List<byte[]>> pictures = new ArrayList<>();
        List<List<byte[]>> small = Clips.h264(folder.resolve("small.h264"), 20, 320, 240);
        pictures.add(small.get(19));
        pictures.addAll(small);
        pictures.addAll(Clips.h264(folder.resolve("large.h264"), 40, 640, 480));
        try (RtspServer server = RtspServer.h264(pictures, "anna", "pa ss");
                FrameSource source = source(server.address("anna:pa%20ss"), "stale-after: 3s", "max-pixels: 100000")) {
            source.open();
            int seen = 0;
            for (int i = 0; i < 150 && seen < 30; i++) {
                Captured next = source.next().orElseThrow();
                if (!next.waits()) {
                    assertThat(next.frame().width()).isEqualTo(320);
                    seen++;
                }
            }
            assertThat(seen).as("of the small ones, again after the large ones").isEqualTo(30);
        }
    }

    @Test
    void shouldReadOnlyWhatCamerasSend() throws Exception {
        Path clip = folder.resolve("clip.avi");
        try (var recorder = new org.bytedeco.javacv.FFmpegFrameRecorder(clip.toFile(), 320, 240, 0)) {
            recorder.setFormat("avi");
            recorder.setVideoCodec(org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HUFFYUV);
            recorder.setPixelFormat(org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P);
            recorder.start();
            try (var frame = new org.bytedeco.javacv.Frame(320, 240, org.bytedeco.javacv.Frame.DEPTH_UBYTE, 3)) {
                recorder.record(frame);
                recorder.record(frame);
            }
            recorder.stop();
        }
        byte[] avi = Files.readAllBytes(clip);
        try (HttpCamera camera = new HttpCamera(
                always("HTTP/1.1 200 OK\nContent-Type: video/x-msvideo\nContent-Length: " + avi.length, avi))) {
            refused(camera.address(""), "huffyuv");
        }
    }

    @Test
    void shouldBelieveOnlyACertificateThatItWasToldToTrust() throws Exception {
        Certificate certificate = new Certificate(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        AtomicInteger asked = new AtomicInteger();
        server.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] picture = jpeg();
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        server.start();
        String address = "https://anna:secret@localhost:" + server.getAddress().getPort() + "/";
        String trusted = "ca-file: " + Configs.quoted(certificate.authority().toString());
        try {
            refused(address, "not trusted");
            refused(address.replace("localhost", "127.0.0.1"), "for another name", trusted);
            assertThat(asked).hasValue(0);
            for (String yaml : new String[] {trusted, "insecure: true"}) {
                try (FrameSource source = source(address, yaml)) {
                    source.open();
                    assertThat(source.next()).as(yaml).isPresent();
                }
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldBelieveOnlyACertificateThatItWasToldToTrustOverRtsp() throws Exception {
        Certificate certificate = new Certificate(folder);
        FrameEncoder encoder = new FrameEncoder(1000);
        List<byte[]> jpegs = List.of(
                encoder.jpeg(Frames.grey(60, 320, 240)).bytes(),
                encoder.jpeg(Frames.grey(90, 320, 240)).bytes());
        try (RtspServer plain = new RtspServer(jpegs, "anna", "pa ss");
                SSLServerSocket tls = (SSLServerSocket) context(certificate)
                        .getServerSocketFactory()
                        .createServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            int port = URI.create(plain.address("x").replace("x@", "")).getPort();
            Thread joining = new Thread(() -> join(tls, port));
            joining.setDaemon(true);
            joining.start();
            String address = "rtsps://anna:pa%20ss@localhost:" + tls.getLocalPort() + "/secret/live";
            String trusted =
                    "ca-file: " + Configs.quoted(certificate.authority().toString());

            refused(address, "not trusted", "stale-after: 3s");
            for (String yaml : new String[] {trusted, "insecure: true"}) {
                try (FrameSource source = source(address, yaml, "stale-after: 5s")) {
                    source.open();
                    assertThat(source.next()).as(yaml).isPresent();
                }
            }
        }
    }

    private static void join(SSLServerSocket tls, int port) {
        while (!tls.isClosed()) {
            try {
                Socket outer = tls.accept();
                Socket inner = new Socket(InetAddress.getLoopbackAddress(), port);
                for (Socket[] way : new Socket[][] {{outer, inner}, {inner, outer}}) {
                    Thread thread = new Thread(() -> {
                        try (Socket from = way[0];
                                Socket to = way[1]) {
                            from.getInputStream().transferTo(to.getOutputStream());
                        } catch (IOException e) {
                            // one of them left
                        }
                    });
                    thread.setDaemon(true);
                    thread.start();
                }
            } catch (IOException e) {
                // a handshake that was given up, or the end
            }
        }
    }

    private static SSLContext context(Certificate certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = certificate.key().getPassword().toCharArray();
        try (InputStream in = Files.newInputStream(Path.of(certificate.key().getPath()))) {
            keys.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** Says something to whoever has asked for something, until it leaves. */
    private static final class Talker implements AutoCloseable {
        interface Words {
            void say(String sequence, OutputStream out) throws IOException;
        }

        private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());

        Talker(Words words) throws IOException {
            Thread thread = new Thread(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        InputStream in = socket.getInputStream();
                        StringBuilder request = new StringBuilder();
                        for (int c = in.read(); c >= 0; c = in.read()) {
                            request.append((char) c);
                            if (request.toString().endsWith("\r\n\r\n")) {
                                String text = request.toString();
                                int at = text.indexOf("CSeq: ");
                                words.say(
                                        at < 0 ? "" : text.substring(at + 6, text.indexOf('\r', at)),
                                        socket.getOutputStream());
                                request.setLength(0);
                            }
                        }
                    } catch (IOException e) {
                        // the client left
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
