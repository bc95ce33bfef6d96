package dev.lintel.cli;

import dev.lintel.delivery.MqttConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.door.SensorConfig;
import dev.lintel.door.lock.Chips;
import dev.lintel.door.lock.GpioLockConfig;
import dev.lintel.door.lock.HttpLockConfig;
import dev.lintel.door.lock.LockConfig;
import dev.lintel.door.lock.LockProbe;
import dev.lintel.door.lock.MqttLockConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the locks and contacts can be had, without moving one. */
final class DoorCheck {
    private static final int MQTT_TIMEOUT_MS = 5000;

    private final List<DoorConfig> doors;
    private final MqttConfig mqtt;
    private final Chips chips;
    private final boolean running;

    /** @param running whether an appliance runs on this machine, which then has the lines */
    DoorCheck(List<DoorConfig> doors, MqttConfig mqtt, Chips chips, boolean running) {
        this.doors = doors;
        this.mqtt = mqtt;
        this.chips = chips;
        this.running = running;
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>();
        for (DoorConfig door : doors) {
            lock("lock of door " + door.id(), door.lock()).ifPresent(all::add);
            contact("contact of door " + door.id(), door.sensor()).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Finding> lock(String subject, LockConfig lock) {
        if (lock instanceof HttpLockConfig http) {
            return Optional.of(finding(subject, LockProbe.of(http)));
        }
        if (lock instanceof MqttLockConfig published) {
            return Optional.of(broker(subject, published));
        }
        return lock instanceof GpioLockConfig gpio
                ? Optional.of(line(subject, gpio.chip(), gpio.line()))
                : Optional.empty();
    }

    private Optional<Finding> contact(String subject, SensorConfig sensor) {
        return sensor.type() == SensorConfig.Type.GPIO
                ? Optional.of(
                        line(subject, sensor.chip().orElseThrow(), sensor.line().orElseThrow()))
                : Optional.empty();
    }

    private Finding line(String subject, String chip, int line) {
        return running
                ? Finding.ok(
                        subject,
                        "line " + line + " of " + chip
                                + " is left to the appliance that runs: GET /doors says how it is")
                : finding(subject, LockProbe.of(chips, chip, line));
    }

    /** A message is no question: whether a relay listens, nobody can say who does not move it. */
    private Finding broker(String subject, MqttLockConfig lock) {
        if (!mqtt.enabled()) {
            return Finding.fail(subject, "topic " + lock.topic() + ": no broker is configured: set delivery.mqtt.host");
        }
        String place = mqtt.host().orElseThrow() + ":" + mqtt.port();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(mqtt.host().orElseThrow(), mqtt.port()), MQTT_TIMEOUT_MS);
            return Finding.ok(
                    subject,
                    "the broker at " + place + " takes connections; whether a relay listens to " + lock.topic()
                            + " is not to be seen without moving it");
        } catch (IOException | IllegalArgumentException e) {
            return Finding.fail(
                    subject,
                    "topic " + lock.topic() + ": the broker at " + place + " cannot be reached (" + e.getMessage()
                            + "): is it running, are name and port right?");
        }
    }

    private static Finding finding(String subject, LockProbe probe) {
        return switch (probe.state()) {
            case FINE -> Finding.ok(subject, probe.detail());
            case DOUBTFUL -> Finding.warn(subject, probe.detail());
            case FAILED -> Finding.fail(subject, probe.detail());
        };
    }
}
