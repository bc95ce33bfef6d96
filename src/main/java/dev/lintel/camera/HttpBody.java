package dev.lintel.camera;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The body of one answer over HTTP, as it arrives. It goes where its {@link CameraLink} lets it, and no further. Confined to one
 * thread.
 */
final class HttpBody implements AutoCloseable {
    /** Beyond the patience with a silent server: one that sends a head without end. */
    private static final Duration MORE = Duration.ofSeconds(5);

    private static final ScheduledExecutorService CUTTER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "camera-http");
        thread.setDaemon(true);
        return thread;
    });

    private final HttpURLConnection connection;
    private InputStream in;

    /**
     * Asks for it.
     *
     * @param patience how long the server may be silent, now and later
     * @throws SourceException if the server refuses it, says nothing, or sends the box elsewhere
     */
    HttpBody(CameraLink link, Duration patience) throws SourceException {
        HttpURLConnection asked = link.ask(patience);
        int status = answer(link, asked, patience);
        while (status / 100 == 3 && asked.getHeaderField("Location") != null) {
            String to = asked.getHeaderField("Location");
            asked.disconnect();
            link.move(to);
            asked = link.ask(patience);
            status = answer(link, asked, patience);
        }
        connection = asked;
        if (status != HttpURLConnection.HTTP_OK) {
            close();
            throw new SourceException("it cannot be opened: it answers " + status
                    + (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN
                            ? ", so check user and password"
                            : ", so check the path of the stream or snapshot"));
        }
        try {
            in = asked.getInputStream();
        } catch (IOException e) {
            close();
            throw new SourceException("it answers, but sends nothing");
        }
    }

    private static int answer(CameraLink link, HttpURLConnection asked, Duration patience) throws SourceException {
        ScheduledFuture<?> cut =
                CUTTER.schedule(asked::disconnect, patience.plus(MORE).toMillis(), TimeUnit.MILLISECONDS);
        try {
            int status = asked.getResponseCode();
            if (status > 0) {
                return status;
            }
            throw new SourceException("it cannot be opened: it does not speak HTTP there");
        } catch (SSLException e) {
            throw link.untrusted();
        } catch (SocketTimeoutException e) {
            throw new SourceException("it cannot be opened: it takes the request, but does not answer");
        } catch (IOException | RuntimeException e) { // the words of either may hold the address
            throw new SourceException("it cannot be opened: its answer is no HTTP that can be read, or was cut off");
        } finally {
            cut.cancel(false);
        }
    }

    /** Its media type without parameters, in small letters; empty if it has none, or none that may be shown. */
    String type() {
        String given = connection.getContentType();
        String type = given == null ? "" : given.split(";")[0].strip().toLowerCase(Locale.ROOT);
        return type.matches("[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}") ? type : "";
    }

    /**
     * Waits for the next bytes.
     *
     * @return how many; -1 at the end
     * @throws SourceException if the connection fell silent
     */
    int read(byte[] into) throws SourceException {
        try {
            return in.read(into);
        } catch (SocketTimeoutException e) {
            throw new SourceException("the stream ended or fell silent");
        } catch (IOException e) {
            return -1; // also the end of an answer that had neither a length nor said that the connection ends with it
        }
    }

    /** Hangs up: what is still to come is not read. */
    @Override
    public void close() {
        connection.disconnect();
    }
}
