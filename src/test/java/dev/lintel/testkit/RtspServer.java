package dev.lintel.testkit;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A network camera with a password: RTSP over TCP or UDP, JPEG frames after RFC 2435 or H.264 after RFC 6184, one client
 * after another. It says that what it sends has a length, as recorders do.
 */
public final class RtspServer implements AutoCloseable {
    private static final int FRAGMENT = 1400;
    private static final int TICKS_PER_FRAME = 90_000 / 25;

    private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final Video video;
    private final String login;
    private final Queue<String> transports = new ConcurrentLinkedQueue<>();
    private volatile boolean silent;
    private volatile String refused = "";

    /** What is sent as RTP payloads: some for each frame, over and over. */
    private interface Video {
        /** Lines of the session's description. */
        String media();

        int type();

        List<byte[]> payloads(int frame);
    }

    /** @param jpegs baseline, 4:2:0, with the standard Huffman tables, all of one size that is a multiple of 8 */
    public RtspServer(List<byte[]> jpegs, String user, String password) throws IOException {
        this(new Jpegs(jpegs), user, password);
    }

    /**
     * Each client gets the pictures from the second on: where there is one key frame, that is the last to come.
     *
     * @param pictures each of them as H.264 NAL units, of which none is larger than a datagram
     */
    public static RtspServer h264(List<List<byte[]>> pictures, String user, String password) throws IOException {
        return new RtspServer(new H264(pictures), user, password);
    }

    private RtspServer(Video video, String user, String password) throws IOException {
        this.video = video;
        this.login =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        Thread thread = new Thread(this::serve, "rtsp-server");
        thread.setDaemon(true);
        thread.start();
    }

    public String address(String userAndPassword) {
        return "rtsp://" + userAndPassword + "@127.0.0.1:" + server.getLocalPort() + "/secret/live";
    }

    /** From now on it sends nothing, and keeps its connections. */
    public void fallSilent() {
        silent = true;
    }

    /** From now on it refuses to send over TCP. */
    public void refuseTcp() {
        refused = "RTP/AVP/TCP";
    }

    /** From now on it refuses to send over UDP. */
    public void refuseUdp() {
        refused = "RTP/AVP/UDP";
    }

    /** How clients wanted to be sent to, in the order in which they asked. */
    public List<String> transports() {
        return List.copyOf(transports);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException e) {
                // the client left
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) throws IOException, InterruptedException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = socket.getOutputStream();
        Carrier carrier = packet -> interleave(out, packet);
        String line;
        while ((line = in.readLine()) != null) {
            String method = line.split(" ")[0];
            URI uri = URI.create(line.split(" ")[1]);
            String sequence = "";
            boolean known = false;
            String transport = "";
            String header;
            while (!(header = in.readLine()).isEmpty()) {
                sequence = header.startsWith("CSeq:") ? header : sequence;
                if (header.startsWith("Transport: ")) {
                    transport = header.substring("Transport: ".length());
                    transports.add(transport.replaceAll(";.*", ""));
                }
                known |= header.equals("Authorization: " + login);
            }
            switch (method) {
                case "OPTIONS" -> answer(out, sequence, "200 OK", "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n", "");
                case "DESCRIBE" -> {
                    if (known) {
                        answer(
                                out,
                                sequence,
                                "200 OK",
                                "Content-Type: application/sdp\r\nContent-Base: " + uri + "/\r\n",
                                sdp());
                    } else {
                        answer(out, sequence, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"\r\n", "");
                    }
                }
                case "SETUP" -> {
                    if (!refused.isEmpty() && transport.startsWith(refused)) {
                        answer(out, sequence, "461 Unsupported Transport", "", "");
                    } else if (transport.startsWith("RTP/AVP/UDP")) {
                        int port = Integer.parseInt(transport.replaceAll(".*client_port=(\\d+).*", "$1"));
                        carrier = packet -> udp.send(
                                new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
                        answer(
                                out,
                                sequence,
                                "200 OK",
                                "Transport: RTP/AVP/UDP;unicast;client_port=" + port + "-" + (port + 1)
                                        + ";server_port=" + udp.getLocalPort() + "-" + (udp.getLocalPort() + 1)
                                        + "\r\nSession: 1\r\n",
                                "");
                    } else {
                        answer(
                                out,
                                sequence,
                                "200 OK",
                                "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n",
                                "");
                    }
                }
                case "PLAY" -> {
                    answer(out, sequence, "200 OK", "Session: 1\r\n", "");
                    play(carrier);
                }
                default -> answer(out, sequence, "200 OK", "Session: 1\r\n", "");
            }
        }
    }

