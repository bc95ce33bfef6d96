package dev.lintel.gateway;

import dev.lintel.access.EventDocument;
import dev.lintel.bus.Bus;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.StoreMessages.StoreHealth;
import dev.lintel.messages.StoreMessages.StoreStatus;
import dev.lintel.metrics.ApplianceMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The box itself: health, readiness, metrics, versions, contract. */
final class SystemRoutes {
    /** Less free space than this is a warning that enrolments will soon fail. */
    private static final long LITTLE_SPACE = 64L << 20;

    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(2);

    private final Bus bus;
    private final Callers callers;
    private final HouseReport house;
    private final Supplier<List<Component>> components;
    private final Listeners listeners;
    private final VersionInfo version;
    private final MeterRegistry registry;
    private volatile StoreHealth store;
    private final Contract contract;

    SystemRoutes(
            Bus bus,
            Callers callers,
            Supplier<List<Component>> components,
            Listeners listeners,
            VersionInfo version,
            ApplianceMetrics metrics,
            Contract contract) {
        this.bus = bus;
        this.callers = callers;
        this.house = new HouseReport(bus);
        this.components = components;
        this.listeners = listeners;
        this.version = version;
        this.registry = metrics.registry();
        metrics.store(
                () -> store(health -> health.writable() ? 1 : 0, 0),
                () -> store(StoreHealth::freeBytes, Double.NaN),
                () -> store(StoreHealth::databaseBytes, Double.NaN));
        this.contract = contract;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "certificateAuthority",
                this::authority,
                "health",
                call -> Future.succeededFuture(Reply.json(new JsonObject().put("status", "ok"))),
                "ready",
                this::ready,
                "metrics",
                this::metrics,
                "version",
                call -> Future.succeededFuture(Reply.json(version(known(call)))),
                "contract",
                call -> Future.succeededFuture(Reply.of(200, "application/json", contract.document())));
    }

    private Future<Reply> authority(Call call) {
        return listeners
                .authority()
                .compose(pem -> pem.isPresent()
                        ? Future.succeededFuture(
                                Reply.download("application/x-x509-ca-cert", "lintel-ca.crt", pem.get()))
                        : Future.failedFuture(
                                new Problem(404, "not_found", "this box has no certificate authority of its own")
                                        .exception()));
    }

    /** Whether somebody asks who may know more than that the box is there, and whether it works. */
    private boolean known(Call call) {
        return callers.find(call.request()).kind() != Caller.Kind.NOBODY;
    }

    private Future<Reply> ready(Call call) {
        boolean known = known(call);
        Future<List<Component>> store = bus.ask(StoreMessages.STATUS, new StoreStatus(call.deadline(STATUS_TIMEOUT)))
                .map(outcome -> outcome.fold(SystemRoutes::store, refusal -> List.of(broken())))
                .otherwise(failure -> List.of(broken()));
        Future<List<Component>> rest = house.components(call.deadline(STATUS_TIMEOUT));
        return Future.all(store, rest).map(both -> {
            List<Component> all = new ArrayList<>(components.get());
            listeners.https().ifPresent(all::add);
            all.addAll(store.result());
            all.addAll(rest.result());
            boolean ready = all.stream().allMatch(Component::ready);
            if (!known) {
                return Reply.json(ready ? 200 : 503, new JsonObject().put("ready", ready));
            }
            JsonArray json = new JsonArray();
            all.forEach(c -> json.add(new JsonObject()
                    .put("name", c.name())
                    .put("ready", c.ready())
                    .put("detail", c.detail())
                    .put("trouble", c.trouble().map(EventDocument::word).orElse(null))));
            return Reply.json(
                    ready ? 200 : 503, new JsonObject().put("ready", ready).put("components", json));
        });
    }

    private static List<Component> store(StoreHealth health) {
        String gallery = health.people()
                + (health.people() == 1 ? " person, " : " people, ")
                + health.templates()
                + (health.templates() == 1 ? " template" : " templates");
        int others = health.templates() - health.comparable() - health.renewable() - health.damaged();
        String renewed =
                health.renewable() == 0 ? "" : ", " + health.renewable() + " waiting to be made anew of their pictures";
        String damaged = health.damaged() == 0
                ? ""
                : "; damaged and not compared: " + health.damaged()
                        + ", whose people must be enrolled again ('lintel re-enrol' lists them)";
        return List.of(
                new Component(
                        "store", health.writable(), health.writable() ? "writable" : "cannot be written: see the log"),
                new Component(
                        "gallery",
                        true,
                        others == 0
                                ? gallery + renewed + damaged
                                : gallery + ", of which " + others
                                        + " of another model: these people must be enrolled again" + renewed + damaged),
                new Component("disk", health.freeBytes() >= LITTLE_SPACE, (health.freeBytes() >> 20) + " MiB free"));
    }

    private static Component broken() {
        return new Component("store", false, "does not answer: see the log");
    }

    /** Asks the store how it is, so that its meters say how it is at this scrape; one that does not answer is not well. */
    private Future<?> look(Call call) {
        return bus.ask(StoreMessages.STATUS, new StoreStatus(call.deadline(STATUS_TIMEOUT)))
                .map(answer -> answer.<StoreHealth>fold(health -> health, refusal -> null))
                .otherwise((StoreHealth) null)
                .onSuccess(health -> store = health);
    }

    private double store(ToDoubleFunction<StoreHealth> figure, double unknown) {
        StoreHealth health = store;
        return health == null ? unknown : figure.applyAsDouble(health);
    }

    private Future<Reply> metrics(Call call) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            return look(call)
                    .compose(looked -> call.vertx()
                            .executeBlocking(
                                    () -> Reply.of(
                                            200,
                                            "text/plain; version=0.0.4; charset=utf-8",
                                            Buffer.buffer(prometheus.scrape())),
                                    false));
        }
        return Future.failedFuture(
                new Problem(503, "unavailable", "metrics are not collected for Prometheus on this box").exception());
    }

    private JsonObject version(boolean known) {
        if (!known) {
            return new JsonObject().put("name", "Lintel");
        }
        JsonArray models = new JsonArray();
        version.models()
                .forEach(model -> models.add(new JsonObject()
                        .put("task", model.task())
                        .put("id", model.id())
                        .put("version", model.version())
                        .put("runtime", model.runtime())));
        return new JsonObject()
                .put("name", "Lintel")
                .put("time_zone", version.timeZone().getId())
                .put("place", version.place().get())
                .put("version", version.version())
                .put("java", System.getProperty("java.version"))
                .put("models", models)
                .put(
                        "coming_model",
                        version.coming().map(VersionInfo.Coming::model).orElse(null))
                .put(
                        "learns_from_visits",
                        version.coming().filter(VersionInfo.Coming::fromVisits).isPresent());
    }
}
