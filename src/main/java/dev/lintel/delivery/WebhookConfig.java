package dev.lintel.delivery;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Names;
import dev.lintel.settings.Checks;
import dev.lintel.settings.RemoteAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An HTTP server that is told of events.
 *
 * @param name in logs, metrics and the outbox; a changed name is a new target
 * @param url http or https; redirects are not followed
 * @param caFile PEM file with the authority of the server's certificate; empty: those that Java trusts
 * @param secret that requests are signed with, {@value #SHORTEST} characters or more; this, {@code secretFile} or neither
 * @param secretFile a file with nothing but the secret
 * @param events which kinds to tell of; empty: all but acts, which only who names them is told of
 * @param names how people are called
 * @param headers further headers of each request, such as an Authorization
 * @param timeout how long one request may take
 * @param giveUpAfter attempts after which an event is dropped that the target refuses as wrong (400 or 422); a target that
 *     is down, busy, broken or wrongly set up is tried for ever
 */
public record WebhookConfig(
        String name,
        String url,
        Optional<Path> caFile,
        Optional<String> secret,
        Optional<Path> secretFile,
        List<DoorEvent.Kind> events,
        Names names,
        Map<String, String> headers,
        Duration timeout,
        int giveUpAfter) {

    static final int SHORTEST = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public WebhookConfig {
        events = List.copyOf(events);
        headers = Map.copyOf(headers);
        Checks checks = new Checks()
                .that(
                        NAME.matcher(name).matches(),
                        "name: must be 1 to 40 letters, digits, dots, - or _, was '" + name + "'")
                .valid(() -> address(url))
                .that(secret.isEmpty() || secretFile.isEmpty(), "secret: give either secret or secret-file, not both")
                .that(
                        secret.isEmpty() || secret.get().length() >= SHORTEST,
                        "secret: must have " + SHORTEST + " characters or more (openssl rand -hex 24)")
                .positive("timeout", timeout)
                .range("give-up-after", giveUpAfter, 1, 1000);
        check(headers, checks);
        checks.done();
    }

    static void check(Map<String, String> headers, Checks checks) {
        headers.forEach((header, value) -> checks.that(
                        HEADER.matcher(header).matches(),
                        "headers: a name must be letters, digits and -, was '" + header + "'")
                .that(
                        value.chars().allMatch(c -> c >= ' ' && c < 127),
                        "headers: the value of " + header + " must be printable ASCII"));
    }

    /** Scheme, host and port: what may be shown of the address. */
    public String place() {
        return address().toString();
    }

    RemoteAddress address() {
        return address(url);
    }

    static RemoteAddress address(String url) {
        RemoteAddress address = RemoteAddress.parse("url", url, "http", "https");
        if (!address.user().isEmpty()
                || !address.password().isEmpty()
                || address.path().contains("#")) {
            throw new IllegalArgumentException(
                    "url: must have no user, password or fragment; put an Authorization into headers");
        }
        return address;
    }

    boolean wants(DoorEvent event) {
        return events.isEmpty() ? event.kind() != DoorEvent.Kind.ACT : events.contains(event.kind());
    }

    /** Without secrets; the address may be one. */
    @Override
    public String toString() {
        return "WebhookConfig[" + name + ", names " + names + ", "
                + (secret.isEmpty() && secretFile.isEmpty() ? "unsigned" : "signed") + "]";
    }
}
