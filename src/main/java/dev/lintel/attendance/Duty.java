package dev.lintel.attendance;

import java.time.Duration;
import java.time.Instant;

/** The first and last moment of one person's shifts on a working day, and how long they are together. */
record Duty(Instant from, Instant to, Duration length) {}
