package dev.lintel.config;

import dev.lintel.access.ConsentConfig;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.backup.BackupConfig;
import dev.lintel.camera.CameraConfig;
import dev.lintel.clock.ClockConfig;
import dev.lintel.compat.CompatConfig;
import dev.lintel.delivery.DeliveryConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.inference.InferenceConfig;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.settings.Checks;
import dev.lintel.store.StoreConfig;
import dev.lintel.tracking.TrackingConfig;
import dev.lintel.vision.VisionConfig;
import dev.lintel.visitors.VisitorsConfig;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that can be configured, as {@code conf/lintel.yaml} has it: one section for each part of the box,
 * each the record of the package that uses it.
 *
 * @param timeZone in which days begin and hours count, everywhere
 */
public record LintelConfig(
        GatewayConfig gateway,
        InferenceConfig inference,
        VisionConfig vision,
        LivenessConfig liveness,
        EmbeddingConfig embedding,
        StoreConfig store,
        RecognitionConfig recognition,
        List<CameraConfig> cameras,
        TrackingConfig tracking,
        List<DoorConfig> doors,
        AttendanceConfig attendance,
        DeliveryConfig delivery,
        VisitorsConfig visitors,
        CompatConfig compat,
        ConsentConfig consent,
        LoggingConfig logging,
        ClockConfig clock,
        BackupConfig backup,
        ZoneId timeZone) {

    public LintelConfig {
        cameras = List.copyOf(cameras);
        doors = List.copyOf(doors);
        Checks checks = new Checks();
        Set<String> cameraIds = new HashSet<>();
        cameras.forEach(camera -> checks.that(
                cameraIds.add(camera.id()), "cameras: two have the id " + camera.id() + ": give each its own"));
        Set<String> doorIds = new HashSet<>();
        doors.forEach(door -> checks.that(doorIds.add(door.id()), "doors: two have the id " + door.id()));
        cameras.forEach(camera -> camera.door()
                .ifPresent(door -> checks.that(
                        doorIds.contains(door),
                        "cameras: " + camera.id() + " belongs to the door " + door
                                + ", but doors has none with this id")));
        String one = ": the box has one time zone, " + timeZone + " ('time-zone' at the top): leave this one out";
        checks.that(attendance.timeZone().equals(timeZone), "attendance.time-zone: is " + attendance.timeZone() + one);
        for (int i = 0; i < doors.size(); i++) {
            ZoneId zone = doors.get(i).timeZone();
            checks.that(zone.equals(timeZone), "doors[" + i + "].time-zone: is " + zone + one);
        }
        checks.done();
    }

    /** The id of the door that a camera looks at, by the camera's; without the cameras that look at none. */
    public Map<String, String> doorsOfCameras() {
        return cameras.stream()
                .filter(camera -> camera.door().isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        CameraConfig::id, camera -> camera.door().orElseThrow(), (one, other) -> one));
    }

    public LintelConfig withGateway(GatewayConfig other) {
        return with(Map.of("gateway", other));
    }

    public LintelConfig withStore(StoreConfig other) {
        return with(Map.of("store", other));
    }

    public LintelConfig withCameras(List<CameraConfig> other) {
        return with(Map.of("cameras", other));
    }

    /** What is taken up without a restart is of another configuration, the rest, and the time zone, as it is. */
    public LintelConfig withParts(LintelConfig other) {
        return with(Map.of(
                "gateway",
                gateway.withPlace(other.gateway.place()),
                "cameras",
                other.cameras,
                "doors",
                other.doors.stream().map(door -> door.in(timeZone)).toList(),
                "delivery",
                other.delivery,
                "backup",
                other.backup));
    }

    /** The keys at the top, and of the gateway those below it, in which this one and another differ. */
    public List<String> different(LintelConfig other) {
        List<String> parts = new ArrayList<>();
        for (String part : SettingsFence.different(this, other)) {
            if (part.equals("gateway")) {
                SettingsFence.different(gateway, other.gateway).forEach(key -> parts.add("gateway." + key));
            } else {
                parts.add(part);
            }
        }
        return parts;
    }

    /** For a command that starts the box for itself alone: it looks at no camera, opens no door and makes no backup by itself. */
    public LintelConfig withoutDoors() {
        return with(Map.of("cameras", List.of(), "doors", List.of(), "backup", backup.onlyWhenAsked()));
    }

    /** With other networks, to compare them with the configured ones. */
    public LintelConfig withModels(VisionConfig faces, LivenessConfig live, EmbeddingConfig vectors) {
        return with(Map.of("vision", faces, "liveness", live, "embedding", vectors));
    }

    /** A copy. @param others the components that differ, by their names */
    private LintelConfig with(Map<String, Object> others) {
        return RecordCopy.of(this, (name, value) -> others.getOrDefault(name, value));
    }
}
