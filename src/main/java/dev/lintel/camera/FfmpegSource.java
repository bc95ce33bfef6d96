package dev.lintel.camera;

import dev.lintel.camera.SourceAddress.Kind;
import dev.lintel.inference.Natives;
import dev.lintel.vision.FrameView;
import dev.lintel.vision.VideoFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * A camera or video file through FFmpeg. Confined to one thread; owns native memory. FFmpeg's own words are not passed
 * on, because they repeat the address with its password; what it wants to print is switched off.
 */
final class FfmpegSource implements FrameSource {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Pattern CODE = Pattern.compile("error (-\\d+)");

    /** Linux's EPROTONOSUPPORT, which FFmpeg answers where a camera refuses to send over TCP. */
    private static final int NO_TCP = -93;

    /** What a camera may send over HTTP; no playlists, which could point anywhere. */
    private static final String HTTP_FORMATS = "mpjpeg,mjpeg,mpegts,flv,mov,mp4,matroska,webm,avi";

    private final CameraConfig camera;
    private final SourceAddress address;
    private final FrameView view;
    private final AtomicBoolean failed;
    private FFmpegFrameGrabber grabber;
    private boolean paced;

    /** @param failed whether the last attempt to open this camera failed; kept up to date */
    FfmpegSource(CameraConfig camera, FrameView view, AtomicBoolean failed) {
        this.failed = failed;
        this.camera = camera;
        this.address = camera.address();
        this.view = view;
    }

    /**
     * Loads FFmpeg; cheap after the first time. Its part for devices needs libraries for sound and windows that a small
     * system lacks; all other sources do without it.
     */
    private static void load(boolean device) throws SourceException {
        Natives.prepareJavaCpp();
        try {
            try {
                FFmpegFrameGrabber.tryLoad();
            } catch (FrameGrabber.Exception e) {
                if (device) {
                    throw new SourceException(
                            "FFmpeg cannot open devices on this system: install the libraries libasound, libpulse,"
                                    + " libxcb and libxcb-shm (in Debian: libasound2 or libasound2t64, libpulse0, libxcb1, libxcb-shm0)");
                }
                Loader.load(avformat.class);
                Loader.load(swscale.class);
            }
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        } catch (LinkageError e) {
            throw new SourceException("FFmpeg cannot be loaded: build with scripts/run on this machine");
        }
    }

    @Override
    public void open() throws SourceException {
        load(address.kind() == Kind.DEVICE);
        checkThatSomethingIsThere();
        boolean again = failed.getAndSet(true);
        if (again && address.host() != null) {
            tryOnce();
        }
        grabber = new FFmpegFrameGrabber(address.opened());
        options().forEach(grabber::setOption);
        // Threads that work on one frame, not on several at once: those would each hold a frame back.
        grabber.setVideoOption("thread_type", "slice");
        grabber.setVideoOption("flags", "low_delay");
        boolean device = address.kind() == Kind.DEVICE;
        if (device) {
            grabber.setFormat("v4l2");
            grabber.setFrameRate(camera.fps());
            camera.width().ifPresent(grabber::setImageWidth);
            camera.height().ifPresent(grabber::setImageHeight);
        }
        try {
            // "Unsafe" because it takes no lock that all grabbers share: one camera that does not answer would hold up
            // the others.
            // FFmpeg itself has needed none since its version 4.
            grabber.startUnsafe(!device);
        } catch (FrameGrabber.Exception e) {
            throw new SourceException(reason(e.getMessage()));
        }
        if (!grabber.hasVideo()) {
            throw new SourceException("there is no video in what it sends");
        }
        failed.set(false);
        // Over RTSP a recording comes at its own pace: to hold it back once more would keep it late by what came while
        // it was opened.
        paced = address.kind() == Kind.PATH || (address.kind() == Kind.HTTP && grabber.getLengthInTime() > 0);
    }

