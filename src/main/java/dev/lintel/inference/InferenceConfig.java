package dev.lintel.inference;

/** What runs the networks. */
public record InferenceConfig(Engine engine) {}
