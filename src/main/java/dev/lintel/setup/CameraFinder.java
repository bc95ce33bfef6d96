package dev.lintel.setup;

import dev.lintel.messages.SetupMessages.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The cameras at this machine and in its network. Reads devices, starts a program and waits for the network. */
final class CameraFinder {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Pattern RPICAM = Pattern.compile("(?m)^(\\d+) : (\\S+)");

    private final Path devices;
    private final Path classes;
    private final List<String> rpicam;
    private final WsDiscovery network;

    CameraFinder() {
        this(
                Path.of("/dev"),
                Path.of("/sys/class/video4linux"),
                List.of("rpicam-hello", "--list-cameras"),
                new WsDiscovery());
    }

    /**
     * @param devices {@code /dev}
     * @param classes where the kernel tells about video devices
     * @param rpicam the command that lists a Raspberry Pi's own cameras
     */
    CameraFinder(Path devices, Path classes, List<String> rpicam, WsDiscovery network) {
        this.devices = devices;
        this.classes = classes;
        this.rpicam = rpicam;
        this.network = network;
    }

    List<Found> all() throws IOException {
        List<Found> all = new ArrayList<>();
        all.addAll(plugged());
        all.addAll(ofRaspberry());
        network.search(PATIENCE)
                .forEach(device -> all.add(new Found("onvif", device.service().toString(), device.name())));
        return all;
    }

    /** Each by its lasting name, where it has one; a camera's further devices give no pictures and are left out. */
    private List<Found> plugged() throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path device : list(devices)) {
            String name = device.getFileName().toString();
            if (name.matches("video\\d+")
                    && text(name, "index").map(index -> index.equals("0")).orElse(true)
                    && !text(name, "name")
                            .orElse("")
                            .matches("(?i).*(bcm2835|rpi-?hevc|pispbe|rp1-cfe|unicam|codec|isp).*")) {
                found.add(
                        new Found("device", lasting(device), text(name, "name").orElse("")));
            }
        }
        return found;
    }

    private String lasting(Path device) throws IOException {
        for (Path link : list(devices.resolve("v4l/by-id"))) {
            if (Files.exists(link) && link.toRealPath().equals(device.toRealPath())) {
                return link.toString();
            }
        }
        return device.toString();
    }

    private Optional<String> text(String device, String file) throws IOException {
        Path path = classes.resolve(device).resolve(file);
        return Files.isReadable(path) ? Optional.of(Files.readString(path).strip()) : Optional.empty();
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private List<Found> ofRaspberry() {
        List<Found> found = new ArrayList<>();
        try {
            Process process =
                    new ProcessBuilder(rpicam).redirectErrorStream(true).start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
                return found;
            }
            String text = new String(process.getInputStream().readNBytes(64 * 1024), StandardCharsets.UTF_8);
            Matcher camera = RPICAM.matcher(text);
            while (camera.find()) {
                found.add(new Found("rpicam", "rpicam://" + camera.group(1), camera.group(2)));
            }
        } catch (IOException e) {
            return found; // this machine has no such program, and so no such camera
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }
}
