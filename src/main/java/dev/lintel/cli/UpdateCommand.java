package dev.lintel.cli;

import dev.lintel.release.PackageManager;
import dev.lintel.release.PackageManager.Installed;
import dev.lintel.release.PackageManager.Release;
import dev.lintel.release.ReleaseException;
import dev.lintel.release.ReleaseKeys;
import dev.lintel.release.ReleaseSignature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "update",
        description =
                "Install a newer Lintel from a package that was signed by who makes this box's releases. Nothing is touched before the"
                        + " signature is right; the former version comes back with its database if the new one is not ready in a minute.")
final class UpdateCommand implements Callable<Integer> {
    /** Where whoever runs the box puts a key; unlike /etc/lintel, the service cannot write there. */
    private static final Path OPERATOR_KEY = Path.of("/usr/local/share/lintel/release.pub");

    private final PackageManager packages;
    private final boolean root;

    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The package, a .deb file.")
    Path file;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "Its signature. Default: the package's name with .minisig, else with .sig behind it.")
    Path signature;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The public key to believe (minisign or signify). Default: release.pub of the installed program, and"
                            + " /usr/local/share/lintel/release.pub.")
    Path key;

    @Option(names = "--allow-older", description = "Go back to an older version as well.")
    boolean allowOlder;

    @Option(names = "--dry-run", description = "Only check the signature and say what would be done.")
    boolean dryRun;

    UpdateCommand() {
        this(PackageManager.ofThisMachine(), "root".equals(System.getProperty("user.name")));
    }

    UpdateCommand(PackageManager packages, boolean root) {
        this.packages = packages;
        this.root = root;
    }

    @Override
    public Integer call() {
        if (!root && !dryRun) {
            throw new CommandException(
                    ExitCodes.NO_PERMISSION, "an update needs root: sudo lintel update --from " + file);
        }
        if (Files.isDirectory(file)) {
            throw new CommandException(ExitCodes.NO_INPUT, file + " is a folder, no package");
        }
        if (!Files.isReadable(file)) {
            throw new CommandException(ExitCodes.NO_INPUT, file + " is not there, or closed to this user");
        }
        if (key != null && !Files.isReadable(key)) {
            throw new CommandException(ExitCodes.NO_INPUT, "the key " + key + " is not there, or closed to this user");
        }
        if (file.toFile().length() == 0) {
            throw new CommandException(ExitCodes.NO_INPUT, file + " is empty: fetch it again");
        }
        ReleaseKeys keys = ReleaseKeys.read(
                key != null ? List.of(key) : List.of(installation.home().resolve("release.pub"), OPERATOR_KEY));
        ReleaseSignature signed = ReleaseSignature.read(signature != null ? signature : beside(file));
        try {
            // What was checked is what is installed: nobody else can change the copy in between.
            Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "lintel-update");
            try {
                String name = file.getFileName().toString().replaceFirst("(\\.deb)?$", ".deb");
                Path copy = Files.copy(file, folder.resolve(name));
                return update(copy, signed.check(copy, keys));
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCodes.UNAVAILABLE, "the package cannot be copied to /var/tmp: " + e.getMessage());
        }
    }

    private int update(Path copy, String comment) {
        PrintWriter out = spec.commandLine().getOut();
        Release release = packages.read(copy);
        Installed now = packages.installed()
                .orElseThrow(
                        () -> new ReleaseException(
                                "Lintel is not installed here as a package: install this one with"
                                        + " 'apt install', or update a copy of the repository with 'git pull' and 'sudo scripts/install'"));
        Release installed = now.release();
        out.println("the signature is right" + (comment.isEmpty() ? "" : ": " + printable(comment)));
        if (!release.architecture().equals(installed.architecture())) {
            throw new ReleaseException(
                    "this package is for " + release.architecture() + ", this box is " + installed.architecture()
                            + ": fetch the one whose name ends with _" + installed.architecture() + ".deb");
        }
        if (!release.name().equals(installed.name())) {
            throw new ReleaseException("this is the package " + release.name() + ", and " + installed.name()
                    + " is installed: 'sudo apt install " + file.toAbsolutePath()
                    + "' changes from one to the other, without a way back");
        }
        if (now.finished() && release.version().equals(installed.version())) {
            out.println("version " + release.version() + " is installed already");
            out.flush();
            return ExitCodes.OK;
        }
        if (packages.older(release.version(), installed.version()) && !allowOlder) {
            throw new ReleaseException("version " + release.version() + " is older than the installed "
                    + installed.version() + ": --allow-older goes back to it");
        }
        if (dryRun) {
            out.println(
                    "would be updated: " + installed.version() + " to " + release.version() + "; nothing was changed");
            out.flush();
            return ExitCodes.OK;
        }
        out.println("updating " + installed.version() + " to " + release.version());
        out.flush();
        if (!packages.install(copy)) {
            throw new CommandException(
                    ExitCodes.NO,
                    "version " + release.version()
                            + " was not taken, see above: 'systemctl status lintel' says what runs");
        }
        out.println("version " + release.version() + " is installed");
        out.flush();
        return ExitCodes.OK;
    }

    private static Path beside(Path file) {
        Path minisign = file.resolveSibling(file.getFileName() + ".minisig");
        Path signify = file.resolveSibling(file.getFileName() + ".sig");
        if (!Files.exists(minisign) && !Files.exists(signify)) {
            throw new CommandException(
                    ExitCodes.NO_INPUT, minisign + " is missing: an unsigned package is not installed by this command");
        }
        return Files.exists(minisign) ? minisign : signify;
    }

    /** The comment is signed, and still goes to a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
