package dev.lintel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.ZoneId;

/**
 * Defaults that no file can hold, because they follow from the machine or from other keys. They are put beneath what the
 * user wrote; a key that cannot be read is left alone here and refused later. Nothing for an empty {@code attendance.time-zone}, which older files have.
 */
final class Derived {
    private static final long MEGABYTE = 1_000_000;

    /** What a board must have for each image that is screened at once: a large photo takes 160 MB with its detector. */
    private static final long MEMORY_OF_A_WORKER = 512L << 20;

    private Derived() {}

    /** Completes the bundled tree for what the user wrote. */
    static void complete(ObjectNode bundled, ObjectNode user) {
        int cores = Runtime.getRuntime().availableProcessors();
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        int workers = workers(cores, memory);
        section(bundled, "liveness").put("threads", workers);
        section(bundled, "embedding").put("threads", workers);
        ObjectNode gateway = section(bundled, "gateway");
        gateway.put("concurrency", Math.max(8, 4 * cores));
        if (user.at("/gateway/max-upload").isValueNode()) {
            gateway.put("max-request", 2 * size(user.at("/gateway/max-upload"), size(gateway.get("max-upload"), 0)));
        }
        long request = size(user.at("/gateway/max-request"), size(gateway.get("max-request"), 0));
        long heap = Runtime.getRuntime().maxMemory();
        gateway.put("max-buffered", Math.max(request, Math.min(256 * MEGABYTE, heap / 6)));
        ObjectNode mqtt = section(section(bundled, "delivery"), "mqtt");
        mqtt.put("port", user.at("/delivery/mqtt/tls").asBoolean(false) ? 8883 : 1883);
        ObjectNode sequence = section(section(bundled, "liveness"), "sequence");
        sequence.put("live-score", user.at("/liveness/sequence/trust-motion").asBoolean(false) ? 0.6 : 0.75);
        ObjectNode tracking = section(bundled, "tracking");
        int votes = user.at("/tracking/votes").asInt(tracking.get("votes").asInt());
        tracking.put(
                "stranger-votes",
                Math.max(1, Math.min(tracking.get("stranger-votes").asInt(), votes)));
        zone(bundled, user);
    }

    /** How many images are worked on at once on a machine with so many bytes of memory. */
    static int workers(int cores, long memory) {
        return (int) Math.max(1, Math.min(Math.min(4, cores), memory / MEMORY_OF_A_WORKER));
    }

    /** One zone for the box. Files from before that say it for attendance or a door alone say it for the box. */
    private static void zone(ObjectNode bundled, ObjectNode user) {
        if (user.get("attendance") instanceof ObjectNode attendance
                && attendance.path("time-zone").isTextual()
                && attendance.get("time-zone").asText().isBlank()) {
            attendance.remove("time-zone");
        }
        String zone = ZoneId.systemDefault().getId();
        for (JsonNode door : user.path("doors")) {
            zone = text(door.path("time-zone"), zone);
        }
        zone = text(user.at("/attendance/time-zone"), zone);
        zone = text(user.path("time-zone"), zone);
        bundled.put("time-zone", zone);
        section(bundled, "attendance").put("time-zone", zone);
        section(section(bundled, "defaults"), "door").put("time-zone", zone);
    }

    private static String text(JsonNode node, String otherwise) {
        return node.isTextual() && !node.asText().isBlank() ? node.asText().strip() : otherwise;
    }

    private static long size(JsonNode node, long otherwise) {
        try {
            return node.isValueNode() && !node.isNull()
                    ? Scalars.size(node.asText().strip())
                    : otherwise;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    private static ObjectNode section(ObjectNode tree, String key) {
        return tree.get(key) instanceof ObjectNode there ? there : tree.putObject(key);
    }
}
