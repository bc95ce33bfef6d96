package dev.lintel.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP over a bare socket, because a proper client would refuse to send what the fuzz test sends. */
final class RawHttp {
    private static final int LONGEST_ANSWER = 64 << 20;

    private final InetSocketAddress address;
    private final int patienceMillis;

    RawHttp(int port, int patienceMillis) {
        this.address = new InetSocketAddress("127.0.0.1", port);
        this.patienceMillis = patienceMillis;
    }

    /** How an exchange ended. */
    enum End {
        /** A whole answer was read. */
        ANSWERED,
        /** The server closed or reset the connection without a whole answer. */
        CUT,
        /** Nothing came in time, and the connection was still open. */
        SILENT
    }

    record Answer(End end, int status, Map<String, String> headers, byte[] body) {
        static Answer none(End end) {
            return new Answer(end, 0, Map.of(), new byte[0]);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /**
     * Sends the bytes as they are and reads one answer.
     *
     * @param finish closes the sending side after the bytes, as a client does that goes away
     */
    Answer send(byte[] request, boolean finish) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, patienceMillis);
            socket.setSoTimeout(patienceMillis);
            socket.setTcpNoDelay(true);
            try {
                socket.getOutputStream().write(request);
                if (finish) {
                    socket.shutdownOutput();
                }
            } catch (IOException refusedEarly) {
                // The server may answer and close before it has read everything; the answer is still to be read.
            }
            try {
                boolean head =
                        request.length > 5 && new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
                return read(socket.getInputStream(), head);
            } catch (SocketTimeoutException e) {
                return Answer.none(End.SILENT);
            } catch (IOException e) {
                return Answer.none(End.CUT);
            }
        }
    }

    private static Answer read(InputStream plain, boolean head) throws IOException {
        InputStream in = new java.io.BufferedInputStream(plain);
        int status;
        Map<String, String> headers;
        do {
            String[] parts = line(in).split(" ", 3);
            if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
                throw new EOFException("no status line");
            }
            status = Integer.parseInt(parts[1]);
            headers = new HashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        } while (status == 100);
        return new Answer(End.ANSWERED, status, headers, head || status == 304 ? new byte[0] : body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                all.write(exactly(in, size));
                line(in);
            }
            return all.toByteArray();
        }
        String length = headers.get("content-length");
        return length == null ? in.readNBytes(LONGEST_ANSWER) : exactly(in, Integer.parseInt(length));
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the answer ended early");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() > 65_536) {
                throw new EOFException("the answer ended in a line");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
