package dev.lintel.backup;

import dev.lintel.settings.Checks;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Where backups go, and whether the box makes one each day by itself.
 *
 * @param folder must be there, unless it is empty: then it is {@code backups} beside the database
 * @param mounted whether the folder is on another machine or disk: then nothing is written while that is not there
 * @param at time of the day, such as {@code 03:30}; empty: only when somebody asks for one
 * @param keep how many of this box are kept in the folder, the oldest go, 1..1000
 * @param passphraseFile a file that holds nothing but the passphrase; without it the one that was given on the page is taken, which is
 *     kept beside the database
 */
public record BackupConfig(
        Optional<Path> folder, boolean mounted, Optional<String> at, int keep, Optional<Path> passphraseFile) {
    public BackupConfig {
        new Checks()
                .that(
                        at.isEmpty() || time(at.get()).isPresent(),
                        "at: must be a time such as \"03:30\", in quotes, was " + at.orElse(""))
                .that(!mounted || folder.isPresent(), "folder: is missing: 'mounted' is about that folder")
                .range("keep", keep, 1, 1000)
                .done();
    }

    /** When; empty if nothing is made by itself. */
    public Optional<LocalTime> time() {
        return at.flatMap(BackupConfig::time);
    }

    /** Where. @param database of the box */
    public Path folder(Path database) {
        return folder.orElseGet(() -> database.toAbsolutePath().resolveSibling("backups"));
    }

    /** The file with the passphrase that nobody types; need not be there. @param database of the box */
    public Path passphraseFile(Path database) {
        return passphraseFile.orElseGet(
                () -> database.toAbsolutePath().resolveSibling(database.getFileName() + ".backup-passphrase"));
    }

    /** The same for a box that makes none by itself. */
    public BackupConfig onlyWhenAsked() {
        return new BackupConfig(folder, mounted, Optional.empty(), keep, passphraseFile);
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text.length() == 4 ? "0" + text : text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
