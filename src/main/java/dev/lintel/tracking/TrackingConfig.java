package dev.lintel.tracking;

/** How faces are followed and when a vote is clear. */
public record TrackingConfig() {}
