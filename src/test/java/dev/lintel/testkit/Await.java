package dev.lintel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what other threads and processes do. */
public final class Await {
    private Await() {}

    /** Asks again and again, for at most 30 s; {@code what} is in the words of the failure. */
    public static void await(String what, BooleanSupplier met) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
