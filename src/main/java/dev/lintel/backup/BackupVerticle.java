package dev.lintel.backup;

import dev.lintel.bus.Bus;
import dev.lintel.messages.BoxBackupMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Answers for backups, and makes them by itself when it is time: on threads of its own, because it takes long and waits for the store.
 * Deploy one, while the store is open.
 */
public final class BackupVerticle extends VerticleBase {
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    private final Bus bus;
    private final BackupDesk desk;
    private final BooleanSupplier clock;

    /** Two: the second tells whoever asks while one is made. */
    private final ExecutorService makers = Executors.newFixedThreadPool(2, work -> thread(work, "backup"));

    /** A folder on a share that hangs holds nobody else up. */
    private final ExecutorService looker = Executors.newSingleThreadExecutor(work -> thread(work, "backup-folder"));

    /** @param clock whether the machine's clock is believed: none is made by itself before */
    public BackupVerticle(Bus bus, BackupDesk desk, BooleanSupplier clock) {
        this.bus = bus;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(MINUTE / 4, MINUTE, tick -> on(makers, () -> desk.tick(clock.getAsBoolean())));
        on(looker, desk::look);
        return Future.all(List.of(
                bus.serve(BoxBackupMessages.LIST, ask -> on(looker, () -> desk.list(ask))),
                bus.serve(BoxBackupMessages.MAKE, ask -> on(makers, () -> desk.make(ask))),
                bus.serve(BoxBackupMessages.KEEP_PASSPHRASE, ask -> on(looker, () -> desk.keep(ask))),
                bus.serve(BoxBackupMessages.FIND, ask -> on(looker, () -> desk.find(ask))),
                bus.serve(BoxBackupMessages.REMOVE, ask -> on(looker, () -> desk.remove(ask)))));
    }

    private static <T> Future<T> on(ExecutorService threads, Callable<T> task) {
        Promise<T> done = Promise.promise();
        threads.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What is being made is given up, and nothing of it is left. */
    @Override
    public Future<?> stop() {
        makers.shutdownNow();
        looker.shutdownNow();
        return vertx.executeBlocking(() -> makers.awaitTermination(10, TimeUnit.SECONDS), false);
    }
}
