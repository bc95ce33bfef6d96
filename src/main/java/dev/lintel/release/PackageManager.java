package dev.lintel.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Debian's package manager, asked with its own commands. Thread-safe as they are. */
public final class PackageManager {
    /** What this program can be installed as; no two at once. */
    private static final List<String> NAMES = List.of("lintel", "lintel-lite");

    private static final Set<String> AWAY = Set.of("not-installed", "config-files");

    private final Commands commands;

    /** A package as its file or the list of installed ones describes it. */
    public record Release(String name, String version, String architecture) {}

    /**
     * What is installed.
     *
     * @param finished false if the new version did not get ready and the program of the version before it was put back
     */
    public record Installed(Release release, boolean finished) {}

    /** How a command ended, and what it printed where that was kept. */
    record Ended(int code, String out) {}

    /** Runs a command to its end. */
    interface Commands {
        /** @param shown whether what it prints goes to the terminal instead of into the answer */
        Ended run(List<String> command, boolean shown);
    }

    PackageManager(Commands commands) {
        this.commands = commands;
    }

    /** The one of this machine. */
    public static PackageManager ofThisMachine() {
        return new PackageManager(PackageManager::process);
    }

    /** What is installed, also if its last installation was not finished. */
    public Optional<Installed> installed() {
        List<String> command = new ArrayList<>(List.of(
                "dpkg-query",
                "--show",
                "--showformat",
                "${db:Status-Status} ${Package} ${Version} ${Architecture}\\n"));
        command.addAll(NAMES);
        return commands.run(command, false)
                .out()
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 4 && !AWAY.contains(words[0]))
                .map(words -> new Installed(new Release(words[1], words[2], words[3]), words[0].equals("installed")))
                .findFirst();
    }

    /** @throws ReleaseException if the file is no Debian package, or not all of one */
    public Release read(Path file) {
        Ended ended = commands.run(
                List.of("dpkg-deb", "--field", file.toString(), "Package", "Version", "Architecture"), false);
        Map<String, String> fields = ended.out()
                .lines()
                .map(line -> line.split(": ", 2))
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (first, second) -> first));
        if (ended.code() != 0 || !fields.keySet().containsAll(Set.of("Package", "Version", "Architecture"))) {
            throw new ReleaseException(file.getFileName() + " is no Debian package");
        }
        if (commands.run(List.of("dpkg-deb", "--contents", file.toString()), false)
                        .code()
                != 0) {
            throw new ReleaseException(file.getFileName()
                    + " is not whole: it was cut short or damaged before it was signed. Ask whoever made"
                    + " it for a whole one");
        }
        return new Release(fields.get("Package"), fields.get("Version"), fields.get("Architecture"));
    }

    /** Whether one version comes before another, by Debian's rules. */
    public boolean older(String version, String other) {
        return commands.run(List.of("dpkg", "--compare-versions", version, "lt", other), false)
                        .code()
                == 0;
    }

    /**
     * Installs a package and what it needs. Its own scripts keep the former program and database, and put them back if the new version
     * does not get ready.
     *
     * @param file absolute, ending in .deb
     * @return whether the new version is installed and, where systemd runs, ready
     */
    public boolean install(Path file) {
        return commands.run(
                                List.of(
                                        "env",
                                        "DEBIAN_FRONTEND=noninteractive",
                                        "apt-get",
                                        "install",
                                        "-y",
                                        "-q",
                                        "--no-install-recommends",
                                        "--allow-downgrades",
                                        "-o",
                                        "APT::Sandbox::User=root",
                                        "-o",
                                        "Dpkg::Options::=--force-confdef",
                                        "-o",
                                        "Dpkg::Options::=--force-confold",
                                        file.toString()),
                                true)
                        .code()
                == 0;
    }

    private static Ended process(List<String> command, boolean shown) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectError(shown ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD);
        if (shown) {
            builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        }
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out);
        } catch (IOException e) {
            throw new ReleaseException(
                    "this machine has no " + command.get(0) + ": packages are installed on Debian and its kin");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while " + command.get(0) + " ran", e));
        }
    }
}
