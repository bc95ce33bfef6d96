package dev.lintel.config;

import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.camera.CameraConfig;
import dev.lintel.delivery.DeliveryConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.store.StoreConfig;
import dev.lintel.tracking.TrackingConfig;
import dev.lintel.vision.VisionConfig;
import dev.lintel.visitors.VisitorsConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that can be configured, as {@code conf/lintel.yaml} has it: one section for each part of the box,
 * each the record of the package that uses it. An absent section or key has its default.
 */
public record LintelConfig(
        GatewayConfig gateway,
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
        LoggingConfig logging) {

    public LintelConfig {
        gateway = gateway == null ? GatewayConfig.defaults() : gateway;
        vision = vision == null ? VisionConfig.defaults() : vision;
        liveness = liveness == null ? LivenessConfig.defaults() : liveness;
        embedding = embedding == null ? EmbeddingConfig.defaults() : embedding;
        store = store == null ? new StoreConfig() : store;
        recognition = recognition == null ? RecognitionConfig.defaults() : recognition;
        cameras = cameras == null ? List.of() : List.copyOf(cameras);
        for (int i = 0; i < cameras.size(); i++) {
            String id = cameras.get(i).id();
            if (cameras.subList(0, i).stream().anyMatch(other -> other.id().equals(id))) {
                throw new IllegalArgumentException("cameras: two have the id " + id + ": give each its own");
            }
        }
        tracking = tracking == null ? TrackingConfig.defaults() : tracking;
        doors = doors == null ? List.of() : List.copyOf(doors);
        attendance = attendance == null ? new AttendanceConfig() : attendance;
        delivery = delivery == null ? DeliveryConfig.defaults() : delivery;
        visitors = visitors == null ? new VisitorsConfig() : visitors;
        logging = logging == null ? LoggingConfig.defaults() : logging;
        Set<String> ids = new HashSet<>();
        for (DoorConfig door : doors) {
            if (!ids.add(door.id())) {
                throw new IllegalArgumentException("doors: two have the id " + door.id());
            }
        }
        for (CameraConfig camera : cameras) {
            if (camera.door() != null && !ids.contains(camera.door())) {
                throw new IllegalArgumentException("cameras: " + camera.id() + " belongs to the door " + camera.door()
                        + ", but doors has none with this id");
            }
        }
    }

    /** The id of the door that a camera looks at, by the camera's; without the cameras that look at none. */
    public Map<String, String> doorsOfCameras() {
        return cameras.stream()
                .filter(camera -> camera.door() != null)
                .collect(Collectors.toUnmodifiableMap(CameraConfig::id, CameraConfig::door, (one, other) -> one));
    }

    public static LintelConfig defaults() {
        return new LintelConfig(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public LintelConfig withGateway(GatewayConfig other) {
        return new LintelConfig(
                other,
                vision,
                liveness,
                embedding,
                store,
                recognition,
                cameras,
                tracking,
                doors,
                attendance,
                delivery,
                visitors,
                logging);
    }

    public LintelConfig withStore(StoreConfig other) {
        return new LintelConfig(
                gateway,
                vision,
                liveness,
                embedding,
                other,
                recognition,
                cameras,
                tracking,
                doors,
                attendance,
                delivery,
                visitors,
                logging);
    }

    public LintelConfig withCameras(List<CameraConfig> other) {
        return new LintelConfig(
                gateway,
                vision,
                liveness,
                embedding,
                store,
                recognition,
                other,
                tracking,
                doors,
                attendance,
                delivery,
                visitors,
                logging);
    }

    /** For a command that starts the box for itself alone: it looks at no camera and opens no door. */
    public LintelConfig withoutDoors() {
        return new LintelConfig(
                gateway,
                vision,
                liveness,
                embedding,
                store,
                recognition,
                List.of(),
                tracking,
                List.of(),
                attendance,
                delivery,
                visitors,
                logging);
    }

    /** With other networks, to compare them with the configured ones. */
    public LintelConfig withModels(VisionConfig faces, LivenessConfig live, EmbeddingConfig vectors) {
        return new LintelConfig(
                gateway,
                faces,
                live,
                vectors,
                store,
                recognition,
                cameras,
                tracking,
                doors,
                attendance,
                delivery,
                visitors,
                logging);
    }
}
