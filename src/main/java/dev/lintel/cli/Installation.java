package dev.lintel.cli;

import dev.lintel.backup.Restore;
import dev.lintel.config.ConfigLoader;
import dev.lintel.config.LintelConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the appliance is installed, and its configuration. */
final class Installation {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Directory with conf/, models/ and data/. Default: LINTEL_HOME, or the working directory.")
    private Path home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file. Default: LINTEL_CONFIG, or conf/lintel.yaml of the home directory.")
    private Path config;

    Path home() {
        String variable = System.getenv("LINTEL_HOME");
        Path chosen = home != null ? home : variable != null && !variable.isBlank() ? Path.of(variable) : Path.of("");
        Path absolute = chosen.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new CommandException(ExitCodes.CONFIG, "home directory " + absolute + " does not exist");
        }
        return absolute;
    }

    /** The configuration file; one that was named must exist, the default one need not. */
    Path file() {
        String variable = System.getenv("LINTEL_CONFIG");
        Path named = config != null ? config : variable != null && !variable.isBlank() ? Path.of(variable) : null;
        if (named != null && !Files.isRegularFile(named)) {
            throw new CommandException(ExitCodes.CONFIG, "configuration file " + named + " does not exist");
        }
        if (named != null && !Files.isReadable(named)) {
            throw new CommandException(
                    ExitCodes.CONFIG,
                    named + " is closed to this user: use sudo, or LINTEL_URL and LINTEL_KEY for a box that runs");
        }
        return named != null ? named.toAbsolutePath() : home().resolve("conf/lintel.yaml");
    }

    /** The configuration; first of all a restore is finished that was interrupted. */
    LintelConfig load() {
        LintelConfig config = ConfigLoader.load(home(), file(), System.getenv());
        return Restore.finish(config.store().database()) ? ConfigLoader.load(home(), file(), System.getenv()) : config;
    }
}
