package dev.lintel.camera;

import dev.lintel.access.Direction;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One camera.
 *
 * @param id by which everything else names it: letters, digits, hyphen and underscore, at most 32
 * @param door the door that it belongs to; absent if it only looks
 * @param direction which way people go whom it sees
 * @param source see {@link SourceAddress}; may hold a password, so it appears in no text about the camera
 * @param loop begin a file or folder again at its end
 * @param width wanted of a camera at this machine, pixels; absent for its own choice
 * @param height likewise
 * @param fps frames a second: wanted of a camera at this machine, the pace of a folder, and the most that are looked at
 * @param rotation clockwise degrees by which the picture is turned: 0, 90, 180, 270
 * @param mirror whether it is then flipped left to right
 * @param region the part that is looked at, after turning and flipping
 * @param reconnectMin pause before the first attempt to open the camera again; doubles with each further one
 * @param reconnectMax largest such pause
 * @param staleAfter how long there may be no picture, or always the same, before the camera counts as lost
 * @param motionThreshold share of the picture, 0..1, that must change to count as motion; 0 looks at every frame
 * @param detectSize longer side in pixels at which faces are searched
 * @param picture whether its live picture may be shown over HTTP
 */
public record CameraConfig(
        String id,
        String door,
        Direction direction,
        String source,
        Boolean loop,
        Integer width,
        Integer height,
        Integer fps,
        Integer rotation,
        Boolean mirror,
        RegionConfig region,
        Duration reconnectMin,
        Duration reconnectMax,
        Duration staleAfter,
        Double motionThreshold,
        Integer detectSize,
        Boolean picture) {

    public CameraConfig {
        direction = direction == null ? Direction.BOTH : direction;
        loop = loop == null || loop;
        fps = fps == null ? 15 : fps;
        rotation = rotation == null ? 0 : rotation;
        mirror = mirror != null && mirror;
        region = region == null ? RegionConfig.WHOLE : region;
        reconnectMin = reconnectMin == null ? Duration.ofSeconds(1) : reconnectMin;
        reconnectMax = reconnectMax == null ? Duration.ofSeconds(30) : reconnectMax;
        staleAfter = staleAfter == null ? Duration.ofSeconds(10) : staleAfter;
        motionThreshold = motionThreshold == null ? 0.005 : motionThreshold;
        detectSize = detectSize == null ? 480 : detectSize;
        picture = picture == null || picture;
        check(
                id != null && id.matches("[A-Za-z0-9_-]{1,32}"),
                "id: must be 1 to 32 letters, digits, hyphens or underscores, was " + (id == null ? "missing" : id));
        check(door == null || !door.isBlank(), "door: must be the id of a door, or left out");
        check(
                source != null && !source.isBlank(),
                "source: is missing: give a device such as /dev/video0, rpicam://0, an rtsp or http address, a video file or a folder of"
                        + " images");
        SourceAddress.parse(source);
        check((width == null) == (height == null), "width: must be given together with height");
        check(width == null || (width >= 64 && width <= 4096), "width: must be 64..4096 pixels, was " + width);
        check(height == null || (height >= 64 && height <= 4096), "height: must be 64..4096 pixels, was " + height);
        check(fps >= 1 && fps <= 60, "fps: must be 1..60, was " + fps);
        check(
                rotation % 90 == 0 && rotation >= 0 && rotation < 360,
                "rotation: must be 0, 90, 180 or 270, was " + rotation);
        check(
                between(reconnectMin, Duration.ofMillis(100), reconnectMax),
                "reconnect-min: must be 100ms to reconnect-max, was " + reconnectMin.toMillis() + "ms");
        check(reconnectMax.compareTo(Duration.ofHours(1)) <= 0, "reconnect-max: must be at most 1h");
        check(
                between(staleAfter, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                "stale-after: must be 1s to 10m, was " + staleAfter.toMillis() + "ms");
        check(motionThreshold >= 0 && motionThreshold < 1, "motion-threshold: must be 0..1, was " + motionThreshold);
        check(detectSize >= 96 && detectSize <= 2048, "detect-size: must be 96..2048 pixels, was " + detectSize);
    }

    /** A camera with defaults but for its source. */
    public static CameraConfig of(String id, String source) {
        return new CameraConfig(
                id, null, null, source, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Where it is, without user, password and path. */
    public SourceAddress address() {
        return SourceAddress.parse(source);
    }

    /** The same camera, a relative path of a file or folder taken from {@code home}. */
    public CameraConfig below(Path home) {
        if (address().kind() != SourceAddress.Kind.PATH) {
            return this;
        }
        String resolved = home.toAbsolutePath().resolve(source).normalize().toString();
        return new CameraConfig(
                id,
                door,
                direction,
                resolved,
                loop,
                width,
                height,
                fps,
                rotation,
                mirror,
                region,
                reconnectMin,
                reconnectMax,
                staleAfter,
                motionThreshold,
                detectSize,
                picture);
    }

    /** Without the source's secrets. */
    @Override
    public String toString() {
        return "CameraConfig[" + id + ", " + address() + "]";
    }

    private static boolean between(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
