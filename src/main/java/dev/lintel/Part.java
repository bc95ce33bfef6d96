package dev.lintel;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;

/** A verticle that can be taken down and put up again while the others run. Used from one thread at a time. */
final class Part implements AutoCloseable {
    private final Vertx vertx;
    private final String name;
    private String deployment;

    Part(Vertx vertx, String name) {
        this.vertx = vertx;
        this.name = name;
    }

    /** @throws ApplianceException if it cannot be put up; then it is down */
    void up(Deployable verticle) {
        // From a thread that is no verticle's, or it would be taken down together with that one.
        deployment = Appliance.await(
                name,
                CompletableFuture.supplyAsync(() -> vertx.deployVerticle(verticle))
                        .join());
    }

    /** Does nothing if it is down. */
    void down() {
        if (deployment != null) {
            String gone = deployment;
            deployment = null;
            Appliance.await("stopping " + name, vertx.undeploy(gone));
        }
    }

    @Override
    public void close() {
        down();
    }
}
