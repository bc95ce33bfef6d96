package dev.lintel.camera;

import dev.lintel.messages.CameraMessages.LiveView;
import dev.lintel.tracking.Followed;
import dev.lintel.tracking.FrameFaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Announces who is before a camera, no more often than a screen needs, and once that nobody is. Confined to one thread. */
final class LiveViews {
    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    /** A face that was missed for so long is not shown any more. */
    private static final long SHOWN = Duration.ofMillis(400).toNanos();

    private final String camera;
    private final Consumer<LiveView> announce;
    private boolean somebody;
    private long last = Long.MIN_VALUE / 2;
    private int width;
    private int height;

    LiveViews(String camera, Consumer<LiveView> announce) {
        this.camera = camera;
        this.announce = announce;
    }

    void show(FrameFaces frame, List<Followed> followed) {
        width = frame.width();
        height = frame.height();
        announce(followed, frame.nanos(), frame.at());
    }

    /** No frame came for a while. */
    void nobody(List<Followed> followed, long nanos, Instant at) {
        if (somebody) {
            announce(followed, nanos, at);
        }
    }

    private void announce(List<Followed> followed, long nanos, Instant at) {
        List<LiveView.Face> faces = followed.stream()
                .filter(f -> nanos - f.seenNanos() <= SHOWN)
                .map(LiveViews::face)
                .toList();
        if (faces.isEmpty() ? !somebody : nanos - last < INTERVAL) {
            return;
        }
        somebody = !faces.isEmpty();
        last = nanos;
        announce.accept(new LiveView(camera, at, width, height, faces));
    }

    private static LiveView.Face face(Followed f) {
        String state = f.identity() == null ? "looking" : f.identity().name().toLowerCase(Locale.ROOT);
        return new LiveView.Face(
                f.visit(),
                f.box(),
                f.person(),
                state,
                f.live().name().toLowerCase(Locale.ROOT),
                f.verdict() == null ? null : f.verdict().name().toLowerCase(Locale.ROOT));
    }
}
