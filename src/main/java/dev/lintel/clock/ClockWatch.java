package dev.lintel.clock;

import dev.lintel.clock.ClockConfig.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether the machine's clock may be believed. A Raspberry Pi starts without one: until the network tells it the time, it goes
 * on from when it was switched off. Once the clock was synchronised it is believed for good. Thread-safe.
 */
public final class ClockWatch implements AutoCloseable {
    /** No clock is right that is before Lintel. */
    static final Instant LEAST = Instant.parse("2025-01-01T00:00:00Z");

    /** By how much a clock with a battery may differ from the system's, which was set by it. */
    private static final Duration NEAR = Duration.ofMinutes(1);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Trust trust;
    private final Path root;
    private final InstantSource wall;
    private final Supplier<Optional<Boolean>> timedate;
    private final Timer timer = new Timer("clock", true);
    private volatile boolean synchronised;
    private volatile boolean kept;
    private volatile boolean tells;
    private volatile Instant least = LEAST;

    /** Looks at this machine. */
    public ClockWatch(ClockConfig config) {
        this(config, Path.of("/"), InstantSource.system(), ClockWatch::timedatectl);
    }

    /**
     * @param root below which the machine's files are
     * @param timedate whether the system says that its clock is synchronised; empty if it cannot say
     */
    ClockWatch(ClockConfig config, Path root, InstantSource wall, Supplier<Optional<Boolean>> timedate) {
        this.trust = config.trust();
        this.root = root;
        this.wall = wall;
        this.timedate = timedate;
        look();
    }

    /** Goes on looking until the clock is synchronised. */
    public ClockWatch start() {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        look();
                        if (synchronised) {
                            cancel();
                        }
                    }
                },
                EVERY.toMillis(),
                EVERY.toMillis());
        return this;
    }

    /** Something happened at this time: a clock that says less is wrong, unless the network set it. */
    public void notBefore(Instant happened) {
        if (happened.isAfter(least)) {
            least = happened;
        }
    }

    public boolean believed() {
        return switch (trust) {
            case ALWAYS -> true;
            case SYNCHRONISED -> synchronised;
            case PLAUSIBLE -> synchronised || plausible();
            case AUTO -> synchronised || plausible() && (kept || !tells);
        };
    }

    private boolean plausible() {
        return !wall.instant().isBefore(least);
    }

    /** In a few words. */
    public String text() {
        if (trust == Trust.ALWAYS) {
            return "believed, as configured";
        }
        if (synchronised) {
            return "synchronised";
        }
        if (believed()) {
            return kept ? "kept by a clock with a battery" : "not known to be synchronised, but plausible";
        }
        return plausible()
                ? "not synchronised yet: schedules, dates and attendance wait for it; see 'timedatectl', or set"
                        + " clock.trust"
                : "wrong: it says " + wall.instant() + ", but this is after " + least
                        + "; schedules, dates and attendance wait until it is set";
    }

    void look() {
        if (synchronised) {
            return;
        }
        Optional<Boolean> said = Files.exists(root.resolve("run/systemd/timesync/synchronized"))
                ? Optional.of(true)
                : Files.isDirectory(root.resolve("run/systemd/system")) ? timedate.get() : Optional.empty();
        tells = said.isPresent();
        synchronised = said.orElse(false);
        kept = battery()
                .filter(then -> Duration.between(then, wall.instant()).abs().compareTo(NEAR) < 0)
                .isPresent();
    }

    /** The time of the clock with a battery; one without a battery begins in 1970 each time. */
    private Optional<Instant> battery() {
        try {
            String seconds = Files.readString(root.resolve("sys/class/rtc/rtc0/since_epoch"))
                    .strip();
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> timedatectl() {
        try {
            Process process = new ProcessBuilder("timedatectl", "show", "--property=NTPSynchronized", "--value")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return said.equals("yes") || said.equals("no") ? Optional.of(said.equals("yes")) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
