package dev.lintel.delivery;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Names;
import dev.lintel.access.Sighting;
import dev.lintel.settings.Checks;
import dev.lintel.settings.RemoteAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Frigate whose events get the names of the people whom Lintel recognised.
 *
 * @param url of its HTTP interface; without one there is no Frigate
 * @param caFile PEM file with the authority of its certificate; empty: those that Java trusts
 * @param cameras what a camera of Lintel is called in Frigate, by its id here; the others are left out
 * @param names how people are called there: full or ids
 * @param headers of each request, such as an Authorization
 * @param timeout how long one request may take
 * @param giveUpAfter how often the event of a visit is looked for: Frigate may see somebody a little later, or not at all
 */
public record FrigateConfig(
        Optional<String> url,
        Optional<Path> caFile,
        Map<String, String> cameras,
        Names names,
        Map<String, String> headers,
        Duration timeout,
        int giveUpAfter) {
    /** Its name in the outbox and in metrics. */
    static final String TARGET = "frigate";

    private static final Pattern CAMERA = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    public FrigateConfig {
        cameras = Map.copyOf(cameras);
        headers = Map.copyOf(headers);
        Checks checks = new Checks()
                .that(names != Names.NONE, "names: must be full or ids, was none")
                .positive("timeout", timeout)
                .range("give-up-after", giveUpAfter, 1, 1000)
                .that(
                        url.isEmpty() || !cameras.isEmpty(),
                        "cameras: must say which cameras are in Frigate, such as {front: front_door}");
        url.ifPresent(there -> checks.valid(() -> WebhookConfig.address(there)));
        cameras.forEach((own, its) -> checks.that(
                CAMERA.matcher(its).matches(),
                "cameras: the name of " + own + " must be as in Frigate, of letters, digits, - and _, was '" + its
                        + "'"));
        WebhookConfig.check(headers, checks);
        checks.done();
    }

    public boolean enabled() {
        return url.isPresent();
    }

    /** Scheme, host and port: what may be shown of the address. */
    public Optional<String> place() {
        return url.map(there -> address().toString());
    }

    RemoteAddress address() {
        return WebhookConfig.address(url.orElseThrow());
    }

    /** Whether this is somebody in front of one of the cameras who was recognised and is no photo. */
    boolean wants(DoorEvent event) {
        Sighting seen = event.decision() == null ? null : event.decision().sighting();
        return seen != null
                && seen.identity() == Sighting.Identity.KNOWN
                && event.person() != null
                && cameras.containsKey(seen.camera())
                && (seen.liveness().state() == LiveProof.State.LIVE
                        || event.decision().verdict() == Decision.Verdict.GRANTED);
    }

    /** Without secrets; the address may be one. */
    @Override
    public String toString() {
        return "FrigateConfig[" + place().orElse("none") + ", cameras " + cameras + ", names " + names + "]";
    }
}
