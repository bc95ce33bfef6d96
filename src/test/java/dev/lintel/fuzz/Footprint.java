package dev.lintel.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds after a garbage collection, in megabytes and pieces.
 *
 * @param resident memory of the process in RAM
 * @param residentHeap what of it is Java heap
 * @param usedHeap live objects
 */
record Footprint(long resident, long residentHeap, long usedHeap, long threads, long files) {
    /** G1 has one heap, the serial collector two generations with their committed end between begin and end. */
    private static final Pattern HEAP = Pattern.compile(
            "(?:heap|generation)\\s+total \\d+K, used (\\d+)K \\[0x([0-9a-f]+), (?:0x[0-9a-f]+, )?0x([0-9a-f]+)\\)");

    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ .*");

    /** @param pid of a JVM of this user, with G1 or the serial collector */
    static Footprint of(long pid) throws IOException {
        jcmd(pid, "GC.run");
        Path process = Path.of("/proc", String.valueOf(pid));
        long used = 0;
        long residentHeap = 0;
        Matcher heap = HEAP.matcher(jcmd(pid, "GC.heap_info"));
        while (heap.find()) {
            used += Long.parseLong(heap.group(1));
            residentHeap += resident(
                    process, Long.parseUnsignedLong(heap.group(2), 16), Long.parseUnsignedLong(heap.group(3), 16));
        }
        if (used == 0) {
            throw new IOException("cannot read the heap of process " + pid);
        }
        String status = Files.readString(process.resolve("status"));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new Footprint(
                    kilobytes(status, "VmRSS") >> 10,
                    residentHeap >> 10,
                    used >> 10,
                    kilobytes(status, "Threads"),
                    files.count());
        }
    }

    /** Memory in RAM that is not Java heap: code, stacks, and everything native. */
    long outsideHeap() {
        return resident - residentHeap;
    }

    /** Kilobytes in RAM of the mappings that begin in this range. */
    private static long resident(Path process, long from, long to) throws IOException {
        long sum = 0;
        boolean inside = false;
        for (String line : Files.readAllLines(process.resolve("smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                inside = start >= from && start < to;
            } else if (inside && line.startsWith("Rss:")) {
                sum += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return sum;
    }

    private static long kilobytes(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String jcmd(long pid, String command) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(tool.toString(), String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "resident %d MB: heap %d (%d live), other %d; %d threads, %d files",
                resident,
                residentHeap,
                usedHeap,
                outsideHeap(),
                threads,
                files);
    }
}
