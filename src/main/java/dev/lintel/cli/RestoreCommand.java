package dev.lintel.cli;

import dev.lintel.backup.BackupHeader;
import dev.lintel.backup.BoxFiles;
import dev.lintel.backup.Restore;
import dev.lintel.config.ConfigLoader;
import dev.lintel.config.LintelConfig;
import dev.lintel.config.NamedFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        description =
                "Put a backup of everything back, while the box is stopped: all of it or nothing. What was there is kept beside the database"
                        + " until --confirm deletes it, or --undo puts it back.")
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The backup.")
    Path file;

    @Option(
            names = "--dry-run",
            description =
                    "Only look at it: open it, check everything in it, and say what would be replaced. A box may run meanwhile.")
    boolean dryRun;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file with the passphrase. Default: it is asked for.")
    Path passphraseFile;

    @Option(
            names = "--keep-configuration",
            description = "Leave the configuration, and the files that it names, as they are on this machine.")
    boolean keepConfiguration;

    @Option(names = "--confirm", description = "All is well after a restore: destroy what was there before.")
    boolean confirm;

    @Option(names = "--undo", description = "Put back what was there before the last restore.")
    boolean undo;

    @Override
    public Integer call() {
        if ((file == null ? 0 : 1) + (confirm ? 1 : 0) + (undo ? 1 : 0) != 1) {
            throw new CommandException(ExitCodes.USAGE, "give the FILE of a backup, or --confirm, or --undo");
        }
        installation.load();
        Restore restore = new Restore(this::target, InstantSource.system());
        PrintWriter out = spec.commandLine().getOut();
        if (confirm) {
            List<Path> gone = restore.confirm();
            gone.forEach(folder -> out.println("destroyed: " + folder));
            out.println(
                    gone.isEmpty() ? "there was nothing left of before a restore" : "what was there before is gone");
        } else if (undo) {
            Path aside = restore.undo();
            out.println("what was there before the restore is back; what had been restored is in " + aside
                    + ": 'lintel restore --confirm' destroys it");
        } else {
            char[] passphrase = TypedPassphrase.of(passphraseFile);
            say(
                    dryRun
                            ? restore.look(file, passphrase, keepConfiguration)
                            : restore.putBack(file, passphrase, keepConfiguration),
                    out);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private Restore.Target target(Optional<String> text) {
        Path home = installation.home();
        LintelConfig config = text.map(yaml -> ConfigLoader.parse(home, yaml, System.getenv()))
                .orElseGet(installation::load);
        return new Restore.Target(
                new BoxFiles(config.store().database(), home, Optional.of(installation.file()), NamedFiles.of(config)),
                config.store(),
                config.attendance());
    }

    private void say(Restore.Result result, PrintWriter out) {
        BackupHeader header = result.header();
        out.println("backup of " + header.at() + (header.place().isEmpty() ? "" : " of " + header.place())
                + ", made by Lintel " + header.lintel() + ", schema " + header.schema() + ", key of the log "
                + header.logKey());
        out.println("people: " + result.contents().people()
                + ", templates: " + result.contents().templates()
                + ", accounts: " + result.contents().accounts()
                + ", entries of log and attendance: " + result.contents().entries()
                + "; everything in it is whole");
        String what = result.aside() == null ? "would be replaced: " : "replaced: ";
        result.replaced().forEach(path -> out.println(what + path));
        result.homeless()
                .forEach(part -> out.println((result.aside() == null ? "would be left out: " : "left out: ") + part
                        + ", which has no place on this machine"));
        if (result.aside() == null) {
            out.println("nothing was changed");
            return;
        }
        out.println("what was there is in " + result.aside()
                + ": start the box, look at it, then 'lintel restore --confirm' destroys it, or '--undo' goes back");
        out.println("who was deleted, and which keys and accounts were revoked, after " + header.at()
                + " is there again: delete and revoke them again");
    }
}
