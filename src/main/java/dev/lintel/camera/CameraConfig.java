package dev.lintel.camera;

import dev.lintel.access.Direction;
import dev.lintel.settings.Checks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * One camera.
 *
 * @param id by which everything else names it: letters, digits, hyphen and underscore, at most 32
 * @param door the door that it belongs to; absent if it only looks
 * @param direction which way people go whom it sees
 * @param source see {@link SourceAddress}; may hold a password, so it appears in no text about the camera
 * @param loop begin a file or folder again at its end
 * @param width wanted of a camera at this machine, pixels; absent for its own choice
 * @param height goes with the width
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
 * @param maxPixels largest picture that is decoded; a larger one is a fault of the camera
 * @param caFile of an https or rtsps camera: PEM with who may have signed its certificate; empty: whom the machine trusts
 * @param insecure whether an https or rtsps camera may have any certificate
 * @param transport how an RTSP camera sends
 * @param levelSince ISO 8601 with a zone, of the years 2000 to 9999: what was seen before says nothing of its {@code LiveLevel}, as it was moved or exchanged
 */
public record CameraConfig(
        String id,
        Optional<String> door,
        Direction direction,
        String source,
        boolean loop,
        Optional<Integer> width,
        Optional<Integer> height,
        int fps,
        int rotation,
        boolean mirror,
        RegionConfig region,
        Duration reconnectMin,
        Duration reconnectMax,
        Duration staleAfter,
        double motionThreshold,
        int detectSize,
        boolean picture,
        int maxPixels,
        Optional<Path> caFile,
        boolean insecure,
        Transport transport,
        Optional<String> levelSince) {

    public CameraConfig {
        Checks checks = new Checks()
                .that(
                        id.matches("[A-Za-z0-9_-]{1,32}"),
                        "id: must be 1 to 32 letters, digits, hyphens or underscores, was '" + id + "'")
                .that(door.isEmpty() || !door.get().isBlank(), "door: must be the id of a door, or left out")
                .that(width.isPresent() == height.isPresent(), "width: must be given together with height");
        if (source.isBlank()) {
            checks.that(
                    false,
                    "source: is missing: give a device such as /dev/video0, rpicam://0, an rtsp or http address, a video"
                            + " file or a folder of images");
        } else {
            String address = source;
            checks.valid(() -> SourceAddress.parse(address));
        }
        levelSince.ifPresent(text -> checks.that(
                time(text).isPresent(),
                "level-since: must be a time of the years 2000 to 9999 such as 2026-11-30T08:00:00Z, was '" + text
                        + "'"));
        width.ifPresent(pixels -> checks.range("width", pixels, 64, 4096));
        height.ifPresent(pixels -> checks.range("height", pixels, 64, 4096));
        checks.range("fps", fps, 1, 60)
                .that(
                        rotation % 90 == 0 && rotation >= 0 && rotation < 360,
                        "rotation: must be 0, 90, 180 or 270, was " + rotation)
                .range("reconnect-min", reconnectMin, Duration.ofMillis(100), reconnectMax)
                .range("reconnect-max", reconnectMax, reconnectMin, Duration.ofHours(1))
                .range("stale-after", staleAfter, Duration.ofSeconds(1), Duration.ofMinutes(10))
                .that(
                        motionThreshold >= 0 && motionThreshold < 1,
                        "motion-threshold: must be 0..1, was " + motionThreshold)
                .range("detect-size", detectSize, 96, 2048)
                .range("max-pixels", maxPixels, 64 * 64, 50_000_000)
                .that(
                        (caFile.isEmpty() && !insecure) || source.matches("(?is)(https|rtsps)://.*"),
                        "ca-file: this and insecure are for addresses that begin with https:// or rtsps:// alone")
                .that(caFile.isEmpty() || !insecure, "insecure: cannot be true together with ca-file")
                .that(
                        transport == Transport.TCP || source.regionMatches(true, 0, "rtsp://", 0, 7),
                        "transport: udp is for addresses that begin with rtsp:// alone")
                .done();
    }

    /** From when on its level of live faces is learnt; the beginning of time where it is not said. */
    public Instant learntFrom() {
        return levelSince.flatMap(CameraConfig::time).orElse(Instant.EPOCH);
    }

    private static Optional<Instant> time(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() >= 2000 && time.getYear() <= 9999 ? Optional.of(time.toInstant()) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Where it is, without user, password and path. */
    public SourceAddress address() {
        return SourceAddress.parse(source);
    }

    /** Whether it is a video file or a folder of images instead of a camera. */
    public boolean plays() {
        return address().kind() == SourceAddress.Kind.PATH;
    }

    /** The same camera, relative paths of files and folders taken from {@code home}. */
    public CameraConfig below(Path home) {
        Function<Path, Path> absolute =
                path -> home.toAbsolutePath().resolve(path).normalize();
        String there = plays() ? absolute.apply(Path.of(source)).toString() : source;
        return with(there, loop, fps, caFile.map(absolute));
    }

    /** The same camera with another file or address. */
    public CameraConfig with(String other, boolean again, int rate) {
        return with(other, again, rate, caFile);
    }

    private CameraConfig with(String other, boolean again, int rate, Optional<Path> trusted) {
        return new CameraConfig(
                id,
                door,
                direction,
                other,
                again,
                width,
                height,
                rate,
                rotation,
                mirror,
                region,
                reconnectMin,
                reconnectMax,
                staleAfter,
                motionThreshold,
                detectSize,
                picture,
                maxPixels,
                trusted,
                insecure,
                transport,
                levelSince);
    }

    /** Without the source's secrets. */
    @Override
    public String toString() {
        return "CameraConfig[" + id + ", " + address() + "]";
    }
}
