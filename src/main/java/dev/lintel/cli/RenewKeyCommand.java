package dev.lintel.cli;

import dev.lintel.config.LintelConfig;
import dev.lintel.store.KeyRenewal;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.sqlite.MasterKey;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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
                "Make a new key, while the box is stopped. log: in place of one that is lost; seals the event log and the attendance book anew"
                        + " as they are, and what was changed before can then not be found any more. pins: likewise; forgets every PIN. data:"
                        + " seals every record anew with new keys; with --to the key comes from elsewhere from then on.")
final class RenewKeyCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "log|pins|data")
    String which;

    @Option(
            names = "--to",
            paramLabel = "file|credential|passphrase",
            description =
                    "With data: where the key comes from, from now on. Default: as store.key says. Change store.key to the same.")
    MasterKey to;

    @Option(names = "--yes", description = "Do it; without it only what would be done is said.")
    boolean yes;

    @Override
    public Integer call() {
        if (!List.of("log", "pins", "data").contains(which)) {
            throw new CommandException(ExitCodes.USAGE, "must be log, pins or data, was " + which);
        }
        LintelConfig config = installation.load();
        StoreConfig store = config.store();
        PrintWriter out = spec.commandLine().getOut();
        if (!yes) {
            out.println("would " + plan() + " (" + store.database() + "). Do it with --yes");
            out.flush();
            return ExitCodes.NO;
        }
        String fingerprint = switch (which) {
            case "log" -> KeyRenewal.log(store);
            case "pins" -> KeyRenewal.pins(store);
            default -> KeyRenewal.data(store, to == null ? store.key() : to);
        };
        out.println("the new key has the fingerprint " + fingerprint + ": note it, and make a backup");
        if (to != null && to != store.key()) {
            out.println(
                    "now write 'key: " + to.name().toLowerCase(Locale.ROOT) + "' below 'store:' in the configuration");
        }
        out.flush();
        return ExitCodes.OK;
    }

    private String plan() {
        return switch (which) {
            case "log" ->
                "seal the event log and the attendance book anew with a new key, as they are now; what was changed before can"
                        + " then not be found any more, and no receipt that was made before can be checked";
            case "pins" -> "make a new key and forget every PIN";
            default -> "seal every record anew with new keys; the former key is destroyed";
        };
    }
}
