package dev.lintel.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with the time left on a terminal; a line for every tenth elsewhere. Thread-safe. */
final class Progress implements AutoCloseable {
    private static final int COLUMNS = 78;

    private final String task;
    private final long total;
    private final PrintStream out;
    private final ProgressBar bar;
    private long steps;

    Progress(String task, long total) {
        this(task, total, System.err, System.console() != null);
    }

    Progress(String task, long total, PrintStream out, boolean terminal) {
        this.task = task;
        this.total = total;
        this.out = out;
        this.bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setMaxRenderedLength(COLUMNS)
                        .setConsumer(new ConsoleProgressBarConsumer(out, COLUMNS))
                        .build()
                : null;
    }

    synchronized void step() {
        steps++;
        if (bar != null) {
            bar.step();
        } else if (steps == total || steps * 10 / total > (steps - 1) * 10 / total) {
            out.println(task + ": " + steps + " of " + total);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
