package dev.lintel.cli;

import dev.lintel.Appliance;
import dev.lintel.ApplianceException;
import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.CameraProbe;
import dev.lintel.camera.SourceAddress;
import dev.lintel.clock.ClockWatch;
import dev.lintel.config.LintelConfig;
import dev.lintel.door.lock.Chips;
import dev.lintel.door.lock.DiozeroChips;
import dev.lintel.inference.Engine;
import dev.lintel.inference.ModelException;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.models.ModelSet;
import dev.lintel.store.StoreKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether this installation can serve: models, natives, database, address. */
final class InstallationCheck {
    private final LintelConfig config;
    private final boolean running;

    InstallationCheck(LintelConfig config) {
        this.config = config;
        this.running = new Client(address(), null).answers();
    }

    /** @param before what was found out about the machine; the appliance that runs may know worse */
    List<Finding> findings(List<Finding> before) {
        List<Finding> own = new ArrayList<>(before);
        List<Finding> said = running ? readiness(address()) : List.of();
        own.addAll(installation(said));
        return Finding.together(own, said);
    }

    private List<Finding> installation(List<Finding> said) {
        List<Finding> all = new ArrayList<>(List.of(port()));
        ModelSet models = new ModelSet(config.inference(), config.vision(), config.liveness(), config.embedding());
        models.tasks().forEach(task -> all.add(model(models, task, said)));
        all.add(EmbedderChoice.finding(config.embedding().model()));
        boolean sound = all.stream().noneMatch(finding -> finding.state() == Finding.State.FAIL);
        all.addAll(!running && sound ? trial(models) : List.of());
        all.addAll(keys());
        all.add(ffmpeg());
        config.cameras().forEach(camera -> all.add(camera(camera)));
        try (ClockWatch clock = new ClockWatch(config.clock())) {
            all.add(clock.believed() ? Finding.ok("clock", clock.text()) : Finding.warn("clock", clock.text()));
        }
        try (Chips chips = new DiozeroChips()) {
            all.addAll(new DoorCheck(config.doors(), config.delivery().mqtt(), chips, running).findings());
        }
        return all;
    }

    private URI address() {
        return BoxAddress.of(config.gateway());
    }

