package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.label;
import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import dev.lintel.face.Deadline;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.EventPage;
import dev.lintel.messages.EventMessages.FollowEvents;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.EventMessages.NoteAct;
import dev.lintel.messages.EventMessages.RecordEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The event log: kept once, announced once, read from either end. */
public interface LogContract extends StoreContract {
    EventFilter ALL = new EventFilter(null, null, null, null, null, null, null);

    private Recorded record(DoorEvent event) {
        return done(EventMessages.RECORD, new RecordEvent(event, patient()));
    }

    private EventPage page(EventFilter filter, long before, int limit) {
        return done(EventMessages.LIST, new ListEvents(filter, before, limit, patient()));
    }

    private List<Recorded> after(long sequence, int limit) {
        return done(EventMessages.FOLLOW, new FollowEvents(sequence, limit, patient()))
                .events();
    }

    static DoorEvent opened(String door) {
        return new DoorEvent(
                UUID.randomUUID(),
                DoorEvent.Kind.DOOR_OPENED,
                Instant.parse("2026-11-24T07:00:00Z"),
                null,
                null,
                door,
                Direction.BOTH,
                null,
                null,
                List.of(new Reason("opened")));
    }

    @Test
    default void shouldKeepAnEventOnce() {
        DoorEvent event = opened("main");

        Recorded first = record(event);
        Recorded again = record(event);

        assertThat(first.fresh()).isTrue();
        assertThat(again.fresh()).isFalse();
        assertThat(again.sequence()).isEqualTo(first.sequence());
        assertThat(again.event()).isEqualTo(event);
        assertThat(page(ALL, Long.MAX_VALUE, 9).events()).hasSize(1);
    }

    @Test
    default void shouldAnnounceWhatIsNew() throws InterruptedException {
        BlockingQueue<Recorded> heard = new LinkedBlockingQueue<>();
        Runnable stop = bus().listen(EventMessages.RECORDED, heard::add);
        DoorEvent first = opened("main");
        DoorEvent second = opened("main");

        record(first);
        record(first);
        record(second);

        assertThat(heard.poll(10, TimeUnit.SECONDS).event()).isEqualTo(first);
        assertThat(heard.poll(10, TimeUnit.SECONDS).event()).isEqualTo(second);
        stop.run();
    }

    @Test
    default void shouldReadFromEitherEnd() {
        long first = record(opened("main")).sequence();
        long second = record(opened("back")).sequence();
        long third = record(opened("main")).sequence();

        EventPage newest = page(ALL, Long.MAX_VALUE, 2);
        assertThat(newest.events()).extracting(Recorded::sequence).containsExactly(third, second);
        assertThat(newest.more()).isTrue();
        EventPage rest = page(ALL, second, 2);
        assertThat(rest.events()).extracting(Recorded::sequence).containsExactly(first);
        assertThat(rest.more()).isFalse();
        assertThat(after(first, 9)).extracting(Recorded::sequence).containsExactly(second, third);
        assertThat(after(first, 1)).extracting(Recorded::sequence).containsExactly(second);
        assertThat(page(new EventFilter("back", null, null, null, null, null, null), Long.MAX_VALUE, 9)
                        .events())
                .extracting(Recorded::sequence)
                .containsExactly(second);
    }

    @Test
    default void shouldRefuseEmptyPagesAndPeopleWhoAreNotEnrolled() {
        assertRefused(Code.INVALID_REQUEST, EventMessages.LIST, new ListEvents(ALL, Long.MAX_VALUE, 0, patient()));
        assertRefused(Code.INVALID_REQUEST, EventMessages.FOLLOW, new FollowEvents(0, 0, patient()));
        assertRefused(
                Code.UNKNOWN_PERSON,
                EventMessages.LIST,
                new ListEvents(
                        new EventFilter(null, null, null, null, label("Zoe"), null, null),
                        Long.MAX_VALUE,
                        9,
                        patient()));
    }

    /** An act is found only by who asks for acts, and only what somebody asked for is one. */
    @Test
    default void shouldKeepActsBesideWhatHappenedAtTheDoor() {
        record(opened("main"));
        Deadline annas = Deadline.after(Duration.ofMinutes(1), new Asker("anna", "admin", "10.0.0.7"));
        Act act = Act.of("door-unlocked").with("door", "main");
        done(EventMessages.NOTE, new NoteAct(act, annas));
        done(EventMessages.NOTE, new NoteAct(act, patient()));

        EventFilter acts = new EventFilter(null, null, DoorEvent.Kind.ACT, null, null, null, null);
        List<Recorded> found = page(acts, Long.MAX_VALUE, 9).events();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).event().detail())
                .isEqualTo("unlocked a door; by anna (admin) from 10.0.0.7; door main");
        assertThat(found.get(0).event().door()).isEqualTo("main");
        assertThat(page(ALL, Long.MAX_VALUE, 9).events()).hasSize(1).doesNotContainAnyElementsOf(found);
        assertThat(after(0, 9)).hasSize(1).doesNotContainAnyElementsOf(found);
    }
}
