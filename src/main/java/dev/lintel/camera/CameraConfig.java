package dev.lintel.camera;

/** One camera. */
public record CameraConfig() {}
