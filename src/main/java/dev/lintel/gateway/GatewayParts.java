package dev.lintel.gateway;

import dev.lintel.attendance.AttendanceReports;
import dev.lintel.bus.Bus;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionFlow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the gateway is given.
 *
 * @param components the state of the box's parts besides the store; called on an event loop
 * @param others APIs that are spoken beside Lintel's own
 * @param console what lets the command line in
 * @param authority folder of the box's own certificate authority
 */
public record GatewayParts(
        Bus bus,
        RecognitionFlow flow,
        AttendanceReports reports,
        GatewayConfig config,
        ApplianceMetrics metrics,
        Supplier<List<Component>> components,
        VersionInfo version,
        List<GuestApi> others,
        Optional<ConsoleKey> console,
        Path authority) {}
