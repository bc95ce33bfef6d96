package dev.lintel.testkit;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A camera that answers over HTTP with whatever bytes it is told to, one client after another, as small firmwares do. */
public final class HttpCamera implements AutoCloseable {

    /** What it says to one request, from the status line on; then it hangs up. */
    public interface Answer {
        /**
         * @param request all lines of it
         * @param number counted from 0
         */
        void write(List<String> request, int number, OutputStream out) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Answer answer;

    public HttpCamera(Answer answer) throws IOException {
        this.answer = answer;
        Thread thread = new Thread(this::serve, "http-camera");
        thread.setDaemon(true);
        thread.start();
    }

    /** The same head and body each time. */
    public static Answer always(String head, byte[]... parts) {
        return (request, number, out) -> out.write(joined(head(head), joined(parts)));
    }

    /** Lines that end a head. */
    public static byte[] head(String lines) {
        return (lines.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** @param login user and password with a colon between and an at sign behind; or nothing */
    public String address(String login) {
        return "http://" + login + "127.0.0.1:" + server.getLocalPort() + "/secret/cam.jpg";
    }

    /** The first lines of all requests, in their order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        int number = 0;
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                List<String> request =
                        in.lines().takeWhile(line -> !line.isEmpty()).toList();
                if (!request.isEmpty()) { // otherwise it only looked whether somebody listens
                    asked.add(request.get(0));
                    answer.write(request, number++, socket.getOutputStream());
                }
            } catch (IOException e) {
                // the client left
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
