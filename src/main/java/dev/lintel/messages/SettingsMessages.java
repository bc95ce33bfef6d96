package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import java.io.Serializable;

/** The configuration of this box, read and changed while it runs. That it was changed is noted in the log by whoever asks, see
 * {@link EventMessages#NOTE}: the store has no part in it. What is answered is JSON without secrets. */
public final class SettingsMessages {
    public static final Address<ReadSettings, Document> READ = Address.box("settings.read");

    public static final Address<ChangeSettings, Document> CHANGE = Address.box("settings.change");

    public static final Address<ListVersions, Document> VERSIONS = Address.box("settings.versions");

    public static final Address<GoBack, Document> GO_BACK = Address.box("settings.go-back");

    public static final Address<RestartBox, Boolean> RESTART = Address.box("settings.restart");

    /** How is the box configured? */
    public record ReadSettings(Deadline deadline) implements Message {}

    /**
     * What would these changes do; or do them.
     *
     * @param changes a JSON array of {@code {op, path, value}}
     * @param revision of the configuration that they are about; empty for whatever it is
     * @param save whether to do them, if nothing is wrong
     * @param by who asks
     */
    public record ChangeSettings(String changes, String revision, boolean save, String by, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }
    }

    /** Which versions of the configuration are there? */
    public record ListVersions(Deadline deadline) implements Message {}

    /**
     * What would going back to this version do; or go back.
     *
     * @param save whether to go
     * @param by who asks
     */
    public record GoBack(int version, boolean save, String by, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }
    }

    /** Stop and start again with the configuration as it is now. Answered before it begins. */
    public record RestartBox(String by, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }
    }

    /** An answer as JSON. */
    public record Document(String json) implements Serializable {}

    private SettingsMessages() {}
}
