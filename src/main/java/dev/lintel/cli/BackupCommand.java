package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description =
                "Make a backup of everything now: people, rights, PINs, accounts, log, attendance, configuration and keys, in one file that"
                        + " only a passphrase opens. It is opened again and checked before it counts. 'restore' puts it back.")
final class BackupCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "DIR|FILE",
            description = "Where it goes. Default: the folder for backups of the box, as backup.folder says.")
    Path to;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description =
                    "A file with the passphrase. Default: the one that backup.passphrase-file names, else it is asked for.")
    Path passphraseFile;

    @Option(names = "--list", description = "Only list those in the box's folder.")
    boolean list;

    @Option(names = "--remove", paramLabel = "NAME", description = "Only delete this one from the box's folder.")
    String remove;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (to != null && !Files.isDirectory(to) && Files.exists(to)) {
            throw new CommandException(ExitCodes.NO, to + " exists: name a new file, nothing is overwritten");
        }
        if (to != null
                && !Files.isDirectory(to)
                && !Files.isDirectory(to.toAbsolutePath().getParent())) {
            throw new CommandException(
                    ExitCodes.NO,
                    "there is no folder " + to.toAbsolutePath().getParent() + ": make it, or mount what it is on");
        }
        try (Box.Session session = box.open()) {
            Client client = session.client();
            JsonNode state = client.get("/backups", Map.of()).orFail();
            if (list) {
                print(state, out);
            } else if (remove != null) {
                client.delete("/backups/" + Client.encoded(remove), Map.of()).orFail();
                out.println(remove + " was deleted");
            } else {
                make(client, state, out);
            }
            out.flush();
            return ExitCodes.OK;
        }
    }

    private void print(JsonNode state, PrintWriter out) {
        out.println(state.path("folder").asText()
                + (state.path("at").isTextual()
                        ? ": one each day at " + state.path("at").asText() + ", "
                                + state.path("keep").asInt() + " are kept"
                        : ": none is made by itself"));
        if (state.path("fault").isTextual()) {
            out.println("the last attempt failed: " + state.path("fault").asText());
        }
        TextTable table = new TextTable("name", "made", "KiB", "version", "place", "log key");
        state.path("backups")
                .forEach(each -> table.row(
                        each.path("name").asText(),
                        each.path("at").asText(),
                        Long.toString(Math.max(1, each.path("bytes").asLong() >> 10)),
                        each.path("version").asText(),
                        each.path("place").asText(),
                        each.path("log_key").asText()
                                + (each.path("own").asBoolean() ? "" : " (another box's, or of before renew-key)")));
        table.print(out);
    }

    private void make(Client client, JsonNode state, PrintWriter out) throws IOException {
        char[] passphrase = passphraseFile == null && state.path("passphrase").asBoolean()
                ? new char[0]
                : TypedPassphrase.fresh(passphraseFile);
        Map<String, String> body = passphrase.length == 0 ? Map.of() : Map.of("passphrase", new String(passphrase));
        Arrays.fill(passphrase, '0');
        JsonNode made = client.json("POST", "/backups", body, PATIENCE).orFail();
        JsonNode file = made.path("backup");
        String name = file.path("name").asText();
        String where = Path.of(state.path("folder").asText()).resolve(name).toString();
        if (to != null) {
            Path target = Files.isDirectory(to) ? to.resolve(name) : to;
            take(client, name, file.path("bytes").asLong(), target);
            where = target.toString();
        }
        out.println(where + ": " + file.path("bytes").asLong() + " bytes, opened again and checked");
        out.println("people: " + made.path("people").asInt()
                + ", templates: " + made.path("templates").asInt()
                + ", accounts: " + made.path("accounts").asInt()
                + ", entries of log and attendance: " + made.path("log_entries").asLong()
                + "; key of the log " + file.path("log_key").asText());
        if (made.path("removed").asInt() > 0) {
            out.println("older ones that were deleted: " + made.path("removed").asInt());
        }
        state.path("left_out")
                .forEach(key -> out.println("not in it: the file of " + key.asText()
                        + ", which lies outside the folders of the box: keep it yourself"));
        if (to == null && state.path("same_disk").asBoolean()) {
            out.println("it is on the disk of the database, which may break: take it elsewhere, or set backup.folder");
        }
    }

    /** From the box's folder to where it is wanted. */
    private static void take(Client client, String name, long bytes, Path target) throws IOException {
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            String address = "/backups/" + Client.encoded(name);
            client.download(address, part).orFail();
            if (Files.size(part) != bytes) {
                throw new CommandException(
                        ExitCodes.NO, "only a part arrived: the whole backup is still on the box, " + name);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            client.delete(address, Map.of()).orFail();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
