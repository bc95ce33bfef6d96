package dev.lintel.cli;

import dev.lintel.delivery.DeliveryConfig;
import dev.lintel.delivery.TargetProbe;
import java.util.List;

/** Whether those who are to be told of events can be reached. */
final class DeliveryCheck {
    private final DeliveryConfig config;

    DeliveryCheck(DeliveryConfig config) {
        this.config = config;
    }

    List<Finding> findings() {
        return TargetProbe.of(config).stream().map(DeliveryCheck::finding).toList();
    }

    private static Finding finding(TargetProbe probe) {
        return switch (probe.state()) {
            case REACHED -> Finding.ok(probe.target(), probe.detail());
            case DOUBTFUL -> Finding.warn(probe.target(), probe.detail());
            case FAILED -> Finding.fail(probe.target(), probe.detail());
        };
    }
}
