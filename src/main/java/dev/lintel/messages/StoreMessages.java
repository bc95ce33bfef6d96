package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Message;
import dev.lintel.face.Deadline;
import java.io.Serializable;

/** How the store is. */
public final class StoreMessages {
    public static final Address<StoreStatus, StoreHealth> STATUS = Address.house("store.status");

    /** How is the store? */
    public record StoreStatus(Deadline deadline) implements Message {}

    /**
     * @param writable whether a write was possible just now
     * @param people enrolled people
     * @param templates stored templates of any model
     * @param comparable stored templates of the model in use, with those that are set aside; the others are kept but never compared
     * @param renewable of the others, those that the model in use can make anew of their pictures
     * @param damaged of the others, those that cannot be read, or whose person's name cannot
     * @param databaseBytes size of the database file
     * @param freeBytes free space of its disk
     */
    public record StoreHealth(
            boolean writable,
            int people,
            int templates,
            int comparable,
            int renewable,
            int damaged,
            long databaseBytes,
            long freeBytes)
            implements Serializable {}

    private StoreMessages() {}
}
