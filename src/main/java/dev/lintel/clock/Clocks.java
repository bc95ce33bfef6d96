package dev.lintel.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * The clocks of the box. Thread-safe.
 *
 * @param wall what people call the time; somebody may set it
 * @param steady from any origin, never jumps: for everything that lasts so long
 * @param believed whether the wall clock may be believed
 */
public record Clocks(InstantSource wall, InstantSource steady, BooleanSupplier believed) {

    /** Those of this machine. */
    public static Clocks system(BooleanSupplier believed) {
        long origin = System.nanoTime();
        return new Clocks(InstantSource.system(), () -> Instant.EPOCH.plusNanos(System.nanoTime() - origin), believed);
    }

    /** By the wall. */
    public Instant now() {
        return wall.instant();
    }

    public boolean known() {
        return believed.getAsBoolean();
    }

    /** The moment by the wall that was at a moment of the steady clock, as far as the wall clock is right now. */
    public Instant atWall(Instant steadily) {
        return now().minus(java.time.Duration.between(steadily, steady.instant()));
    }
}
