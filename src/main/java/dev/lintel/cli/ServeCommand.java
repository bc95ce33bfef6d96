package dev.lintel.cli;

import dev.lintel.Appliance;
import dev.lintel.ApplianceException;
import dev.lintel.Installed;
import dev.lintel.config.ConfigException;
import dev.lintel.config.LintelConfig;
import dev.lintel.gateway.ConsoleKey;
import java.io.PrintWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Run the appliance until it is told to stop (Ctrl-C, or SIGTERM); then finish what was accepted.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    private final BlockingQueue<Boolean> orders = new LinkedBlockingQueue<>();
    private final AtomicReference<Appliance> running = new AtomicReference<>();
    private volatile boolean restarting;
    private boolean closed;

    @Override
    public Integer call() throws InterruptedException {
        LintelConfig config = installation.load();
        Logs.configure(config.logging());
        Installed installed =
                new Installed(installation.home(), installation.file(), System.getenv(), () -> orders.add(true));
        running.set(Appliance.start(config, installed));
        ServiceManager manager = ServiceManager.of(System.getenv());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            manager.stopping();
                            close();
                        },
                        "shutdown"));
        say(config);
        manager.ready("serving " + running.get().url());
        manager.watch(() -> restarting || running.get().alive());
        while (orders.take()) {
            config = restart(config, installed);
        }
        return ExitCodes.OK;
    }

    /** The configuration that runs now: the file's, or the former one if the box does not start with that. */
    private LintelConfig restart(LintelConfig before, Installed installed) {
        restarting = true;
        try {
            LintelConfig next = installation.load();
            running.get().close();
            Logs.configure(next.logging());
            start(next, installed);
            return next;
        } catch (ConfigException e) {
            LOG.error("not restarted, because the configuration is wrong: {}", e.getMessage());
            return before;
        } catch (ApplianceException e) {
            LOG.error(
                    "the box does not start with this configuration, so it goes on with the former: {}",
                    e.getMessage());
            start(before, installed);
            return before;
        } finally {
            restarting = false;
        }
    }

    /** Not while, or after, the process is told to stop. */
    private synchronized void start(LintelConfig config, Installed installed) {
        if (!closed) {
            running.set(Appliance.start(config, installed));
            say(config);
        }
    }

    private synchronized void close() {
        closed = true;
        running.get().close();
    }

    private void say(LintelConfig config) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Lintel is ready at " + running.get().url());
        try {
            String secret = ConsoleKey.read(config.store().database()).orElse(null);
            SetupInvitation.print(new Client(running.get().url(), secret), out);
        } catch (CommandException e) {
            LOG.warn("the setup code cannot be made: {}", e.getMessage());
        }
        out.flush();
    }
}
