package dev.lintel.camera;

import com.sun.management.OperatingSystemMXBean;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.CameraMeters;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.ShippedModels;
import dev.lintel.vision.FaceReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures what cameras cost: with nothing moving, and with somebody before them all the time. Arguments: seconds for each
 * row (20), and optionally a clip to use besides. Prints a Markdown table. CPU is of this process, as a share of one core;
 * decoding is part of it.
 */
public final class CameraBench {
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private CameraBench() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        Path folder = Files.createTempDirectory("camera-bench");
        Path still = Clips.record(folder.resolve("still.avi"), 100, (canvas, i) -> {});
        Path walk = Clips.walkUp(folder.resolve("walk.avi"), 100);
        System.out.printf(
                Locale.ROOT,
                "%d processors, load average %.1f before the run%n%n",
                MACHINE.getAvailableProcessors(),
                MACHINE.getSystemLoadAverage());
        System.out.println(
                "| scene | cameras | read/s each | searched/s each | with a face | search ms, mean | dropped | CPU, % of a core |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        try (FaceReader reader = ShippedModels.reader()) {
            measure("warming up", reader, walk, 1, 5, 30);
            measure("nothing moves, 640x480, 25 fps", reader, still, 1, seconds, 15);
            measure("nothing moves, 640x480, 25 fps", reader, still, 4, seconds, 15);
            measure("one person, 640x480, 25 fps", reader, walk, 1, seconds, 15);
            measure("one person, 640x480, 25 fps, all searched", reader, walk, 1, seconds, 60);
            measure("one person, 640x480, 25 fps", reader, walk, 4, seconds, 15);
            for (int i = 1; i < args.length; i++) {
                measure(Path.of(args[i]).getFileName().toString(), reader, Path.of(args[i]), 1, seconds, 15);
            }
        } finally {
            Files.delete(still);
            Files.delete(walk);
            Files.delete(folder);
        }
    }

    private static void measure(String scene, FaceReader reader, Path clip, int cameras, int seconds, int fps)
            throws Exception {
        ApplianceMetrics metrics = ApplianceMetrics.unpublished();
        LongAdder nanos = new LongAdder();
        LongAdder searched = new LongAdder();
        LongAdder faces = new LongAdder();
        FaceSearch search = (frame, size) -> {
            long start = System.nanoTime();
            try {
                return reader.look(frame, size);
            } finally {
                nanos.add(System.nanoTime() - start);
                searched.increment();
            }
        };
        List<CameraMeters> meters = new ArrayList<>();
        List<Feed> feeds = new ArrayList<>();
        for (int i = 0; i < cameras; i++) {
            CameraConfig camera = Configs.camera("camera" + i, clip.toString(), "fps: " + fps);
            meters.add(metrics.camera(camera.id()));
            feeds.add(new Feed(
                    camera,
                    search,
                    meters.get(i),
                    seen -> faces.add(seen.faces().isEmpty() ? 0 : 1),
                    event -> {}));
        }
        feeds.forEach(Feed::start);
        TimeUnit.SECONDS.sleep(8); // until the hold time after the first frames is over
        long read = meters.stream().mapToLong(CameraMeters::frames).sum();
        long dropped = meters.stream().mapToLong(CameraMeters::droppedFrames).sum();
        long before = searched.sum();
        long nanosBefore = nanos.sum();
        long facesBefore = faces.sum();
        long cpu = MACHINE.getProcessCpuTime();
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double time = (System.nanoTime() - start) / 1e9;
        double busy = (MACHINE.getProcessCpuTime() - cpu) / 1e9 / time;
        long looks = searched.sum() - before;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.0f %% | %.1f | %d | %.1f |%n",
                scene,
                cameras,
                (meters.stream().mapToLong(CameraMeters::frames).sum() - read) / time / cameras,
                looks / time / cameras,
                100.0 * (faces.sum() - facesBefore) / Math.max(1, looks),
                (nanos.sum() - nanosBefore) / 1e6 / Math.max(1, looks),
                meters.stream().mapToLong(CameraMeters::droppedFrames).sum() - dropped,
                100 * busy);
        feeds.forEach(Feed::close);
    }
}
