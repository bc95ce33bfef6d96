package dev.lintel.camera;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.vision.FrameEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A camera that is none: plays a video file or a folder over and over as HTTP MJPEG on the loopback address, for demos and
 * tests, to any number of clients. Told to, it falls silent, freezes or hangs up, as cameras do. Thread-safe.
 *
 * <p>{@code GET} of any address is the stream; {@code POST /stall}, {@code /freeze}, {@code /drop} and {@code /resume}
 * change its behaviour.
 */
public final class MjpegServer implements AutoCloseable {
    private static final String BOUNDARY = "lintelframe";
    private static final int LARGEST_SIDE = 4096;
    private static final Duration POLL = Duration.ofMillis(100);

    /** What it does to its clients. */
    public enum Behaviour {
        PLAY,
        /** Connections stay, nothing is sent. */
        STALL,
        /** The same picture again and again. */
        FREEZE,
        /** Connections are closed and new ones refused with 503. */
        DROP
    }

    private final HttpServer server;
    private final ExecutorService clients = Executors.newCachedThreadPool(work -> daemon(work, "mjpeg-client"));
    private final Set<HttpExchange> streams = ConcurrentHashMap.newKeySet();
    private final FrameSlot slot = new FrameSlot();
    private final FrameEncoder encoder = new FrameEncoder(LARGEST_SIDE);
    private final FeedReader reader;
    private final Thread reading;
    private final Thread encoding;
    private final Object turn = new Object();
    private byte[] latest;
    private long sequence;
    private volatile Behaviour behaviour = Behaviour.PLAY;
    private volatile boolean closed;

    /**
     * Plays at once.
     *
     * @param camera its source, frame rate, turn, mirror and region count
     * @param port 0 for any free one
     * @throws IOException if the port cannot be used
     */
    public MjpegServer(CameraConfig camera, int port) throws IOException {
        FeedClock clock = FeedClock.SYSTEM;
        this.reader = new FeedReader(
                camera,
                () -> Sources.of(camera),
                slot,
                new CameraHealth(camera, clock, event -> {}),
                new ReopenPause(camera.reconnectMin(), camera.reconnectMax(), new SplittableRandom()),
                clock,
                ApplianceMetrics.unpublished().camera(camera.id()));
        this.reading = daemon(reader, "mjpeg-reader");
        this.encoding = daemon(this::encode, "mjpeg-encoder");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.setExecutor(clients);
        server.createContext("/", this::handle);
        server.start();
        reading.start();
        encoding.start();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Where the stream is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/stream.mjpg");
    }

    /** From now on. */
    public void become(Behaviour next) {
        behaviour = next;
        synchronized (turn) {
            turn.notifyAll();
        }
    }

    /** Streams that are open now. */
    public int clients() {
        return streams.size();
    }

    private void encode() {
        try {
            while (!closed) {
                FrameSlot.Held held = slot.take(POLL);
                boolean wanted = !streams.isEmpty() || latest == null;
                if (held != null && wanted && behaviour != Behaviour.STALL) {
                    byte[] jpeg = behaviour == Behaviour.FREEZE && latest != null
                            ? latest
                            : encoder.jpeg(held.frame()).bytes();
                    synchronized (turn) {
                        latest = jpeg;
                        sequence++;
                        turn.notifyAll();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                command(exchange);
            } else if (behaviour == Behaviour.DROP) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                stream(exchange);
            }
        }
    }

    private void command(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/stall" -> become(Behaviour.STALL);
            case "/freeze" -> become(Behaviour.FREEZE);
            case "/drop" -> become(Behaviour.DROP);
            case "/resume" -> become(Behaviour.PLAY);
            default -> {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=" + BOUNDARY);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        streams.add(exchange);
        try (OutputStream out = exchange.getResponseBody()) {
            long sent = 0;
            while (!closed && behaviour != Behaviour.DROP) {
                byte[] jpeg;
                synchronized (turn) {
                    if (latest == null || sequence == sent) {
                        turn.wait(POLL.toMillis());
                    }
                    if (latest == null || sequence == sent) {
                        continue;
                    }
                    sent = sequence;
                    jpeg = latest;
                }
                String head =
                        "--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(jpeg);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(exchange);
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.stop();
        reading.interrupt();
        encoding.interrupt();
        server.stop(0);
        clients.shutdownNow();
    }
}
