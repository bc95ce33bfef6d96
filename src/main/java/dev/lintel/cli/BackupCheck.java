package dev.lintel.cli;

import dev.lintel.backup.BackupConfig;
import dev.lintel.backup.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether backups can be made, and whether something of before a restore still lies around. */
final class BackupCheck {
    private final BackupConfig config;
    private final Path database;

    BackupCheck(BackupConfig config, Path database) {
        this.config = config;
        this.database = database;
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(List.of(folder()));
        config.passphraseFile()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> all.add(Finding.fail(
                        "backup passphrase",
                        file + " is not there, or may not be read by this user: no backup is made")));
        if (config.at().isPresent()
                && config.passphraseFile().isEmpty()
                && !Files.exists(config.passphraseFile(database))) {
            all.add(Finding.fail(
                    "backup passphrase",
                    "none is set: give one on the page, under Settings, or name a file (backup.passphrase-file); no"
                            + " backup is made by itself"));
        }
        try {
            Restore.asides(database)
                    .forEach(aside -> all.add(Finding.warn(
                            "restore",
                            aside + " holds what was there before: 'lintel restore --confirm' destroys it")));
        } catch (IOException e) {
            all.add(Finding.warn("restore", "the folder of the database cannot be read by this user"));
        }
        return all;
    }

    private Finding folder() {
        Path folder = config.folder(database);
        if (config.folder().isPresent() && !Files.isDirectory(folder)) {
            return Finding.fail(
                    "backup folder",
                    folder + " is not there: make it, or mount the share that it is on; no backup is made");
        }
        String when = config.at().map(at -> ", one each day at " + at).orElse(", none is made by itself (backup.at)");
        return config.at().isPresent()
                ? Finding.ok("backup folder", folder + when)
                : Finding.warn("backup folder", folder + when + ": 'lintel backup' makes one");
    }
}
