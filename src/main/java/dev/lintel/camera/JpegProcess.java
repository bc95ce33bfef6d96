package dev.lintel.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that writes one JPEG after another to its standard output. A thread drains both of its streams as fast as it
 * writes, so that it never waits and nothing piles up in it: of the pictures the newest is kept, of its words the last line.
 *
 * <p>Pipes are looked into, not waited on: a read can neither be bounded nor interrupted, and would outlast the program where
 * another process still holds the pipe. Thread-safe.
 */
final class JpegProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JpegProcess.class);

    /** Largest picture in bytes: several times what 4096x4096 pixels take. */
    private static final int LARGEST = 16 << 20;
    /** Characters of a line that are kept. */
    private static final int LINE = 200;
    /** A pipe holds 64 KiB: within a picture the next piece follows at once. */
    private static final Duration MIDWAY = Duration.ofMillis(1);

    private static final Duration BETWEEN = Duration.ofMillis(5);
    private static final Duration LAST = Duration.ofSeconds(3);

    private final String name;
    private final Process process;
    private final Thread draining;
    private final JpegCutter cutter = new JpegCutter(LARGEST);
    private final byte[] buffer = new byte[1 << 16];
    private final StringBuilder line = new StringBuilder();
    private String lastLine = "";
    private byte[] newest;
    private boolean ended;
    private volatile boolean closed;

    /** @throws IOException if it cannot be started, as where it is not installed */
    JpegProcess(List<String> command) throws IOException {
        name = Path.of(command.get(0)).getFileName().toString();
        process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        draining = new Thread(this::drain, "drain-" + name);
        draining.setDaemon(true);
        draining.start();
    }

    /**
     * The newest picture that was not taken yet; waits for one.
     *
     * @return null if none came in time, or the program ended
     */
    synchronized byte[] next(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        long rest = patience.toNanos();
        while (newest == null && !ended && rest > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
            rest = until - System.nanoTime();
        }
        byte[] taken = newest;
        newest = null;
        return taken;
    }

    /** Whether nothing more comes from it. */
    synchronized boolean ended() {
        return ended;
    }

    /** How it ended: its name, its code, and the last line that it wrote to its standard error. */
    synchronized String end() {
        if (process.isAlive()) {
            return name + " cannot be read";
        }
        String words = line.toString().isBlank() ? lastLine : line.toString().strip();
        return name + " ended with code " + process.exitValue() + (words.isEmpty() ? " without a word" : ": " + words);
    }

    /** The program's name, without its folder. */
    String name() {
        return name;
    }

    private void drain() {
        try (InputStream pictures = process.getInputStream();
                InputStream words = process.getErrorStream()) {
            boolean more = true;
            while (!closed && more) {
                more = process.isAlive(); // asked before the look: what it wrote before it ended is read all the same
                int length = read(pictures);
                cutter.put(buffer, length);
                give(cutter.take());
                int spoken = read(words);
                listen(spoken);
                if (length + spoken > 0) {
                    more = true;
                } else if (more) {
                    TimeUnit.NANOSECONDS.sleep((cutter.midway() ? MIDWAY : BETWEEN).toNanos());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: closed", name);
        } catch (IOException e) {
            LOG.warn("{}: its output cannot be read", name, e);
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    /** What is there, at most a buffer full; 0 if nothing. */
    private int read(InputStream from) throws IOException {
        int there = Math.min(buffer.length, from.available());
        return there == 0 ? 0 : Math.max(0, from.read(buffer, 0, there));
    }

    private synchronized void give(byte[] picture) {
        if (picture != null) {
            newest = picture;
            notifyAll();
        }
    }

    private synchronized void listen(int length) {
        for (int i = 0; i < length; i++) {
            char next = (char) (buffer[i] & 0xff);
            if (next == '\n') {
                lastLine =
                        line.toString().isBlank() ? lastLine : line.toString().strip();
                line.setLength(0);
            } else if (line.length() < LINE) {
                line.append(next >= ' ' && next < 0x7f ? next : ' ');
            }
        }
    }

    /** Kills it and whatever it started, and waits for its end, for a few seconds: a driver that hangs may hold it longer. */
    @Override
    public void close() {
        closed = true;
        draining.interrupt();
        List<ProcessHandle> started = process.descendants().toList(); // a wrapper does not pass the end on
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        boolean interrupted = Thread.interrupted(); // it is waited for all the same
        long until = System.nanoTime() + LAST.toNanos();
        while (process.isAlive() || draining.isAlive()) {
            try {
                if (!process.waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("{} (process {}) does not end: the driver of the camera holds it", name, process.pid());
                    break;
                }
                draining.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
