package dev.lintel.camera;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a camera's frames come from. Its text never holds user, password, path or query: those are where cameras
 * expect secrets.
 *
 * @param kind what opens it
 * @param host of a network address; otherwise null
 * @param port likewise; 0 otherwise
 * @param number of a Raspberry Pi's own camera, as {@code rpicam-hello --list-cameras} counts them; 0 otherwise
 * @param shown as it may be shown
 */
public record SourceAddress(Kind kind, String host, int port, int number, String shown) {

    public enum Kind {
        /** A camera at this machine, {@code /dev/video0} or its lasting name below {@code /dev/v4l/by-id}. */
        DEVICE,
        /** {@code rpicam://0}: a camera at a Raspberry Pi's own connector, which only libcamera can read. */
        RPICAM,
        /** {@code rtsp://} or {@code rtsps://}. */
        RTSP,
        /** {@code http://} or {@code https://}: MJPEG, or a video that is played while it is sent. */
        HTTP,
        /** A video file, or a folder of images; which of the two is seen when it is opened. */
        PATH
    }

    /** @throws IllegalArgumentException with what is wrong, without the address itself */
    public static SourceAddress parse(String source) {
        int colon = source.indexOf("://");
        if (colon < 0) {
            Kind kind = source.startsWith("/dev/") ? Kind.DEVICE : Kind.PATH;
            return new SourceAddress(kind, null, 0, 0, source);
        }
        String scheme = source.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "rtsp" -> network(Kind.RTSP, scheme, source, 554);
            case "rtsps" -> network(Kind.RTSP, scheme, source, 322);
            case "http" -> network(Kind.HTTP, scheme, source, 80);
            case "https" -> network(Kind.HTTP, scheme, source, 443);
            case "rpicam" -> rpicam(source.substring(colon + 3));
            default ->
                throw new IllegalArgumentException("source: begins with " + scheme
                        + "://, but only rtsp, rtsps, http, https and rpicam addresses can be opened");
        };
    }

    private static SourceAddress rpicam(String number) {
        if (!number.matches("\\d{0,2}")) {
            throw new IllegalArgumentException(
                    "source: rpicam:// is followed by the number of the camera alone, as in rpicam://0");
        }
        int camera = number.isEmpty() ? 0 : Integer.parseInt(number);
        return new SourceAddress(Kind.RPICAM, null, 0, camera, "rpicam://" + camera);
    }

    private static SourceAddress network(Kind kind, String scheme, String source, int port) {
        try {
            URI uri = new URI(source);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "source: is no address with a host: special characters in user or password"
                                + " must be written %XX");
            }
            int actual = uri.getPort() < 0 ? port : uri.getPort();
            String host = uri.getHost().replaceAll("^\\[|\\]$", "");
            return new SourceAddress(kind, host, actual, 0, scheme + "://" + uri.getHost() + ":" + actual);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "source: is no address: special characters in user or password must be written %XX");
        }
    }

    /** Whether its pictures are of this moment: it cannot be paused, and a picture that never changes is a fault. */
    public boolean live() {
        return kind != Kind.PATH;
    }

    /** Whether it is a camera at this machine, which gives its frames to one program at a time. */
    public boolean local() {
        return kind == Kind.DEVICE || kind == Kind.RPICAM;
    }

    @Override
    public String toString() {
        return shown;
    }
}
