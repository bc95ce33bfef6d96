package dev.lintel.camera;

import dev.lintel.settings.RemoteAddress;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;

/**
 * Where a network camera may lead the box: to its own address under its own certificate, and nowhere else. Confined to one
 * thread.
 */
final class CameraLink {
    /** More are a loop. */
    private static final int MOST_MOVES = 3;

    private final CameraConfig camera;
    private final CameraTrust trust;
    private final Login login = new Login();
    private RemoteAddress address;
    private int moves;

    CameraLink(CameraConfig camera) {
        this.camera = camera;
        this.trust = new CameraTrust(camera);
        this.address = RemoteAddress.parse(camera.source());
    }

    /** What FFmpeg opens. Holds secrets. */
    String url() {
        return address.secretUrl();
    }

    /** Clear words for the commonest faults, before it is tried what cannot succeed; a certificate is looked at. */
    void reach() throws SourceException {
        Ffmpeg.reach(camera.address());
        if (address.tls() && !address.http()) { // over HTTP it is looked at with each request
            trust.check(address);
        }
    }

    /** What FFmpeg may speak, and whom it may trust. Over HTTP it speaks to nobody: it is given what it reads. */
    Map<String, String> options() throws SourceException {
        if (address.http()) {
            return Map.of("protocol_whitelist", "none");
        }
        if (!address.tls()) {
            return Map.of("protocol_whitelist", "rtsp,rtp,udp,tcp");
        }
        Map<String, String> options = new HashMap<>(Map.of("protocol_whitelist", "rtsp,rtsps,rtp,udp,tcp,tls"));
        Path authorities = trust.authorities();
        options.put("tls_verify", authorities == null ? "0" : "1");
        if (authorities != null) {
            options.put("ca_file", authorities.toString());
        }
        return options;
    }

    /** Whether an address that FFmpeg was told to go on to is this camera's. */
    boolean leadsTo(String url) {
        try {
            return url.isEmpty() || sameHost(RemoteAddress.parse(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A request that was not sent yet. */
    HttpURLConnection ask(Duration patience) throws SourceException {
        login.begin(address);
        try {
            HttpURLConnection asked = (HttpURLConnection) bare().toURL().openConnection();
            if (asked instanceof HttpsURLConnection tls) {
                trust.apply(tls);
            }
            asked.setInstanceFollowRedirects(false);
            asked.setConnectTimeout((int) patience.toMillis());
            asked.setReadTimeout((int) patience.toMillis());
            asked.setUseCaches(false);
            asked.setRequestProperty("Connection", "close");
            asked.setRequestProperty("Accept", "*/*");
            asked.setAuthenticator(login);
            return asked;
        } catch (IOException | IllegalArgumentException e) {
            throw new SourceException("its address cannot be opened: check the path of the stream or snapshot");
        }
    }

    /**
     * The camera has sent the box on.
     *
     * @throws SourceException if it sends it to another machine, from TLS to none, or on and on
     */
    void move(String to) throws SourceException {
        RemoteAddress next;
        try {
            next = RemoteAddress.parse(bare().resolve(to).toString());
        } catch (IllegalArgumentException e) {
            throw new SourceException("it cannot be opened: it redirects to an address that cannot be read");
        }
        if (!sameHost(next)) {
            throw elsewhere();
        }
        if (!next.http() || (address.tls() && !next.tls())) {
            throw new SourceException(
                    "it redirects to an address that is not protected: give that address if it is meant");
        }
        if (++moves > MOST_MOVES) {
            throw new SourceException("it cannot be opened: it redirects again and again");
        }
        address = new RemoteAddress(
                next.scheme(), address.user(), address.password(), next.host(), next.port(), next.path());
    }

    SourceException untrusted() {
        return trust.untrusted();
    }

    static SourceException elsewhere() {
        return new SourceException(
                "it redirects to another machine, where the box does not go: if that is the camera, give"
                        + " its address as source");
    }

    private boolean sameHost(RemoteAddress other) {
        return other.host().equalsIgnoreCase(address.host());
    }

    private URI bare() {
        return URI.create(new RemoteAddress(address.scheme(), "", "", address.host(), address.port(), address.path())
                .secretUrl());
    }

    /** User and password, once for each request: a camera that refuses them is not asked again and again. */
    private static final class Login extends Authenticator {
        private RemoteAddress address;
        private boolean given;

        void begin(RemoteAddress now) {
            address = now;
            given = false;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            if (given || (address.user().isEmpty() && address.password().isEmpty())) {
                return null;
            }
            given = true;
            return new PasswordAuthentication(address.user(), address.password().toCharArray());
        }
    }
}
