package dev.lintel.door.lock;

import dev.lintel.settings.RemoteAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Whether a lock can be driven, found out without moving it: no call of the configuration is made, and no line is taken.
 *
 * @param detail how it is, or what is wrong and what to do
 */
public record LockProbe(State state, String detail) {
    public enum State {
        FINE,
        /** It may work; something could not be found out, or is unusual. */
        DOUBTFUL,
        FAILED
    }

    /** Asks a relay for its front page, with the login of the configuration. Blocks for the lock's timeout at most. */
    public static LockProbe of(HttpLockConfig config) {
        RemoteAddress address = RemoteAddress.parse(config.url());
        String path = address.target().split("[?#]", 2)[0];
        try {
            return path.equals("/") || path.isEmpty()
                    ? reached(address, config.timeout())
                    : answered(address, config, front(address, config));
        } catch (IOException | UnresolvedAddressException e) {
            return failed(address, e, config.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LockProbe(State.FAILED, "interrupted");
        }
    }

    /** Whether a line is there and free. */
    public static LockProbe of(Chips chips, String chip, int line) {
        try {
            chips.look(chip, line);
            return new LockProbe(State.FINE, "line " + line + " of " + chip + " is there and free");
        } catch (LockException e) {
            return new LockProbe(State.FAILED, e.getMessage());
        }
    }

    private static int front(RemoteAddress address, HttpLockConfig config) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.timeout())
                .build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root(address)).timeout(config.timeout()).GET();
        address.basicAuthorization().ifPresent(value -> request.header("Authorization", value));
        config.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Authorization")) {
                request.setHeader(name, value);
            }
        });
        HttpResponse<Void> response = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        return response.statusCode();
    }

    private static URI root(RemoteAddress address) throws IOException {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        try {
            return URI.create((address.tls() ? "https://" : "http://") + host + ":" + address.actualPort() + "/");
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException(address.host());
        }
    }

    private static LockProbe answered(RemoteAddress address, HttpLockConfig config, int status) {
        boolean login = address.basicAuthorization().isPresent()
                || config.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
        if (status == 401 || status == 403) {
            return new LockProbe(
                    State.FAILED,
                    address + " refuses the login (" + status + "): "
                            + (login
                                    ? "look at its user and password"
                                    : "it asks for one: put user and password into url, or a header into headers"));
        }
        if (status >= 500) {
            return new LockProbe(State.DOUBTFUL, address + " answers with status " + status + ": look at the relay");
        }
        return new LockProbe(
                State.FINE,
                address + " answers" + (address.tls() ? ", encrypted" : "") + (login ? ", and takes the login" : "")
                        + "; the lock was not moved");
    }

    /** Where the front page is what releases the lock, nothing is asked for. */
    private static LockProbe reached(RemoteAddress address, Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.actualPort()), (int) timeout.toMillis());
            return new LockProbe(
                    State.DOUBTFUL,
                    address
                            + " takes connections; whether it takes the login cannot be tried, as asking for its front"
                            + " page moves the lock");
        }
    }

    private static LockProbe failed(RemoteAddress address, Exception failure, Duration timeout) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new LockProbe(
                        State.FAILED,
                        address + " has a name that cannot be found: look at its spelling, or give its number");
            }
            if (cause instanceof SSLException) {
                return new LockProbe(
                        State.FAILED,
                        address + " has a certificate that is not trusted, or does not encrypt (" + cause.getMessage()
                                + ")");
            }
            if (cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException) {
                return new LockProbe(
                        State.FAILED,
                        address + " does not answer within " + timeout.toMillis() + " ms: is it switched on?");
            }
        }
        return new LockProbe(
                State.FAILED,
                address
                        + (failure instanceof ConnectException
                                ? " does not take connections: is it switched on, is the port right?"
                                : " breaks the connection off: does it speak HTTP at this port?"));
    }
}
