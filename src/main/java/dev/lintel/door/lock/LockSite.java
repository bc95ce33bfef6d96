package dev.lintel.door.lock;

import dev.lintel.bus.Bus;
import io.vertx.core.Vertx;

/** What a lock can be driven with. */
public record LockSite(Vertx vertx, Bus bus, Chips chips) {}
