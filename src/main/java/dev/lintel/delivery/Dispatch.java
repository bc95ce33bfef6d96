package dev.lintel.delivery;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Naming;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.DeliveryMessages.Outbox;
import dev.lintel.messages.DeliveryMessages.PublishMqtt;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every target with its line, and the broker. Made from the configuration; belongs to one event loop. */
final class Dispatch {
    /** How often lines look by themselves, should an announcement be missed, and how old the meters may be. */
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final OutboxClient outbox;
    private final Timers timers;
    private final List<HttpClient> clients = new ArrayList<>();
    private final List<TargetLine> lines = new ArrayList<>();
    private MqttLink link;
    private MqttBridge house;
    private boolean registered;
    private Runnable nextRound = () -> {};

    /** Secrets as read from their files. */
    record Secrets(Map<String, String> webhooks, String mqtt, byte[] pseudonymKey) {

        /**
         * Reads files; not for an event loop.
         *
         * @throws IllegalArgumentException if one cannot be used
         */
        static Secrets read(DeliveryConfig config) {
            Map<String, String> secrets = new HashMap<>();
            for (WebhookConfig hook : config.webhooks()) {
                String what = "delivery.webhooks." + hook.name() + ".secret-file";
                secrets.put(hook.name(), Keys.secret(what, hook.secret(), hook.secretFile(), WebhookConfig.SHORTEST));
            }
            MqttConfig mqtt = config.mqtt();
            return new Secrets(
                    secrets,
                    Keys.secret("delivery.mqtt.password-file", mqtt.password(), mqtt.passwordFile(), 1),
                    config.pseudonyms() ? Keys.pseudonymKey(config.pseudonymKey()) : null);
        }
    }

    Dispatch(
            Vertx vertx,
            Bus bus,
            DeliveryConfig config,
            Secrets secrets,
            Timers timers,
            InstantSource clock,
            ApplianceMetrics metrics,
            String version) {
        this.outbox = new OutboxClient(bus);
        this.timers = timers;
        Backoff backoff = new Backoff(config.retryFrom(), config.retryTo(), new SecureRandom());
        for (WebhookConfig hook : config.webhooks()) {
            Naming naming = Pseudonyms.naming(hook.names(), hook.name(), secrets.pseudonymKey());
            HttpTarget target =
                    new HttpTarget(client(vertx, hook.caFile()), hook.address(), hook.headers(), hook.timeout(), clock);
            Sender sender =
                    new WebhookSender(target, secrets.webhooks().get(hook.name()), naming, clock, "Lintel/" + version);
            lines.add(new TargetLine(
                    hook.name(), sender, hook::wants, hook.giveUpAfter(), outbox, backoff, timers, metrics));
        }
        if (config.frigate().enabled()) {
            FrigateConfig frigate = config.frigate();
            Naming naming = Pseudonyms.naming(frigate.names(), FrigateConfig.TARGET, secrets.pseudonymKey());
            HttpTarget target = new HttpTarget(
                    client(vertx, frigate.caFile()), frigate.address(), frigate.headers(), frigate.timeout(), clock);
            Sender sender = new FrigateSender(target, frigate.cameras(), naming);
            lines.add(new TargetLine(
                    FrigateConfig.TARGET,
                    sender,
                    frigate::wants,
                    frigate.giveUpAfter(),
                    outbox,
                    backoff,
                    timers,
                    metrics));
        }
        if (config.mqtt().enabled()) {
            Naming naming = Pseudonyms.naming(config.mqtt().names(), MqttConfig.TARGET, secrets.pseudonymKey());
            link = new MqttLink(vertx, config.mqtt(), secrets.mqtt(), backoff, timers, metrics);
            house = new MqttBridge(bus, config.mqtt(), link, naming, timers, clock, version);
            Sender sender = new MqttSender(config.mqtt(), link, naming, clock, house::happened);
            TargetLine line = new TargetLine(
                    MqttConfig.TARGET,
                    sender,
                    event -> event.kind() != DoorEvent.Kind.ACT,
                    Integer.MAX_VALUE,
                    outbox,
                    backoff,
                    timers,
                    metrics);
            link.whenConnected(line::resume);
            lines.add(line);
        }
        for (TargetLine line : lines) {
            metrics.outbox(
                    line.name(),
                    () -> outbox.known(line.name()).map(Outbox.Backlog::waiting).orElse(0L),
                    () -> outbox.known(line.name())
                            .map(backlog -> age(backlog, clock))
                            .orElse(0L));
        }
    }

    /** One for each target: they trust different authorities. */
    private HttpClient client(Vertx vertx, Optional<Path> authority) {
        HttpClient client = HttpTarget.client(vertx, authority);
        clients.add(client);
        return client;
    }

    /** Completes when the store has been asked once, whatever it said. */
    Future<?> start() {
        if (link != null) {
            house.start();
            link.open();
        }
        return round();
    }

    /** Something was recorded. */
    void wake() {
        lines.forEach(TargetLine::wake);
    }

    Future<Outcome<Boolean>> publish(PublishMqtt message) {
        if (link == null) {
            return Future.succeededFuture(Outcome.refused(
                    Refusal.Code.INVALID_REQUEST, "no MQTT broker is configured: set delivery.mqtt.host"));
        }
        return link.publish(
                        message.topic(),
                        Buffer.buffer(message.payload()),
                        message.qos(),
                        message.retain(),
                        message.deadline().remaining())
                .map(v -> Outcome.done(true));
    }

    Future<?> stop() {
        nextRound.run();
        lines.forEach(TargetLine::close);
        Future<?> closed = link == null ? Future.succeededFuture() : link.close();
        if (house != null) {
            house.stop();
        }
        return closed.eventually(
                () -> Future.join(clients.stream().map(HttpClient::close).toList()));
    }

    private Future<?> round() {
        nextRound = timers.after(ROUND, this::round);
        Future<Outbox> asked = registered
                ? outbox.status()
                : outbox.setTargets(lines.stream().map(TargetLine::name).toList())
                        .onSuccess(v -> registered = true);
        return asked.onSuccess(status -> wake()).transform(done -> Future.succeededFuture());
    }

    private static long age(Outbox.Backlog backlog, InstantSource clock) {
        Instant oldest = backlog.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    }
}
