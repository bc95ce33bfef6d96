package dev.lintel.delivery;

import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.EventMessages;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;

/** Tells others of events, and publishes for others of the box. Deploy one instance, after the store. */
public final class DeliveryVerticle extends VerticleBase {
    private final Bus bus;
    private final DeliveryConfig config;
    private final InstantSource clock;
    private final ApplianceMetrics metrics;
    private final String version;
    private Dispatch dispatch;

    /** @param version of the box, as it calls itself towards others */
    public DeliveryVerticle(
            Bus bus, DeliveryConfig config, InstantSource clock, ApplianceMetrics metrics, String version) {
        this.bus = bus;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.version = version;
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> Dispatch.Secrets.read(config)).compose(secrets -> {
            dispatch = new Dispatch(vertx, bus, config, secrets, Timers.of(vertx), clock, metrics, version);
            bus.listen(EventMessages.RECORDED, recorded -> dispatch.wake());
            return bus.serve(DeliveryMessages.MQTT_PUBLISH, dispatch::publish).compose(v -> dispatch.start());
        });
    }

    @Override
    public Future<?> stop() {
        return dispatch == null ? Future.succeededFuture() : dispatch.stop();
    }
}
