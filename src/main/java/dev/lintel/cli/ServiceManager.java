package dev.lintel.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is: ready, alive, stopping. Java 17 cannot send to a unix datagram socket, so that
 * systemd's own {@code systemd-notify} does it (the unit allows that with {@code NotifyAccess=all}). Does nothing
 * where no service manager asked. Thread-safe.
 */
final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final boolean listening;
    private final Duration watchdog;
    private boolean complained;

    private ServiceManager(boolean listening, Duration watchdog) {
        this.listening = listening;
        this.watchdog = watchdog;
    }

    /** @param environment of the process: NOTIFY_SOCKET and WATCHDOG_USEC as systemd sets them */
    static ServiceManager of(Map<String, String> environment) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        return new ServiceManager(
                !environment.getOrDefault("NOTIFY_SOCKET", "").isBlank(),
                micros.matches("[1-9]\\d{0,17}")
                        ? Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1000L))
                        : null);
    }

    void ready(String status) {
        send("READY=1", "STATUS=" + status, "MAINPID=" + ProcessHandle.current().pid());
    }

    void stopping() {
        send("STOPPING=1", "STATUS=finishing what was accepted");
    }

    /** Says "alive" three times in a watchdog's period, as long as the appliance answers. */
    void watch(BooleanSupplier alive) {
        if (!listening || watchdog == null) {
            return;
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "watchdog");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(1, watchdog.toMillis() / 3);
        timer.scheduleAtFixedRate(
                () -> {
                    if (alive.getAsBoolean()) {
                        send("WATCHDOG=1");
                    } else {
                        LOG.warn(
                                "the appliance does not answer its own health check: the service manager will restart it");
                    }
                },
                period,
                period,
                TimeUnit.MILLISECONDS);
    }

    private synchronized void send(String... states) {
        if (!listening) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("systemd-notify"));
        command.addAll(List.of(states));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                complain("it does not end");
            } else if (process.exitValue() != 0) {
                complain("it ended with " + process.exitValue());
            }
        } catch (IOException e) {
            complain(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(String why) {
        if (!complained) {
            complained = true;
            LOG.warn("systemd-notify cannot tell the service manager that Lintel runs: {}", why);
        }
    }
}
