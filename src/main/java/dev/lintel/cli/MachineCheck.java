package dev.lintel.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether this machine can run Lintel. Looks below {@code root}, so that tests can show it other machines. */
final class MachineCheck {
    private static final long MEBI = 1 << 20;
    private static final long LEAST_MEMORY_MIB = 900;
    private static final int LEAST_GLIBC = 35;
    private static final int LEAST_GLIBCXX = 30;
    private static final long LITTLE_DISK_MIB = 1024;

    private final Path root;

    MachineCheck(Path root) {
        this.root = root;
    }

    List<Finding> findings(Path data) {
        List<Finding> all = new ArrayList<>(List.of(java(), libraries(), processor(), memory()));
        all.add(disk(data));
        all.add(cameras());
        return all;
    }

    static Finding java() {
        int feature = Runtime.version().feature();
        boolean wide = "64".equals(System.getProperty("sun.arch.data.model", "64"));
        return feature >= 17 && wide
                ? Finding.ok("java", System.getProperty("java.vm.name") + " " + Runtime.version())
                : Finding.fail(
                        "java", "Java " + feature + ": install a 64-bit Java 17 or newer (openjdk-17-jre-headless)");
    }

    /** The C and C++ libraries of the system, which the natives were built against. */
    Finding libraries() {
        OptionalInt c = newest("libc.so.6", Pattern.compile("GNU C Library [^\n]*version 2\\.(\\d+)"));
        OptionalInt cpp = newest("libstdc++.so.6", Pattern.compile("GLIBCXX_3\\.4\\.(\\d+)"));
        String known = "glibc " + (c.isEmpty() ? "not found" : "2." + c.getAsInt()) + ", libstdc++ "
                + (cpp.isEmpty() ? "not found" : "with GLIBCXX_3.4." + cpp.getAsInt());
        boolean old = c.isPresent() && c.getAsInt() < LEAST_GLIBC || cpp.isPresent() && cpp.getAsInt() < LEAST_GLIBCXX;
        if (old) {
            return Finding.fail(
                    "libraries",
                    known + ": Lintel's native libraries need glibc 2." + LEAST_GLIBC + " and GLIBCXX_3.4."
                            + LEAST_GLIBCXX + ". Upgrade the system, to Debian 12, Ubuntu 22.04 or JetPack 6");
        }
        return c.isEmpty() || cpp.isEmpty()
                ? Finding.warn(
                        "libraries", known + ": Lintel needs glibc 2." + LEAST_GLIBC + " and libstdc++ of GCC 12")
                : Finding.ok("libraries", known);
    }

    /** The highest number that the pattern finds in a library of the system. */
    private OptionalInt newest(String library, Pattern number) {
        for (String folder : List.of(
                "lib/x86_64-linux-gnu",
                "usr/lib/x86_64-linux-gnu",
                "lib/aarch64-linux-gnu",
                "usr/lib/aarch64-linux-gnu",
                "lib64",
                "usr/lib64",
                "usr/lib")) {
            Path file = root.resolve(folder).resolve(library);
            if (Files.isReadable(file)) {
                try {
                    return number.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .results()
                            .mapToInt(found -> Integer.parseInt(found.group(1)))
                            .max();
                } catch (IOException e) {
                    return OptionalInt.empty();
                }
            }
        }
        return OptionalInt.empty();
    }

    Finding processor() {
        String text = read("proc/cpuinfo");
        String architecture = System.getProperty("os.arch");
        int cores = Runtime.getRuntime().availableProcessors();
        String known = architecture + ", " + cores + (cores == 1 ? " core" : " cores");
        if (architecture.equals("amd64")) {
            if (!flag(text, "avx")) {
                return Finding.fail(
                        "processor", known + ", without AVX: TensorFlow's library needs a processor with AVX");
            }
            return flag(text, "avx2") && flag(text, "fma")
                    ? Finding.ok("processor", known + (flag(text, "avx512f") ? ", AVX-512" : ", AVX2"))
                    : Finding.warn("processor", known + ", without AVX2 and FMA: recognition is slow on it");
        }
        return architecture.equals("aarch64")
                ? Finding.ok("processor", known)
                : Finding.fail("processor", known + ": Lintel ships natives for 64-bit x86 and ARM only");
    }

    Finding memory() {
        long total = meminfo("MemTotal:");
        long free = meminfo("MemAvailable:");
        String known = total + " MiB, of which " + free + " MiB are available; Java may use "
                + Runtime.getRuntime().maxMemory() / MEBI + " MiB of it for its heap";
        if (total < LEAST_MEMORY_MIB) {
            return Finding.fail("memory", known + ": Lintel needs a machine with 1 GB");
        }
        return free < 300 ? Finding.warn("memory", known + ": stop other programs") : Finding.ok("memory", known);
    }

    static Finding disk(Path data) {
        Path there = data;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        long free = there.toFile().getUsableSpace() / MEBI;
        if (!Files.isWritable(there)) {
            return Finding.fail(
                    "disk", there + " cannot be written by this user: change its owner, or run as another user");
        }
        return free < LITTLE_DISK_MIB
                ? Finding.warn(
                        "disk", free + " MiB free at " + there + ": free some space before enrolments are refused")
                : Finding.ok("disk", free + " MiB free at " + there);
    }

    Finding cameras() {
        Path devices = root.resolve("dev");
        List<String> found;
        try (Stream<Path> all = Files.list(devices)) {
            found = all.map(device -> device.getFileName().toString())
                    .filter(name -> name.matches("video\\d+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            found = List.of();
        }
        if (found.isEmpty()) {
            return Finding.ok("cameras", "none at /dev/video*; network cameras and photos by HTTP need none");
        }
        List<String> closed = found.stream()
                .filter(name -> !Files.isReadable(devices.resolve(name)))
                .toList();
        return closed.isEmpty()
                ? Finding.ok(
                        "cameras",
                        found.stream().map(this::named).collect(Collectors.joining(", "))
                                + (found.stream().anyMatch(this::raspberry)
                                        ? "; the source of a Raspberry Pi's own camera is rpicam://0"
                                        : ""))
                : Finding.warn(
                        "cameras",
                        "/dev/" + String.join(", /dev/", closed)
                                + " cannot be opened by this user: add the user to the group video");
    }

    /** With the name that the driver gives it. */
    private String named(String device) {
        String name = driverName(device);
        return "/dev/" + device + (name.isEmpty() ? "" : " (" + name + ")");
    }

    /** Whether it gives a sensor's raw data: up to a Raspberry Pi 4, and on a Pi 5. */
    private boolean raspberry(String device) {
        return driverName(device).matches("(unicam|rp1-cfe).*");
    }

    private String driverName(String device) {
        return read("sys/class/video4linux/" + device + "/name").strip();
    }

    private long meminfo(String key) {
        return read("proc/meminfo")
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static boolean flag(String cpuinfo, String flag) {
        return cpuinfo.lines().anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" " + flag + " "));
    }

    private String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }
}
