package dev.lintel.delivery;

/** Who is told of events. */
public record DeliveryConfig() {}
