package dev.lintel.camera;

import dev.lintel.metrics.CameraMeters;
import dev.lintel.tracking.FrameFaces;
import dev.lintel.vision.GreyScaler;
import dev.lintel.vision.SeenFace;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the newest frame: motion first, faces where it is worth it, a live picture for who asks. Confined to one thread. */
final class FeedWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedWatcher.class);
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final CameraConfig camera;
    private final FaceSearch search;
    private final FrameListener listener;
    private final Snapshots snapshots;
    private final CameraMeters meters;
    private final GreyScaler scaler = new GreyScaler(FrameFaces.THUMBNAIL);
    private final MotionGate gate;
    private final Attention attention = new Attention();
    private boolean complained;
    private long complainedAt;

    FeedWatcher(
            CameraConfig camera, FaceSearch search, FrameListener listener, Snapshots snapshots, CameraMeters meters) {
        this.camera = camera;
        this.search = search;
        this.listener = listener;
        this.snapshots = snapshots;
        this.meters = meters;
        this.gate = new MotionGate(camera.motionThreshold());
    }

    /** Whatever goes wrong with one frame does not end the feed. */
    void look(FrameSlot.Held held) {
        try {
            snapshots.offer(held);
            byte[] grey = scaler.scale(held.frame());
            boolean moved = gate.moved(grey, scaler.width() * scaler.height());
            if (attention.wants(moved, held.nanos())) {
                List<SeenFace> faces = meters.analysed(() -> search.look(held.frame(), camera.detectSize()));
                attention.found(!faces.isEmpty(), held.nanos());
                listener.seen(new FrameFaces(
                        camera.id(),
                        held.at(),
                        held.nanos(),
                        held.frame().seenWidth(),
                        held.frame().seenHeight(),
                        faces,
                        scaler.image()));
            }
        } catch (RuntimeException e) {
            if (!complained || held.nanos() - complainedAt > QUIET) {
                complained = true;
                complainedAt = held.nanos();
                LOG.error("camera {}: a frame could not be looked at; told at most once a minute", camera.id(), e);
            }
        }
    }

    /** Whether the last picture had no colour. */
    boolean colourless() {
        return scaler.colourlessLast();
    }

    @Override
    public void close() {
        scaler.close();
    }
}
