package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final int SIZE = 60_000_000;
    private static final int PORTION = 400_000;

    /** One write of 60 MB completes long after the patience is over, and moves all the time. */
    @Test
    @Tag("slow")
    void shouldNotCutWhoTakesALargeAnswerSlowly() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = vertx.createHttpServer()
                    .connectionHandler(connection -> Wire.watch(
                            ((HttpServerConnection) connection)
                                    .channelHandlerContext()
                                    .pipeline(),
                            Duration.ofSeconds(3)))
                    .requestHandler(request -> request.response().end(Buffer.buffer(new byte[SIZE])))
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(taken(socket.getInputStream())).isGreaterThan(SIZE);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    /** Bytes until the end, a portion twenty times a second. */
    private static long taken(InputStream in) throws Exception {
        long taken = 0;
        byte[] portion;
        while ((portion = in.readNBytes(PORTION)).length > 0) {
            taken += portion.length;
            LockSupport.parkNanos(50_000_000);
        }
        return taken;
    }
}
