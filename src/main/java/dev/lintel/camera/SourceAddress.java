package dev.lintel.camera;

import dev.lintel.settings.RemoteAddress;
import java.util.Locale;

/**
 * Where a camera's frames come from. Its text never holds user, password, path or query: those are where cameras
 * expect secrets.
 *
 * @param kind what opens it
 * @param host of a network address; otherwise null
 * @param port of a network address; 0 otherwise
 * @param number of a Raspberry Pi's own camera, as {@code rpicam-hello --list-cameras} counts them; 0 otherwise
 * @param shown as it may be shown
 * @param opened what FFmpeg opens; may hold secrets
 */
public record SourceAddress(Kind kind, String host, int port, int number, String shown, String opened) {

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
            return new SourceAddress(kind, null, 0, 0, source, source);
        }
        String scheme = source.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "rtsp", "rtsps" -> network(Kind.RTSP, source);
            case "http", "https" -> network(Kind.HTTP, source);
            case "rpicam" -> rpicam(source.substring(colon + 3));
            default ->
                throw new IllegalArgumentException("source: begins with "
                        + (scheme.matches("[a-z0-9+.-]{1,16}") ? scheme + "://" : "something else")
                        + ", but only rtsp, rtsps, http, https and rpicam addresses can be opened");
        };
    }

    private static SourceAddress rpicam(String number) {
        if (!number.matches("\\d{0,2}")) {
            throw new IllegalArgumentException(
                    "source: rpicam:// is followed by the number of the camera alone, as in rpicam://0");
        }
        int camera = number.isEmpty() ? 0 : Integer.parseInt(number);
        return new SourceAddress(Kind.RPICAM, null, 0, camera, "rpicam://" + camera, "rpicam://" + camera);
    }

    private static SourceAddress network(Kind kind, String source) {
        try {
            RemoteAddress remote = RemoteAddress.parse(source);
            return new SourceAddress(
                    kind, remote.host(), remote.actualPort(), 0, remote.toString(), remote.secretUrl());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("source: is an address that " + e.getMessage());
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
