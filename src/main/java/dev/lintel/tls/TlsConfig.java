package dev.lintel.tls;

import dev.lintel.settings.Checks;
import dev.lintel.settings.RemoteAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HTTPS for other machines, beside HTTP.
 *
 * @param host address to listen on
 * @param port 0..65535, 0 for any free one
 * @param names names and addresses for the box's own certificate, besides those that the machine knows of itself
 * @param certificate a PEM file with the certificate and those between it and the authority; empty: the box makes its own
 * @param key a PEM file with its private key, not encrypted
 */
public record TlsConfig(
        boolean enabled, String host, int port, List<String> names, Optional<Path> certificate, Optional<Path> key) {
    public TlsConfig {
        host = host.strip();
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        Checks checks = new Checks()
                .that(
                        RemoteAddress.isHost(host.replaceAll("^\\[|\\]$", "")),
                        "host: must be an address to listen on, such as 0.0.0.0")
                .range("port", port, 0, 65535)
                .that(
                        certificate.isPresent() == key.isPresent(),
                        "certificate: give certificate and key, or neither: the box then makes its own");
        names.forEach(name -> checks.that(
                RemoteAddress.isHost(name), "names: must be names or addresses of the box, one is '" + name + "'"));
        checks.done();
    }
}
