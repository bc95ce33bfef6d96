package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Backups of everything: made, listed, given out, removed. Not to be mixed up with {@link BackupMessages}, which is about the people
 * alone. That one was made is noted in the log by whoever asks, see {@link EventMessages#NOTE}.
 */
public final class BoxBackupMessages {
    public static final Address<ListBackups, Backups> LIST = Address.box("backup.list");

    /** Refused while another one is made. */
    public static final Address<MakeBackup, NewBackup> MAKE = Address.box("backup.make");

    public static final Address<FindBackup, BackupPlace> FIND = Address.box("backup.find");

    public static final Address<RemoveBackup, KeptBackup> REMOVE = Address.box("backup.remove");

    /** Answers how it is then. Refused where the configuration names a file with the passphrase. */
    public static final Address<KeepPassphrase, Backups> KEEP_PASSPHRASE = Address.box("backup.passphrase");

    /** Which are there, and how is it done? */
    public record ListBackups(Deadline deadline) implements Message {}

    /**
     * @param folder where they are kept
     * @param at when one is made by itself, such as {@code 03:30}; empty for never
     * @param keep how many are kept
     * @param passphrase whether the box has a passphrase, so that nobody has to give one
     * @param sameDisk whether the folder is on the disk of the database
     * @param running whether one is being made now
     * @param fault why the last attempt failed; empty if it did not
     * @param faultAt when that was; null if it was not
     * @param leftOut keys of the configuration whose files are in no backup, because they lie elsewhere
     * @param kept the newest first
     */
    public record Backups(
            String folder,
            String at,
            int keep,
            boolean passphrase,
            boolean sameDisk,
            boolean running,
            String fault,
            Instant faultAt,
            List<String> leftOut,
            List<KeptBackup> kept)
            implements Serializable {
        public Backups {
            leftOut = List.copyOf(leftOut);
            kept = List.copyOf(kept);
        }
    }

    /**
     * @param name of the file
     * @param version of Lintel that made it
     * @param logKey fingerprint of the key of its log
     * @param own whether it is this box's, by that key
     */
    public record KeptBackup(
            String name, Instant at, long bytes, String version, String place, String logKey, boolean own)
            implements Serializable {}

    /**
     * Make one now, and check it.
     *
     * @param passphrase that opens it; empty for the one that the box has
     */
    public record MakeBackup(String passphrase, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }

        @Override
        public String toString() {
            return "MakeBackup[****]";
        }
    }

    /** Make backups under this passphrase from now on. */
    public record KeepPassphrase(String passphrase, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }

        @Override
        public String toString() {
            return "KeepPassphrase[****]";
        }
    }

    /**
     * It was made, opened again, and everything in it is whole.
     *
     * @param entries of the log and the attendance book
     * @param removed older ones that went
     */
    public record NewBackup(KeptBackup backup, int people, int templates, int accounts, long entries, int removed)
            implements Serializable {}

    /** Where is it? */
    public record FindBackup(String name, Deadline deadline) implements Message {}

    /** @param file path on this machine */
    public record BackupPlace(String file) implements Serializable {}

    /** Delete it. */
    public record RemoveBackup(String name, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }
    }

    private BoxBackupMessages() {}
}
