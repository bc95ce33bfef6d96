package dev.lintel.door.lock;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.lintel.settings.Checks;
import dev.lintel.settings.RemoteAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A relay that is called. {@code {pulse}} in an address or body becomes the pulse in whole seconds.
 *
 * @param url called to release; may hold a user and password
 * @param caFile PEM file with the authority of the relay's certificate; empty: those that Java trusts
 * @param method GET, POST or PUT
 * @param body sent with the call; empty for none
 * @param headers sent with each call, such as an authorisation
 * @param lockUrl called after the pulse; empty for relays that time themselves
 * @param lockBody sent with that call; empty for none
 * @param timeout how long a call may take, 100ms..10s; a call that failed is made once more within the pulse
 */
@JsonTypeName("http")
public record HttpLockConfig(
        Duration pulse,
        boolean hold,
        String url,
        Optional<Path> caFile,
        String method,
        Optional<String> body,
        Map<String, String> headers,
        Optional<String> lockUrl,
        Optional<String> lockBody,
        Duration timeout)
        implements LockConfig {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

    public HttpLockConfig {
        headers = Map.copyOf(headers);
        Checks checks = LockConfig.checks(pulse)
                .valid(() -> RemoteAddress.parse("url", url, "http", "https"))
                .that(METHODS.contains(method), "method: must be GET, POST or PUT, was " + method);
        lockUrl.ifPresent(call -> checks.valid(() -> RemoteAddress.parse("lock-url", call, "http", "https")));
        LockConfig.timeout(checks, timeout);
        checks.done();
    }

    @Override
    public String text() {
        return "http, " + method + " to " + RemoteAddress.parse(url);
    }

    @Override
    public Lock open(LockSite site) {
        return new HttpLock(site.vertx(), this, System::nanoTime);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "HttpLockConfig[" + RemoteAddress.parse(url) + ", pulse " + pulse + "]";
    }
}
