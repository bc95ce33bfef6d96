package dev.lintel.delivery;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Names;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An HTTP server that is told of events.
 *
 * @param name in logs, metrics and the outbox; a changed name is a new target
 * @param url http or https; redirects are not followed
 * @param secret that requests are signed with, {@value #SHORTEST} characters or more; this, {@code secretFile} or neither
 * @param secretFile a file with nothing but the secret
 * @param events which kinds to tell of; default all
 * @param names how people are called; default ids
 * @param headers further headers of each request, such as an Authorization
 * @param timeout how long one request may take; default 10 s
 * @param giveUpAfter attempts after which an event is dropped that the target refuses as wrong (4xx); default 10. A
 *     target that is down, busy or broken is tried for ever
 */
public record WebhookConfig(
        String name,
        URI url,
        String secret,
        Path secretFile,
        List<DoorEvent.Kind> events,
        Names names,
        Map<String, String> headers,
        Duration timeout,
        Integer giveUpAfter) {

    static final int SHORTEST = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public WebhookConfig {
        check(name != null && NAME.matcher(name).matches(), "name: must be 1 to 40 letters, digits, dots, - or _");
        String scheme = url == null ? null : url.getScheme();
        check(
                ("http".equals(scheme) || "https".equals(scheme)) && url.getHost() != null,
                "url: must be an address such as http://192.168.1.5:8123/api/webhook/lintel");
        check(
                url.getUserInfo() == null && url.getFragment() == null,
                "url: must have no user, password or fragment; put an Authorization into headers");
        check(secret == null || secretFile == null, "secret: give either secret or secret-file, not both");
        check(
                secret == null || secret.length() >= SHORTEST,
                "secret: must have " + SHORTEST + " characters or more (openssl rand -hex 24)");
        events = events == null ? List.of() : List.copyOf(events);
        names = names == null ? Names.IDS : names;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
        giveUpAfter = giveUpAfter == null ? Integer.valueOf(10) : giveUpAfter;
        headers.forEach((header, value) -> {
            check(HEADER.matcher(header).matches(), "headers: a name must be letters, digits and -");
            check(
                    value.chars().allMatch(c -> c >= ' ' && c < 127),
                    "headers: the value of " + header + " must be printable ASCII");
        });
        check(!timeout.isNegative() && !timeout.isZero(), "timeout: must be longer than nothing, was " + timeout);
        check(giveUpAfter >= 1 && giveUpAfter <= 1000, "give-up-after: must be 1..1000, was " + giveUpAfter);
    }

    boolean wants(DoorEvent event) {
        return events.isEmpty() || events.contains(event.kind());
    }

    /** Without secrets; the address may be one. */
    @Override
    public String toString() {
        return "WebhookConfig[" + name + ", names " + names + ", "
                + (secret == null && secretFile == null ? "unsigned" : "signed") + "]";
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
