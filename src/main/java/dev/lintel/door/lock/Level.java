package dev.lintel.door.lock;

/** Of a GPIO line. */
public enum Level {
    HIGH,
    LOW
}