    private Finding port() {
        if (running) {
            return Finding.ok("address", "an appliance runs at " + address());
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(
                    InetAddress.getByName(config.gateway().host()),
                    config.gateway().port()));
            return Finding.ok("address", address() + " is free");
        } catch (IOException e) {
            return Finding.fail(
                    "address",
                    config.gateway().host() + ":" + config.gateway().port() + ": " + e.getMessage()
                            + "; stop the other program, or choose another gateway.port");
        }
    }

    private static Finding model(ModelSet models, Task task, List<Finding> said) {
        String subject = ModelSet.name(task);
        try {
            ModelManifest pack = models.manifest(task);
            String name = pack.id() + " " + pack.version();
            Optional<Finding> loaded =
                    said.stream().filter(one -> one.subject().equals(subject)).findFirst();
            if (loaded.isPresent() && !loaded.get().detail().startsWith(name + " ")) {
                return Finding.warn(
                        subject,
                        name + " is configured, but the appliance that runs has "
                                + loaded.get().detail() + ": restart it");
            }
            return Finding.ok(subject, name + ", checksum as promised" + (loaded.isPresent() ? ", loaded" : ""));
        } catch (ModelException e) {
            return Finding.fail(subject, e.getMessage());
        }
    }

    private String engine() {
        return config.inference().engine() == Engine.LITE ? "TensorFlow Lite" : "TensorFlow";
    }

    /** Nothing of a key but what tells it from others. */
    private List<Finding> keys() {
        if (!Files.exists(config.store().database())) {
            return List.of();
        }
        Finding data = StoreKeys.dataKey(config.store())
                .map(key -> Finding.ok("data key", "from a " + key + "; nothing opens without it: keep a backup"))
                .orElse(Finding.warn("data key", "the database cannot be read by this user, or is not sealed yet"));
        return List.of(
                data,
                StoreKeys.logFingerprint(config.store())
                        .map(mark -> Finding.ok(
                                "log key",
                                "fingerprint " + mark + "; every backup holds the key, and says its fingerprint"))
                        .orElse(
                                Finding.warn(
                                        "log key",
                                        "cannot be read by this user, or is missing: look as the user of the service (sudo), the start says what to do")));
    }

    /** Whether or not there is a camera yet: it is found out here, and not when the first one is connected. */
    private Finding ffmpeg() {
        Optional<String> fault = CameraProbe.ffmpegFault();
        if (fault.isPresent()) {
            return Finding.fail("ffmpeg", "no camera but folders works: " + fault.get());
        }
        boolean device =
                config.cameras().stream().anyMatch(camera -> camera.address().kind() == SourceAddress.Kind.DEVICE);
        return CameraProbe.deviceFault()
                .map(lacking -> "network cameras work, cameras at this machine do not: " + lacking)
                .map(lacking -> device ? Finding.fail("ffmpeg", lacking) : Finding.warn("ffmpeg", lacking))
                .orElse(Finding.ok("ffmpeg", "FFmpeg works, for network cameras and for /dev/video*"));
    }

    /** Most devices give their frames to one program at a time. */
    private Finding camera(CameraConfig camera) {
        String subject = "camera " + camera.id();
        if (running && camera.address().local()) {
            return Finding.ok(
                    subject, camera.address() + " is left to the appliance that runs: GET /cameras says how it is");
        }
        CameraProbe probe = CameraProbe.of(camera);
        if (probe.waits()) {
            return Finding.warn(subject, probe.detail());
        }
        return probe.answers() ? Finding.ok(subject, probe.detail()) : Finding.fail(subject, probe.detail());
    }

    /** What an appliance says of itself. */
    private static List<Finding> readiness(URI appliance) {
        List<Finding> all = new ArrayList<>();
        new Client(appliance, null)
                .get("/ready", Map.of())
                .body()
                .path("components")
                .forEach(part -> {
                    String subject = part.path("name").asText();
                    String detail = part.path("detail").asText();
                    boolean stale = detail.contains("must be enrolled again")
                            || part.path("trouble").isTextual();
                    all.add(
                            !part.path("ready").asBoolean()
                                    ? Finding.fail(subject, detail)
                                    : stale ? Finding.warn(subject, detail) : Finding.ok(subject, detail));
                });
        return all;
    }

    /** Starts everything for a moment; a database that is not there yet is not made. */
    private List<Finding> trial(ModelSet models) {
        try {
            boolean fresh = !Files.exists(config.store().database());
            Path scratch = fresh ? Files.createTempDirectory("lintel-doctor") : null;
            LintelConfig tried = fresh
                    ? config.withStore(new dev.lintel.store.StoreConfig(scratch.resolve("trial.db"), 0L))
                    : config;
            try {
                long start = System.nanoTime();
                List<Finding> all = new ArrayList<>();
                try (Appliance appliance = Appliance.start(BoxAddress.privately(tried), models)) {
                    readiness(appliance.url()).stream()
                            .filter(f -> f.subject().equals("gallery"))
                            .forEach(all::add);
                }
                all.add(
                        0,
                        Finding.ok(
                                "natives",
                                engine() + " and OpenCV work; start and stop took "
                                        + (System.nanoTime() - start) / 1_000_000 + " ms"));
                all.add(
                        1,
                        Finding.ok(
                                "database",
                                fresh
                                        ? config.store().database() + " will be made"
                                        : config.store().database() + " passes its integrity check"));
                return all;
            } finally {
                Folders.delete(scratch);
            }
        } catch (ApplianceException e) {
            return List.of(Finding.fail("start", e.getMessage()));
        } catch (IOException e) {
            return List.of(Finding.fail("start", "no temporary folder: " + e.getMessage()));
        }
    }
}
