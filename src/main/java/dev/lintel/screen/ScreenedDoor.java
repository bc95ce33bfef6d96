package dev.lintel.screen;

import java.time.Duration;
import java.util.Optional;

/**
 * A door, as far as its screen is concerned.
 *
 * @param button how long it recognises people after something said that somebody wants in; empty where it needs no such word
 */
public record ScreenedDoor(String id, ScreenConfig screen, Optional<Duration> button) {}
