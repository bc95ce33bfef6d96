package dev.lintel.cli;

import dev.lintel.config.LintelConfig;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.tls.TlsConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where an appliance is reached. */
final class BoxAddress {
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private BoxAddress() {}

    /** From this machine. */
    static URI of(GatewayConfig gateway) {
        String host = EVERYWHERE.contains(gateway.host()) ? "127.0.0.1" : gateway.host();
        return URI.create("http://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":"
                + gateway.port() + "/");
    }

    /** The same appliance on a free port of the loopback address, with no keys. */
    static LintelConfig privately(LintelConfig config) {
        GatewayConfig g = config.gateway();
        GatewayConfig hidden = new GatewayConfig(
                g.place(),
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                List.of(),
                new TlsConfig(false, "127.0.0.1", 0, List.of(), Optional.empty(), Optional.empty()),
                g.pinDigits(),
                false,
                g.maxUpload(),
                g.maxRequest(),
                g.maxFiles(),
                g.maxImport(),
                g.maxBuffered(),
                g.concurrency(),
                g.queueTime(),
                g.maxConnections(),
                g.maxPerAddress(),
                g.requestTimeout(),
                g.headerTimeout(),
                g.uploadTimeout(),
                g.sessionIdle(),
                g.sessionLongest(),
                g.idleTimeout(),
                g.shutdownTimeout());
        return config.withoutDoors().withGateway(hidden);
    }
}
