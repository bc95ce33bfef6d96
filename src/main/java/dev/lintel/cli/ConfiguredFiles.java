package dev.lintel.cli;

import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.SourceAddress;
import dev.lintel.config.LintelConfig;
import dev.lintel.delivery.WebhookConfig;
import dev.lintel.door.lock.HttpLockConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a configuration names and that must be there before the box starts. */
final class ConfiguredFiles {
    private ConfiguredFiles() {}

    /** One sentence for each that is missing or cannot be read, the key before it. */
    static List<String> missing(LintelConfig config) {
        List<String> missing = new ArrayList<>();
        pack("vision.model", config.vision().model(), missing);
        pack("vision.landmarks", config.vision().landmarks(), missing);
        pack("embedding.model", config.embedding().model(), missing);
        config.embedding().former().ifPresent(pack -> pack("embedding.former", pack, missing));
        config.liveness().network().ifPresent(pack -> pack("liveness.model", pack, missing));
        for (int i = 0; i < config.cameras().size(); i++) {
            CameraConfig camera = config.cameras().get(i);
            if (camera.address().kind() == SourceAddress.Kind.PATH) {
                file("cameras[" + i + "].source", Optional.of(Path.of(camera.source())), missing);
            }
        }
        for (int i = 0; i < config.delivery().webhooks().size(); i++) {
            WebhookConfig hook = config.delivery().webhooks().get(i);
            file("delivery.webhooks[" + i + "].secret-file", hook.secretFile(), missing);
            file("delivery.webhooks[" + i + "].ca-file", hook.caFile(), missing);
        }
        for (int i = 0; i < config.doors().size(); i++) {
            if (config.doors().get(i).lock() instanceof HttpLockConfig lock) {
                file("doors[" + i + "].lock.ca-file", lock.caFile(), missing);
            }
        }
        file("delivery.frigate.ca-file", config.delivery().frigate().caFile(), missing);
        file("delivery.mqtt.ca-file", config.delivery().mqtt().caFile(), missing);
        file("delivery.mqtt.password-file", config.delivery().mqtt().passwordFile(), missing);
        file("backup.passphrase-file", config.backup().passphraseFile(), missing);
        return missing;
    }

    private static void pack(String key, Path folder, List<String> missing) {
        if (!Files.isDirectory(folder)) {
            missing.add(key + ": there is no folder " + folder + ": scripts/fetch-models brings the packs");
        } else if (!Files.isReadable(folder.resolve("manifest.yaml"))) {
            missing.add(key + ": " + folder + " is no model pack: it has no manifest.yaml that can be read");
        }
    }

    private static void file(String key, Optional<Path> file, List<String> missing) {
        file.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> missing.add(key + ": "
                        + (Files.exists(path) ? path + " may not be read by this user" : "there is no " + path)));
    }
}
