package dev.lintel.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a process holds at one moment, in megabytes and pieces.
 *
 * @param resident memory of the process in RAM
 * @param committedHeap what of it the JVM has taken for the Java heap; 0 for another process
 * @param usedHeap after a collection; 0 for another process
 */
record Footprint(long resident, long committedHeap, long usedHeap, long threads, long files) {

  /** Of this JVM, after a garbage collection. */
  static Footprint ofThisProcess() throws IOException {
    System.gc();
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    Footprint all = ofProcess("self");
    return new Footprint(all.resident, heap.getCommitted() >> 20, heap.getUsed() >> 20, all.threads, all.files);
  }

  static Footprint ofProcess(String pid) throws IOException {
    Path process = Path.of("/proc", pid);
    String status = Files.readString(process.resolve("status"));
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return new Footprint(field(status, "VmRSS") >> 10, 0, 0, field(status, "Threads"), files.count());
    }
  }

  /** Memory in RAM that is not Java heap: code, stacks, and everything native. */
  long outsideHeap() {
    return resident - committedHeap;
  }

  private static long field(String status, String name) {
    return status.lines().filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "resident %d MB, heap %d MB committed and %d MB used, %d threads, %d files",
        resident, committedHeap, usedHeap, threads, files);
  }
}
