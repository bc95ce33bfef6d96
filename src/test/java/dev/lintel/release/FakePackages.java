package dev.lintel.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Answers like dpkg and apt of a machine with one package. Versions are compared as text. */
public final class FakePackages {
    /** Name, version and architecture of what is installed and of what each file holds; empty for none. */
    public String there;

    public String read;
    public String state = "installed";
    public boolean ready = true;
    public boolean whole = true;
    public final List<List<String>> asked = new ArrayList<>();
    public final List<Path> installed = new ArrayList<>();
    public final List<String> contents = new ArrayList<>();

    public FakePackages(String there, String read) {
        this.there = there;
        this.read = read;
    }

    public PackageManager manager() {
        return new PackageManager((command, shown) -> answer(command));
    }

    private PackageManager.Ended answer(List<String> command) {
        asked.add(command);
        return switch (command.get(0)) {
            case "dpkg-query" -> new PackageManager.Ended(1, there.isEmpty() ? "" : state + " " + there + "\n");
            case "dpkg-deb" ->
                command.get(1).equals("--contents")
                        ? new PackageManager.Ended(whole ? 0 : 2, "")
                        : read.isEmpty() ? new PackageManager.Ended(2, "") : fields(read.split(" "));
            case "dpkg" -> new PackageManager.Ended(command.get(2).compareTo(command.get(4)) < 0 ? 0 : 1, "");
            case "env" -> install(Path.of(command.get(command.size() - 1)));
            default -> throw new AssertionError("not expected: " + command);
        };
    }

    private static PackageManager.Ended fields(String[] words) {
        return new PackageManager.Ended(
                0, "Package: " + words[0] + "\nVersion: " + words[1] + "\nArchitecture: " + words[2] + "\n");
    }

    private PackageManager.Ended install(Path file) {
        installed.add(file);
        try {
            contents.add(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PackageManager.Ended(ready ? 0 : 100, "");
    }
}
