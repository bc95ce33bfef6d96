package dev.lintel.bench;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Who attacks a box while it decides. Each goes on for half a minute and says what came of it. */
final class Siege {
    private static final Duration LASTS = Duration.ofSeconds(30);
    private static final int GUESSERS = 4;
    private static final int SOCKETS = 300;

    private Siege() {}

    /** Some who guess keys, each as fast as it is answered. */
    static String wrongKeys(URI box) throws Exception {
        long end = System.nanoTime() + LASTS.toNanos();
        Map<Integer, Integer> answers = new TreeMap<>();
        List<Thread> guessers = new ArrayList<>();
        for (int i = 0; i < GUESSERS; i++) {
            int guesser = i;
            Thread thread = new Thread(() -> {
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                for (int n = 0; System.nanoTime() - end < 0; n++) {
                    int status;
                    try {
                        status = http.send(
                                        HttpRequest.newBuilder(box.resolve("/list"))
                                                .header("X-API-Key", "guess-" + guesser + "-" + n)
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode();
                    } catch (IOException e) {
                        status = -1;
                    } catch (InterruptedException e) {
                        return;
                    }
                    synchronized (answers) {
                        answers.merge(status, 1, Integer::sum);
                    }
                }
            });
            thread.start();
            guessers.add(thread);
        }
        for (Thread guesser : guessers) {
            guesser.join();
        }
        return "wrong keys, answers by status " + answers;
    }

    /** Sockets that send one byte of a head every second, and come back when they are closed. */
    static String slowSockets(URI box) throws Exception {
        long end = System.nanoTime() + LASTS.toNanos();
        List<Socket> sockets = new ArrayList<>();
        int closed = 0;
        try {
            while (System.nanoTime() - end < 0) {
                for (int i = sockets.size(); i < SOCKETS; i++) {
                    Socket socket = new Socket(box.getHost(), box.getPort());
                    socket.getOutputStream()
                            .write("GET /list HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                                    .getBytes(StandardCharsets.US_ASCII));
                    sockets.add(socket);
                }
                List<Socket> gone = new ArrayList<>();
                for (Socket socket : sockets) {
                    try {
                        socket.getOutputStream().write('x');
                    } catch (IOException e) {
                        gone.add(socket);
                    }
                }
                closed += gone.size();
                sockets.removeAll(gone);
                TimeUnit.SECONDS.sleep(1);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        return SOCKETS + " slow sockets, closed by the box and opened again " + closed + " times";
    }
}