    /** Clear words for the commonest faults, and no attempt by FFmpeg where it cannot succeed. */
    private void checkThatSomethingIsThere() throws SourceException {
        if (address.host() != null) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.host(), address.port()), (int) CONNECT.toMillis());
            } catch (UnknownHostException e) {
                throw new SourceException(
                        "the name of the host is unknown: check it, or give the number of the address");
            } catch (SocketTimeoutException e) {
                throw new SourceException("nothing answers at " + address + ": is the camera on, and on this network?");
            } catch (IOException e) {
                throw new SourceException("nothing can be reached at " + address + ": check address, port and network");
            }
            return;
        }
        Path path = Path.of(camera.source());
        String what = address.kind() == Kind.DEVICE ? "camera" : "file";
        if (!Files.exists(path)) {
            throw new SourceException("there is no " + what + " " + address
                    + (address.kind() == Kind.DEVICE ? ": is it plugged in?" : ""));
        }
        if (!Files.isReadable(path)) {
            throw new SourceException("the " + what + " " + address + " cannot be opened by this user"
                    + (address.kind() == Kind.DEVICE
                            ? ": add the user to the group video"
                            : ": change who may read it"));
        }
    }

    /**
     * Opens and closes it with FFmpeg alone. JavaCV leaves its options behind in native memory where opening fails: half a
     * kilobyte for each attempt, for as long as somebody does not notice a wrong password.
     */
    private void tryOnce() throws SourceException {
        AVDictionary options = new AVDictionary(null);
        AVFormatContext context = new AVFormatContext(null);
        try {
            options().forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
            int result = avformat.avformat_open_input(context, address.opened(), null, options);
            if (result < 0) {
                throw new SourceException(reason("error " + result));
            }
            avformat.avformat_close_input(context);
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private Map<String, String> options() {
        String patience = Long.toString(camera.staleAfter().toMillis() * 1000);
        return switch (address.kind()) {
            // USB cameras give high resolutions at full rate as MJPEG only; where it is refused, JavaCV asks again
            // without it.
            // Not blocking: a camera that falls silent must not hold the thread.
            case DEVICE -> Map.of("pixel_format", "mjpeg", "fflags", "nobuffer+nonblock");
            case RTSP ->
                Map.of(
                        "rtsp_transport",
                        "tcp",
                        "timeout",
                        patience,
                        "fflags",
                        "nobuffer",
                        "allowed_media_types",
                        "video",
                        "analyzeduration",
                        "2000000",
                        "protocol_whitelist",
                        "rtsp,rtp,tcp,tls,crypto,udp");
            case HTTP ->
                Map.of(
                        "rw_timeout",
                        patience,
                        "fflags",
                        "nobuffer",
                        "analyzeduration",
                        "2000000",
                        "probesize",
                        "500000",
                        "protocol_whitelist",
                        "http,https,tcp,tls,crypto",
                        "format_whitelist",
                        HTTP_FORMATS);
            case PATH -> Map.of("protocol_whitelist", "file");
            case RPICAM -> throw new IllegalStateException("FFmpeg cannot read " + address);
        };
    }

    @Override
    public Optional<Captured> next() throws SourceException {
        Frame frame;
        long asked = System.nanoTime();
        try {
            frame = grabber.grabImage();
        } catch (FrameGrabber.Exception e) {
            throw new SourceException(reason(e.getMessage()));
        }
        boolean none = frame == null || frame.image == null;
        if (none && paced) {
            return Optional.empty();
        }
        // What comes after a silence that FFmpeg gave up on is a picture that its decoder had kept, from before the
        // silence.
        if (none || (!paced && System.nanoTime() - asked >= camera.staleAfter().toNanos())) {
            throw new SourceException("the stream ended or fell silent");
        }
        VideoFrame picture = new VideoFrame(
                (ByteBuffer) frame.image[0], frame.imageWidth, frame.imageHeight, frame.imageStride, view);
        return Optional.of(new Captured(picture, paced ? Math.max(0, frame.timestamp) : -1));
    }

    /** FFmpeg's error by its number: the words around it hold the address. */
    private static String reason(String message) {
        Matcher code = CODE.matcher(message == null ? "" : message);
        if (!code.find()) {
            return "it cannot be opened or read as video";
        }
        byte[] text = new byte[128];
        int error = Integer.parseInt(code.group(1));
        if (error == NO_TCP) {
            return "it sends over UDP alone: allow RTP over TCP (also called interleaved) in its settings";
        }
        avutil.av_strerror(error, text, text.length);
        String words = new String(text, java.nio.charset.StandardCharsets.US_ASCII).split("\0", 2)[0];
        return "it cannot be opened: " + (words.isEmpty() ? "error " + error : words);
    }

    @Override
    public void close() {
        if (grabber != null) {
            try {
                grabber.releaseUnsafe();
            } catch (FrameGrabber.Exception e) {
                throw new IllegalStateException("FFmpeg did not close");
            } finally {
                grabber = null;
            }
        }
    }
}
