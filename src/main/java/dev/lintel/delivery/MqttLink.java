package dev.lintel.delivery;

import dev.lintel.bus.Timers;
import dev.lintel.metrics.ApplianceMetrics;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.MqttConnectionException;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the broker: opened again with backoff whenever it is lost, and a publication that the broker
 * acknowledges. What could not be published fails; nothing is kept for later here. Belongs to one event loop.
 */
final class MqttLink {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);

    /** A broker on the same network answers in milliseconds; after this the connection is taken for dead. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int KEEP_ALIVE_S = 30;
    private static final int MOST_IN_FLIGHT = 1000;
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";

    private final Vertx vertx;
    private final MqttConfig config;
    private final String password;
    private final Backoff backoff;
    private final Timers timers;
    private final String status;
    private final List<Runnable> whenConnected = new ArrayList<>();
    private final Map<Integer, Promise<Void>> unacknowledged = new HashMap<>();
    private final Map<String, Consumer<MqttPublishMessage>> subscriptions = new HashMap<>();

    private MqttClient client;
    private boolean connected;
    private boolean closed;
    private int failures;
    private Runnable retry = () -> {};

    MqttLink(
            Vertx vertx, MqttConfig config, String password, Backoff backoff, Timers timers, ApplianceMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.password = password;
        this.backoff = backoff;
        this.timers = timers;
        this.status = config.topic() + "/status";
        metrics.mqttConnected(() -> connected ? 1 : 0);
    }

    /** Where the box says whether it is {@code online}; the broker says {@code offline} when it hears no more of it. */
    String statusTopic() {
        return status;
    }

    boolean connected() {
        return connected;
    }

    /** Run after each connection, once the box has said that it is online. */
    void whenConnected(Runnable task) {
        whenConnected.add(task);
    }

    /**
     * Hears a topic, from the next connection on.
     *
     * @param topic {@code +} stands for any one word of it
     */
    void subscribe(String topic, Consumer<MqttPublishMessage> handler) {
        subscriptions.put(topic, handler);
        if (connected) {
            client.subscribe(topic, MqttQoS.AT_LEAST_ONCE.value());
        }
    }

    /** Begins to connect, and never stops trying. */
    void open() {
        MqttClient mine = MqttClient.create(vertx, options());
        client = mine;
        Runnable late = timers.after(TIMEOUT, mine::disconnect);
        mine.publishCompletionHandler(id -> acknowledged(mine, id));
        mine.publishHandler(this::received);
        mine.closeHandler(v -> lost(mine, "connection lost"));
        mine.exceptionHandler(failure -> lost(mine, failure.getClass().getSimpleName()));
        mine.connect(config.port(), config.host().orElseThrow())
                .onComplete(
                        ok -> {
                            late.run();
                            greet(mine);
                        },
                        failure -> {
                            late.run();
                            lost(
                                    mine,
                                    failure instanceof MqttConnectionException refused
                                            ? refused.code().name()
                                            : failure.getClass().getSimpleName());
                        });
    }

    /**
     * Publishes now; the broker has it (quality of service 1 and 2), or it was sent (0), when the future completes. It
     * fails if the broker is not connected, or lost meanwhile.
     */
    Future<Void> publish(String topic, Buffer payload, int qos, boolean retain) {
        return publish(topic, payload, qos, retain, TIMEOUT);
    }

    /**
     * The same for what must not come late: if the broker has not acknowledged it in this time, the connection is cut, and what
     * has not left the box never does.
     */
    Future<Void> publish(String topic, Buffer payload, int qos, boolean retain, Duration within) {
        if (!connected) {
            return Future.failedFuture("the MQTT broker is not connected");
        }
        MqttClient mine = client;
        Future<Integer> sent;
        try {
            sent = mine.publish(topic, payload, MqttQoS.valueOf(qos), false, retain);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        return sent.recover(failure -> Future.failedFuture("the MQTT broker was lost"))
                .compose(id -> qos == 0 ? Future.succeededFuture() : acknowledgement(mine, id, within));
    }

    /** Says goodbye, so that the broker need not find out. */
    Future<Void> close() {
        closed = true;
        retry.run();
        MqttClient mine = client;
        if (mine == null || !connected) {
            return mine == null ? Future.succeededFuture() : mine.disconnect().otherwiseEmpty();
        }
        return publish(status, Buffer.buffer(OFFLINE), 0, true)
                .eventually(() -> mine.disconnect())
                .otherwiseEmpty();
    }

    private Future<Void> acknowledgement(MqttClient mine, int id, Duration within) {
        if (mine != client || !connected) {
            return Future.failedFuture("the MQTT broker was lost");
        }
        Promise<Void> promise = Promise.promise();
        unacknowledged.put(id, promise);
        Runnable late = timers.after(within, () -> {
            LOG.warn("the MQTT broker does not acknowledge: connecting again");
            mine.disconnect();
            lost(mine, "no acknowledgement");
        });
        return promise.future().onComplete(done -> late.run());
    }

    private void acknowledged(MqttClient mine, int id) {
        Promise<Void> promise = mine == client ? unacknowledged.remove(id) : null;
        if (promise != null) {
            promise.complete();
        }
    }

    private void greet(MqttClient mine) {
        if (mine != client || closed) {
            mine.disconnect();
            return;
        }
        connected = true;
        failures = 0;
        LOG.info("connected to the MQTT broker");
        subscriptions.keySet().forEach(topic -> mine.subscribe(topic, MqttQoS.AT_LEAST_ONCE.value()));
        publish(status, Buffer.buffer(ONLINE), 1, true).onSuccess(v -> whenConnected.forEach(Runnable::run));
    }

    private void received(MqttPublishMessage message) {
        subscriptions.forEach((filter, handler) -> {
            if (fits(filter, message.topicName())) {
                handler.accept(message);
            }
        });
    }

    static boolean fits(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] words = topic.split("/", -1);
        return wanted.length == words.length
                && IntStream.range(0, words.length).allMatch(i -> wanted[i].equals("+") || wanted[i].equals(words[i]));
    }

    private void lost(MqttClient mine, String why) {
        if (mine != client) {
            return;
        }
        client = null;
        connected = false;
        List<Promise<Void>> open = List.copyOf(unacknowledged.values());
        unacknowledged.clear();
        open.forEach(promise -> promise.fail("the MQTT broker was lost"));
        if (closed) {
            return;
        }
        failures++;
        if (failures == 1) {
            LOG.warn("the MQTT broker cannot be reached ({}): trying again", why);
        }
        mine.disconnect();
        retry = timers.after(backoff.after(failures), this::open);
    }

    private MqttClientOptions options() {
        return options(config, password)
                .setWillFlag(true)
                .setWillTopic(status)
                .setWillMessageBytes(Buffer.buffer(OFFLINE))
                .setWillQoS(1)
                .setWillRetain(true);
    }

    /** How to reach the broker, without a will. */
    static MqttClientOptions options(MqttConfig config, String password) {
        MqttClientOptions options = new MqttClientOptions()
                .setClientId(config.clientId())
                .setCleanSession(true)
                .setKeepAliveInterval(KEEP_ALIVE_S)
                .setMaxInflightQueue(MOST_IN_FLIGHT);
        options.setConnectTimeout((int) TIMEOUT.toMillis());
        options.setSoLinger(0); // a connection that is cut takes with it what it has not sent yet
        config.username().ifPresent(options::setUsername);
        if (password != null) {
            options.setPassword(password);
        }
        if (config.tls()) {
            options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            config.caFile()
                    .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        }
        return options;
    }
}