    private String sdp() {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=range:npt=0-60\r\n"
                + video.media() + "a=control:track1\r\n";
    }

    private static void answer(OutputStream out, String sequence, String status, String headers, String body)
            throws IOException {
        String answer = "RTSP/1.0 " + status + "\r\n" + sequence + "\r\n" + headers
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private interface Carrier {
        void carry(byte[] packet) throws IOException;
    }

    private static void interleave(OutputStream out, byte[] packet) throws IOException {
        out.write(ByteBuffer.allocate(4 + packet.length)
                .put((byte) '$')
                .put((byte) 0)
                .putShort((short) packet.length)
                .put(packet)
                .array());
        out.flush();
    }

    private void play(Carrier carrier) throws IOException, InterruptedException {
        int number = 0;
        for (int frame = 0; !server.isClosed(); frame++) {
            List<byte[]> payloads = silent ? List.of() : video.payloads(frame);
            for (int i = 0; i < payloads.size(); i++) {
                boolean last = i == payloads.size() - 1;
                byte[] payload = payloads.get(i);
                carrier.carry(ByteBuffer.allocate(12 + payload.length)
                        .put((byte) 0x80)
                        .put((byte) (video.type() | (last ? 0x80 : 0)))
                        .putShort((short) number++)
                        .putInt(frame * TICKS_PER_FRAME)
                        .putInt(1)
                        .put(payload)
                        .array());
            }
            TimeUnit.MILLISECONDS.sleep(40);
        }
    }

    private record H264(List<List<byte[]>> pictures) implements Video {
        @Override
        public String media() {
            return "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n";
        }

        @Override
        public int type() {
            return 96;
        }

        @Override
        public List<byte[]> payloads(int frame) {
            return pictures.get((frame + 1) % pictures.size());
        }
    }

    private record Jpegs(List<byte[]> jpegs) implements Video {
        @Override
        public String media() {
            return "m=video 0 RTP/AVP 26\r\n";
        }

        @Override
        public int type() {
            return 26;
        }

        @Override
        public List<byte[]> payloads(int frame) {
            byte[] jpeg = jpegs.get(frame % jpegs.size());
            byte[] tables = new byte[128];
            int width = 0;
            int height = 0;
            int at = 2;
            int next = 0;
            while ((jpeg[at + 1] & 0xff) != 0xDA) {
                int length = (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff;
                if ((jpeg[at + 1] & 0xff) == 0xDB) {
                    for (int table = at + 4; table < at + 2 + length; table += 65, next += 64) {
                        System.arraycopy(jpeg, table + 1, tables, next, 64);
                    }
                } else if ((jpeg[at + 1] & 0xff) == 0xC0) {
                    height = (jpeg[at + 5] & 0xff) << 8 | jpeg[at + 6] & 0xff;
                    width = (jpeg[at + 7] & 0xff) << 8 | jpeg[at + 8] & 0xff;
                }
                at += 2 + length;
            }
            int scan = at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            byte[] data = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
            List<byte[]> payloads = new ArrayList<>();
            for (int offset = 0; offset < data.length; offset += FRAGMENT) {
                ByteArrayOutputStream payload = new ByteArrayOutputStream();
                payload.writeBytes(ByteBuffer.allocate(8)
                        .putInt(offset)
                        .put((byte) 1)
                        .put((byte) 255)
                        .put((byte) (width / 8))
                        .put((byte) (height / 8))
                        .array());
                if (offset == 0) {
                    payload.writeBytes(new byte[] {0, 0, 0, (byte) 128});
                    payload.writeBytes(tables);
                }
                payload.write(data, offset, Math.min(FRAGMENT, data.length - offset));
                payloads.add(payload.toByteArray());
            }
            return payloads;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        udp.close();
    }
}
