package dev.lintel.delivery;

import dev.lintel.settings.RemoteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.MqttConnectionException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Whether a target of events can be reached: its name, its certificate, the login. No event is sent for that.
 *
 * @param target its name
 * @param detail how it is or, if something is wrong, what to do
 */
public record TargetProbe(String target, State state, String detail) {
    public enum State {
        REACHED,
        /** Something answers, but not as a target would. */
        DOUBTFUL,
        FAILED
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** With the box's own, a broker would throw the box out. 23 characters are what every broker takes. */
    private static final String SUFFIX = "-doctor";

    private static final int LONGEST_ID = 23;

    /** Tries all of them, one after the other. Blocks for ten seconds each at most. */
    public static List<TargetProbe> of(DeliveryConfig config) {
        List<TargetProbe> all = new ArrayList<>();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        try {
            config.webhooks().forEach(hook -> all.add(webhook(vertx, hook)));
            if (config.frigate().enabled()) {
                all.add(frigate(vertx, config.frigate()));
            }
            if (config.mqtt().enabled()) {
                all.add(broker(vertx, config.mqtt()));
            }
            return all;
        } finally {
            vertx.close();
        }
    }

    private static TargetProbe webhook(Vertx vertx, WebhookConfig hook) {
        String name = "webhook " + hook.name();
        try {
            Keys.secret("secret-file", hook.secret(), hook.secretFile(), WebhookConfig.SHORTEST);
        } catch (IllegalArgumentException e) {
            return new TargetProbe(name, State.FAILED, e.getMessage());
        }
        HttpClient client = HttpTarget.client(vertx, hook.caFile());
        HttpTarget target =
                new HttpTarget(client, hook.address(), hook.headers(), shorter(hook.timeout()), InstantSource.system());
        return http(name, hook.address(), hook.caFile(), target.options(target.target()));
    }

    private static TargetProbe frigate(Vertx vertx, FrigateConfig config) {
        HttpClient client = HttpTarget.client(vertx, config.caFile());
        HttpTarget target = new HttpTarget(
                client, config.address(), config.headers(), shorter(config.timeout()), InstantSource.system());
        FrigateSender sender = new FrigateSender(target, Map.of(), null);
        return http("frigate", config.address(), config.caFile(), target.get(sender.path("/api/version")));
    }

    private static TargetProbe http(
            String name, RemoteAddress address, Optional<Path> authority, Future<HttpTarget.Answer> asked) {
        try {
            int status = await(asked).status();
            String answers = address + " answers with status " + status;
            return switch (status) {
                case 401, 403, 407 ->
                    new TargetProbe(name, State.FAILED, answers + ": the login is refused, look at headers");
                case 404 -> new TargetProbe(name, State.DOUBTFUL, answers + ": look at the path of url");
                default ->
                    status >= 500
                            ? new TargetProbe(name, State.DOUBTFUL, answers + ": look at its own log")
                            : status >= 300 && status < 400
                                    ? new TargetProbe(
                                            name,
                                            State.DOUBTFUL,
                                            answers + ", a redirect, which is not followed: put the address that it"
                                                    + " leads to into url")
                                    : new TargetProbe(name, State.REACHED, answers + "; no event was sent");
            };
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            return new TargetProbe(name, State.FAILED, address + " " + why(e, authority));
        }
    }

    private static TargetProbe broker(Vertx vertx, MqttConfig config) {
        String place = config.host().orElseThrow() + ":" + config.port();
        String name = "broker";
        MqttClientOptions options;
        try {
            String password = Keys.secret("delivery.mqtt.password-file", config.password(), config.passwordFile(), 1);
            String id = config.clientId();
            options = MqttLink.options(config, password)
                    .setClientId(id.substring(0, Math.min(id.length(), LONGEST_ID - SUFFIX.length())) + SUFFIX)
                    .setWillFlag(false);
        } catch (IllegalArgumentException e) {
            return new TargetProbe(name, State.FAILED, e.getMessage());
        }
        MqttClient client = MqttClient.create(vertx, options);
        try {
            await(client.connect(config.port(), config.host().orElseThrow()));
            client.disconnect();
            return new TargetProbe(
                    name,
                    State.REACHED,
                    place + " takes the box" + (config.tls() ? ", encrypted" : "")
                            + config.username()
                                    .map(user -> ", with its user and password")
                                    .orElse(", without a user"));
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            return e.getCause() instanceof MqttConnectionException refused
                    ? new TargetProbe(
                            name,
                            State.FAILED,
                            place + " refuses the box (" + refused.code().name()
                                    + "): look at username and password, and at the broker's own log")
                    : new TargetProbe(name, State.FAILED, place + " " + why(e, config.caFile()));
        }
    }

    private static Duration shorter(Duration timeout) {
        return timeout.compareTo(TIMEOUT) < 0 ? timeout : TIMEOUT;
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is wrong, and what to do. */
    private static String why(Exception failure, Optional<Path> authority) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "has a name that cannot be found: look at its spelling, or give its number";
            }
            if (cause instanceof SSLException) {
                return "has a certificate that is not trusted, or does not encrypt (" + cause.getMessage() + "): "
                        + authority
                                .map(file -> "look at " + file)
                                .orElse("give the authority of the certificate as ca-file");
            }
            if (cause instanceof ConnectException) {
                return "does not take connections: is it running, is the port right?";
            }
        }
        return "does not answer: is it running, is the address right?";
    }
}
