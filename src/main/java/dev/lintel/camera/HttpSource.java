package dev.lintel.camera;

import dev.lintel.face.EncodedImage;
import dev.lintel.vision.FrameView;
import dev.lintel.vision.StillDecoder;
import dev.lintel.vision.VideoFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A camera over HTTP. What it sends is found out from its first bytes: JPEGs one after another, whatever stands between them;
 * one JPEG, which is then asked for again and again; or a video, which FFmpeg reads. Confined to one thread; owns native
 * memory.
 */
final class HttpSource implements FrameSource {
    /** Bytes of a picture: several times what 4096x4096 pixels take. */
    private static final int LARGEST = 16 << 20;

    /** Bytes that tell a picture, a page and a video apart. */
    private static final int HEAD = 16;

    private static final String SILENT = "the stream ended or fell silent";

    private final CameraConfig camera;
    private final FrameView view;
    private final StillDecoder decoder;
    private final CameraLink link;
    private final byte[] buffer = new byte[1 << 16];
    private final long interval;
    private JpegCutter cutter;
    private HttpBody body;
    private byte[] first = {};
    private boolean multipart;
    private boolean any;
    private String fault = "";
    private long asked;
    private FfmpegSource video;

    HttpSource(CameraConfig camera, FrameView view) {
        this.camera = camera;
        this.view = view;
        this.link = new CameraLink(camera);
        this.decoder = new StillDecoder(camera.maxPixels());
        this.interval = Duration.ofSeconds(1).toNanos() / camera.fps();
    }

    @Override
    public void open() throws SourceException {
        Ffmpeg.load(false);
        link.reach();
        if (!ask()) {
            video = new FfmpegSource(
                    camera, view, new BodyReader(first, body)); // the same answer: some send to one client
            video.open();
        }
    }

    /** @return whether it sends JPEGs; otherwise it may be a video */
    private boolean ask() throws SourceException {
        asked = System.nanoTime();
        body = new HttpBody(link, camera.staleAfter());
        cutter = new JpegCutter(LARGEST);
        String type = body.type();
        byte[] head = head();
        first = head;
        cutter.put(head, head.length);
        String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        if (text.isEmpty()) {
            throw new SourceException("it answers, but sends nothing");
        }
        boolean part = text.startsWith("--") || text.regionMatches(true, 0, "Content-", 0, 8);
        multipart = part || type.startsWith("multipart/");
        if (part || text.startsWith("\u00ff\u00d8\u00ff")) {
            return true;
        }
        if (text.startsWith("<") || type.equals("text/html")) {
            throw new SourceException(
                    "it sends a web page instead of pictures, perhaps the one where people log in: check"
                            + " user and password, and the path of the stream or snapshot");
        }
        if (type.startsWith("text/") || type.endsWith("json") || type.endsWith("xml")) {
            throw new SourceException(
                    "it sends text (" + type + ") instead of pictures: check the path of the stream or" + " snapshot");
        }
        if (type.startsWith("image/") && !type.endsWith("jpeg") && !type.endsWith("jpg")) {
            throw new SourceException("it sends pictures as " + type + ": only JPEG can be read, set the camera to it");
        }
        return multipart || type.matches(".*jpe?g");
    }

    /** The first bytes behind blanks, fewer only where there are no more. */
    private byte[] head() throws SourceException {
        byte[] head = {};
        long until = asked + camera.staleAfter().toNanos();
        while (head.length < buffer.length
                && new String(head, StandardCharsets.ISO_8859_1).stripLeading().length() < HEAD
                && System.nanoTime() < until) {
            int length = body.read(buffer);
            if (length < 0) {
                return head;
            }
            head = Arrays.copyOf(head, head.length + length);
            System.arraycopy(buffer, 0, head, head.length - length, length);
        }
        return head;
    }

    @Override
    public Optional<Captured> next() throws SourceException {
        if (video != null) {
            return video.next();
        }
        boolean damaged = false;
        long until = System.nanoTime() + interval + camera.staleAfter().toNanos();
        while (System.nanoTime() < until) {
            byte[] jpeg = cutter.take();
            if (jpeg != null) {
                any = true;
                Optional<VideoFrame> frame = decode(jpeg);
                if (frame.isPresent()) {
                    return Optional.of(new Captured(frame.get(), -1));
                }
                damaged = true;
            } else {
                read();
            }
        }
        throw new SourceException(damaged ? "it sends only pictures of which none can be read: " + fault : SILENT);
    }

    /** The next bytes; of a camera that gives one picture each time, those of the next picture. */
    private void read() throws SourceException {
        int length = body.read(buffer);
        if (length >= 0) {
            cutter.put(buffer, length);
            return;
        }
        body.close();
        if (multipart) {
            throw new SourceException(SILENT);
        }
        if (!any) {
            throw new SourceException("what it sends is no whole JPEG");
        }
        try {
            TimeUnit.NANOSECONDS.sleep(asked + interval - System.nanoTime());
        } catch (InterruptedException e) {
            throw new SourceException(SILENT); // the watch or the end of the feed: this source is closed next
        }
        if (!ask()) {
            throw new SourceException("it sends something else than before");
        }
    }

    private Optional<VideoFrame> decode(byte[] jpeg) {
        try {
            return Optional.of(decoder.decode(new EncodedImage(jpeg), view));
        } catch (IOException e) {
            fault = e.getMessage();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (video != null) {
            video.close();
        }
        if (body != null) {
            body.close();
        }
    }
}
