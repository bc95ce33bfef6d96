package dev.lintel.cli;

import dev.lintel.Appliance;
import dev.lintel.Installed;
import dev.lintel.config.LintelConfig;
import dev.lintel.gateway.ConsoleKey;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The appliance that a command talks to: the one at {@code --url}, else the one that answers at the configured
 * address, else one that the command starts for itself on a free loopback port, with the same database.
 */
final class Box {
    @Mixin
    Installation installation;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Address of a running appliance. Default: LINTEL_URL, or the configured address; where nothing"
                            + " answers there, the command starts the appliance for itself, with the same database.")
    private URI url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "API key, where keys are configured. Default: LINTEL_KEY. Other users of this machine can see"
                    + " arguments: prefer the variable.")
    private String key;

    /** An appliance at the other end, and what to stop afterwards. */
    record Session(Client client, Appliance own) implements AutoCloseable {
        @Override
        public void close() {
            if (own != null) {
                own.close();
            }
        }
    }

    Session open() {
        String secret = key != null ? key : System.getenv("LINTEL_KEY");
        URI named = url != null ? url : variable("LINTEL_URL");
        if (named != null) {
            Client client = new Client(named, secret);
            if (!client.answers()) {
                throw new CommandException(ExitCodes.UNAVAILABLE, "no appliance answers at " + named);
            }
            say("the box at " + named);
            return new Session(client, null);
        }
        LintelConfig config = installation.load();
        Client running = new Client(BoxAddress.of(config.gateway()), secret);
        Path database = config.store().database();
        if (!running.answers()) {
            say("no box answers at " + running.base() + ": works by itself, on the database "
                    + database.toAbsolutePath() + "; LINTEL_URL names a box elsewhere");
            return alone(
                    config,
                    Optional.of(new Installed(installation.home(), installation.file(), System.getenv(), () -> {})));
        }
        say("the box at " + running.base());
        return new Session(
                secret != null
                        ? running
                        : ConsoleKey.read(database)
                                .map(console -> new Client(running.base(), console))
                                .orElse(running),
                null);
    }

    /** Whom the command speaks to, beside what it answers. */
    private void say(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("lintel: " + what);
        err.flush();
    }

    /** Starts an appliance that only this command can reach; it has no file of its own. */
    static Session alone(LintelConfig config) {
        return alone(config, Optional.empty());
    }

    private static Session alone(LintelConfig config, Optional<Installed> installed) {
        Path there = config.store().database().toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isWritable(there)) {
            throw new CommandException(
                    ExitCodes.UNAVAILABLE,
                    there + " is closed to this user: use sudo, or LINTEL_URL and LINTEL_KEY for a box that runs");
        }
        LintelConfig hidden = BoxAddress.privately(config);
        Appliance own = installed.map(where -> Appliance.start(hidden, where)).orElseGet(() -> Appliance.start(hidden));
        return new Session(
                new Client(own.url(), ConsoleKey.read(config.store().database()).orElse(null)), own);
    }

    private static URI variable(String name) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? null : URI.create(value);
    }
}
