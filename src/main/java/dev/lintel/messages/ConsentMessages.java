package dev.lintel.messages;

import dev.lintel.access.Consent;
import dev.lintel.access.OnDeletion;
import dev.lintel.access.Receipt;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.messages.PeopleMessages.Deletion;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** Who agreed to be recognised, and whether a receipt for a deletion is genuine: answered by the store. */
public final class ConsentMessages {
    public static final Address<GetConsent, Consent> GET = Address.house("store.get-consent");

    public static final Address<ListConsents, Consents> LIST = Address.house("store.list-consents");

    public static final Address<GiveConsent, Consent> GIVE = Address.house("store.give-consent");

    public static final Address<WithdrawConsent, Withdrawn> WITHDRAW = Address.house("store.withdraw-consent");

    public static final Address<CheckReceipt, ReceiptCheck> CHECK_RECEIPT = Address.house("store.check-receipt");

    /** What is on record? Refused if nothing is. */
    public record GetConsent(Label label, Deadline deadline) implements Message {}

    /**
     * What is on record, in the order of the labels?
     *
     * @param endingBefore only those that end by themselves before; null: all
     * @param after the last label of the page before, exclusive; empty for the first page
     * @param limit most on the page, at least 1
     */
    public record ListConsents(Instant endingBefore, String after, int limit, Deadline deadline) implements Message {}

    /** @param more whether more follow after the last one here */
    public record Consents(List<Consent> consents, boolean more) implements Serializable {
        public Consents {
            consents = List.copyOf(consents);
        }
    }

    /** Put this on record, in place of what is there. Faces that a withdrawal set aside are compared again. */
    public record GiveConsent(Consent consent, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("consent-given", consent.person()).with("until", consent.until());
        }
    }

    /**
     * It was withdrawn. Refused if nothing is on record.
     *
     * @param how in words; may be empty
     * @param author who says so, by the name of the account or key
     * @param deletes whether the person is deleted; else the faces are kept and compared no more
     * @param attendance what becomes of the attendance of who is deleted; null: as configured
     */
    public record WithdrawConsent(
            Label label, String how, String author, boolean deletes, OnDeletion attendance, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("consent-withdrawn", label).with("deleted", deletes);
        }
    }

    /**
     * @param setAside how many faces are compared no more
     * @param consent what is on record now; null if it went with the person
     * @param deletion what was deleted; null if nothing was
     */
    public record Withdrawn(int setAside, Consent consent, Deletion deletion) implements Serializable {}

    /** Did this box make it, as it is? */
    public record CheckReceipt(Receipt receipt, Deadline deadline) implements Message {}

    /**
     * @param genuine whether the seal fits
     * @param ownKey whether the receipt names the key that this box has now
     */
    public record ReceiptCheck(boolean genuine, boolean ownKey) implements Serializable {}

    private ConsentMessages() {}
}
