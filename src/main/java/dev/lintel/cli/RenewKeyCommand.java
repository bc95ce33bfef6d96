package dev.lintel.cli;

import dev.lintel.config.LintelConfig;
import dev.lintel.store.KeyRenewal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "renew-key",
        description =
                "Make a new key in place of one that is lost, while the box is stopped. log: seals the event log and the attendance"
                        + " book anew as they are; what was changed before can then not be found any more. pins: forgets every PIN.")
final class RenewKeyCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "log|pins")
    String which;

    @Option(names = "--yes", description = "Do it; without it only what would be done is said.")
    boolean yes;

    @Override
    public Integer call() {
        if (!which.equals("log") && !which.equals("pins")) {
            throw new CommandException(ExitCodes.USAGE, "must be log or pins, was " + which);
        }
        LintelConfig config = installation.load();
        PrintWriter out = spec.commandLine().getOut();
        if (!yes) {
            out.println(
                    which.equals("log")
                            ? "would seal the event log and the attendance book of "
                                    + config.store().database()
                                    + " anew with a new key, as they are now; what was changed before can then not be found any more. Do it with --yes"
                            : "would make a new key and forget every PIN of "
                                    + config.store().database() + ". Do it with --yes");
            out.flush();
            return ExitCodes.NO;
        }
        String fingerprint = which.equals("log") ? KeyRenewal.log(config.store()) : KeyRenewal.pins(config.store());
        out.println("the new key has the fingerprint " + fingerprint + ": note it, and make a backup");
        out.flush();
        return ExitCodes.OK;
    }
}
