package dev.lintel.camera;

import dev.lintel.camera.FfmpegStream.Step;
import dev.lintel.camera.SourceAddress.Kind;
import dev.lintel.vision.FrameView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.global.avutil;

/** A camera or video file through FFmpeg. Confined to one thread; owns native memory. */
final class FfmpegSource implements FrameSource {
    private static final Duration BETWEEN = Duration.ofMillis(10);

    /** What cameras send, and nothing else of what FFmpeg can decode. */
    private static final String CODECS = "h264,hevc,mjpeg,mpeg4";

    /** Beyond the patience with a silent camera: one that sends without end, but no picture. */
    private static final Duration MORE = Duration.ofSeconds(5);

    /** What a camera may send over HTTP; no playlists, which could point anywhere. */
    private static final String HTTP_FORMATS = "mpjpeg,mjpeg,mpegts,flv,mov,mp4,matroska,webm,avi";

    private final CameraConfig camera;
    private final SourceAddress address;
    private final FrameView view;
    private final CameraLink link;
    private final BodyReader body;
    private FfmpegStream stream;
    private boolean paced;
    private boolean any;

    FfmpegSource(CameraConfig camera, FrameView view) {
        this(camera, view, null);
    }

    /** @param body what an HTTP camera has begun to send */
    FfmpegSource(CameraConfig camera, FrameView view, BodyReader body) {
        this.camera = camera;
        this.address = camera.address();
        this.view = view;
        this.body = body;
        this.link = address.host() == null ? null : new CameraLink(camera);
    }

    @Override
    public void open() throws SourceException {
        boolean device = address.kind() == Kind.DEVICE;
        Ffmpeg.load(device);
        if (address.host() == null) {
            checkThatItIsThere(device);
        } else if (body == null) {
            link.reach();
        }
        int result = start(options());
        if (result < 0 && device) {
            Map<String, String> anyFormat = new HashMap<>(options());
            anyFormat.remove("pixel_format");
            result = start(anyFormat);
        }
        if (stream.astray()) {
            throw CameraLink.elsewhere();
        } else if (!stream.refused().isEmpty()) {
            throw new SourceException(stream.refused());
        } else if (result == avutil.AVERROR_STREAM_NOT_FOUND()) {
            throw new SourceException("there is no video in what it sends");
        } else if (result == Ffmpeg.REFUSED_TRANSPORT && address.kind() == Kind.RTSP) {
            throw new SourceException(
                    camera.transport() == Transport.TCP
                            ? "it sends over UDP alone: allow RTP over TCP (also called interleaved) in its settings, or"
                                    + " say transport: udp for this camera"
                            : "it does not send over UDP: leave out transport: udp for this camera");
        } else if (result < 0) {
            throw new SourceException(Ffmpeg.reason(result));
        }
        // Over RTSP a recording comes at its own pace: to hold it back once more would keep it late by what came while
        // it was opened.
        paced = address.kind() == Kind.PATH || (address.kind() == Kind.HTTP && stream.hasLength());
    }

    private int start(Map<String, String> options) throws SourceException {
        close();
        // Devices and RTSP say at once what they send; to look into it as well would take seconds in which nobody knows
        // whether anything arrives.
        boolean analyse = address.kind() == Kind.PATH || address.kind() == Kind.HTTP;
        boolean network = address.host() != null;
        stream = new FfmpegStream(new FfmpegStream.Bounds(
                network,
                camera.maxPixels(),
                network ? CODECS : "",
                network ? Optional.of(camera.staleAfter().plus(MORE)) : Optional.empty(),
                to -> link == null || link.leadsTo(to)));
        Map<String, String> all = new HashMap<>(options);
        if (network) {
            all.putAll(link.options());
        }
        return stream.open(
                body,
                network ? link.url() : address.opened(),
                address.kind() == Kind.DEVICE ? "v4l2" : null,
                all,
                analyse);
    }

    private void checkThatItIsThere(boolean device) throws SourceException {
        Path path = Path.of(camera.source());
        String what = device ? "camera" : "file";
        if (!Files.exists(path)) {
            throw new SourceException("there is no " + what + " " + address + (device ? ": is it plugged in?" : ""));
        }
        if (!Files.isReadable(path)) {
            throw new SourceException("the " + what + " " + address + " cannot be opened by this user"
                    + (device ? ": add the user to the group video" : ": change who may read it"));
        }
    }

    private Map<String, String> options() {
        String patience = Long.toString(camera.staleAfter().toMillis() * 1000);
        return switch (address.kind()) {
            case DEVICE -> device();
            case RTSP ->
                Map.of(
                        "rtsp_transport",
                        camera.transport().name().toLowerCase(Locale.ROOT),
                        "timeout",
                        patience,
                        "fflags",
                        "nobuffer",
                        "allowed_media_types",
                        "video",
                        "analyzeduration",
                        "2000000");
            // What is looked into is read all the same: the only key frame for long may be in it.
            case HTTP ->
                Map.of(
                        "rw_timeout",
                        patience,
                        "analyzeduration",
                        "2000000",
                        "probesize",
                        "500000",
                        "format_whitelist",
                        HTTP_FORMATS);
            case PATH -> Map.of("protocol_whitelist", "file");
            case RPICAM -> throw new IllegalStateException("FFmpeg cannot read " + address);
        };
    }

    private Map<String, String> device() {
        Map<String, String> options = new HashMap<>();
        // USB cameras give high resolutions at full rate as MJPEG only; where it is refused, it is asked without it.
        options.put("pixel_format", "mjpeg");
        // Not blocking: a camera that falls silent must not hold the thread.
        options.put("fflags", "nobuffer+nonblock");
        options.put("framerate", Integer.toString(camera.fps()));
        camera.width()
                .ifPresent(width ->
                        options.put("video_size", width + "x" + camera.height().orElseThrow()));
        return options;
    }

    @Override
    public Optional<Captured> next() throws SourceException {
        long asked = System.nanoTime();
        while (paced || System.nanoTime() - asked < camera.staleAfter().toNanos()) {
            Step step = stream.step();
            // What comes out of the decoder at the end of a live stream is from before the end.
            any |= step == Step.PICTURE || step == Step.WAITS_FOR_KEY;
            if (step == Step.PICTURE && (paced || !stream.ended())) {
                return Optional.of(new Captured(stream.picture(view), paced ? Math.max(0, stream.micros()) : -1));
            } else if (step == Step.WAITS_FOR_KEY) {
                return Optional.of(Captured.WAITS_FOR_KEY);
            } else if (step == Step.AGAIN) {
                pause();
            } else if (step != Step.NOTHING && paced) {
                return Optional.empty();
            } else if (step != Step.NOTHING) {
                break;
            }
        }
        boolean nothing = !any && address.kind() == Kind.RTSP && camera.transport() == Transport.UDP;
        throw new SourceException(
                nothing
                        ? "nothing arrives over UDP: does a firewall stop it? Leave out transport: udp where the camera sends"
                                + " over TCP too"
                        : "the stream ended or fell silent");
    }

    private static void pause() throws SourceException {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        } catch (InterruptedException e) {
            throw new SourceException("it is opened again"); // the watch or the end of the feed: it is closed next
        }
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
