package dev.lintel.delivery;

import dev.lintel.bus.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Time that stands still until the test lets the next timer fire. Thread-safe. */
final class VirtualTime implements Timers, InstantSource {
    private record Timer(Instant at, long order, Runnable task) {}

    private final Lock lock = new ReentrantLock();
    private final Condition scheduled = lock.newCondition();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparing(Timer::order));
    private final Executor executor;
    private Instant now;
    private long orders;

    /** @param executor what is due runs here */
    VirtualTime(Instant start, Executor executor) {
        now = start;
        this.executor = executor;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        lock.lock();
        try {
            Timer timer = new Timer(now.plus(delay), orders++, task);
            timers.add(timer);
            scheduled.signalAll();
            return () -> {
                lock.lock();
                try {
                    timers.remove(timer);
                } finally {
                    lock.unlock();
                }
            };
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is scheduled, then lets its time come; answers how much time passed. */
    Duration next() throws InterruptedException {
        Timer timer;
        Duration passed;
        lock.lock();
        try {
            awaitTimer();
            timer = timers.poll();
            passed = Duration.between(now, timer.at());
            now = timer.at();
        } finally {
            lock.unlock();
        }
        executor.execute(timer.task());
        return passed;
    }

    /** Whether nothing is scheduled. */
    boolean idle() {
        lock.lock();
        try {
            return timers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is scheduled. */
    void awaitTimer() throws InterruptedException {
        lock.lock();
        try {
            while (timers.isEmpty()) {
                if (!scheduled.await(10, TimeUnit.SECONDS)) {
                    throw new AssertionError("nothing was scheduled");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant instant() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }
}
