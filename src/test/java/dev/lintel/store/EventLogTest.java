package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.access.VisitRef;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.EventMessages.RecordEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest extends StoreTestBase {
    private final List<Recorded> announced = new ArrayList<>();

    private Future<dev.lintel.face.Outcome<Recorded>> recording(DoorEvent event) {
        return store.events().record(new RecordEvent(event, patient()), announced::add);
    }

    private Recorded record(DoorEvent event) {
        return done(recording(event));
    }

    @Test
    void shouldGiveBackWhatWasStoredWithoutVectorsAndOtherNames() {
        enrolled("Anna", face(1));
        DoorEvent granted = Events.granted("Anna", Events.MORNING);
        DoorEvent denied = Events.denied(Events.MORNING);
        DoorEvent opened = Events.opened(granted);

        assertThat(record(granted)).isEqualTo(new Recorded(1, true, granted));
        record(denied);
        record(opened);

        assertThat(record(granted).event())
                .usingRecursiveComparison()
                .ignoringFields("decision.sighting.embedding")
                .isEqualTo(granted);
        assertThat(record(granted).event().decision().sighting().embedding()).isNull();
        assertThat(record(denied).event())
                .usingRecursiveComparison()
                .ignoringFields("decision.sighting.nearest")
                .isEqualTo(denied);
        assertThat(record(denied).event().decision().sighting().nearest()).isNull();
        assertThat(record(opened).event()).isEqualTo(opened);
    }

    /** As a row was before documents had a version. */
    @Test
    void shouldReadARowOfTheOldForm() {
        enrolled("Anna", face(1));
        UUID id = new UUID(1, 2);
        sql("""
                INSERT INTO event (sequence, id, kind, at, camera, door, direction, verdict, rule, detail, facts, person_id,
                  person_seal, digest, chain)
                VALUES (1, '%s', 'DECISION', %d, 'front', 'main', 'IN', 'GRANTED', 'schedule',
                  sealed('within its hours', 'event.detail', 1), sealed('%s', 'event.facts', 1),
                  (SELECT id FROM person WHERE label_key = keyed('label', 'Anna')), x'00', x'00', x'00')
                """.formatted(id, Events.MORNING.toEpochMilli(), """
                {"sighting":{"id":"%s","first_seen":"2026-11-25T07:59:58Z","usable":null,"decided":"2026-11-25T07:59:59Z",\
                "frames":9,"embedded":3,"identity":"KNOWN","similarity":0.8,"distance":0.31,"threshold":0.55,"margin":null,\
                "model":"m","liveness":{"state":"NOT_PROVEN","score":0.4,"reasons":["too short"]}}}""".formatted(id)));

        EventFilter all = new EventFilter(null, null, null, null, null, null, null);
        DoorEvent old = done(store.events().list(new ListEvents(all, Long.MAX_VALUE, 10, patient())))
                .events()
                .get(0)
                .event();

        assertThat(old.visit()).isEqualTo(new VisitRef(id, Instant.parse("2026-11-25T07:59:59Z")));
        assertThat(old.decision().rule()).isEqualTo("schedule");
        assertThat(old.decision().explanation()).isEqualTo("within its hours");
        assertThat(old.whom()).contains(label("Anna"));
        assertThat(old.decision().sighting().identity()).isEqualTo(Sighting.Identity.KNOWN);
        assertThat(old.decision().sighting().nearest().similarity()).isEqualTo(0.8);
        assertThat(old.decision().sighting().margin()).isNaN();
        assertThat(old.decision().sighting().liveness())
                .isEqualTo(new LiveProof(LiveProof.State.NOT_PROVEN, 0.4, List.of(new Reason("too short"))));
    }

    @Test
    void shouldStoreAnIdOnceAlsoAfterReopening() {
        enrolled("Anna", face(1));
        DoorEvent event = Events.granted("Anna", Events.MORNING);

        assertThat(record(event).fresh()).isTrue();
        assertThat(record(event))
                .extracting(Recorded::sequence, Recorded::fresh)
                .containsExactly(1L, false);
        reopen();
        assertThat(record(event))
                .extracting(Recorded::sequence, Recorded::fresh)
                .containsExactly(1L, false);

        assertThat(rows("event")).isEqualTo(1);
        assertThat(rows("attendance")).isEqualTo(1);
        assertThat(announced).hasSize(1);
    }

    @Test
    void shouldAnnounceInTheOrderOfTheSequence() {
        enrolled("Anna", face(1));
        List<Future<?>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(recording(Events.granted("Anna", Events.MORNING.plusSeconds(i))));
            if (i % 20 == 0) {
                asked.add(enrol("Person " + i, true, face(i + 2)));
            }
        }
        await(Future.all(asked));

        assertThat(announced)
                .extracting(Recorded::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void shouldNotNameWhoIsNotEnrolled() {
        DoorEvent event = Events.granted("Nobody Enrolled", Events.MORNING);

        record(event);

        assertThat(record(event).event().person()).isNull();
        assertThat(rows("attendance")).isZero();
    }

    @Test
    void shouldRefuseToChangeOrRemoveWhatIsInTheLog() {
        enrolled("Anna", face(1));
        record(Events.granted("Anna", Events.MORNING));

        for (String sql : List.of(
                "UPDATE event SET at = at + 1",
                "UPDATE event SET sequence = 7",
                "UPDATE event SET verdict = 'DENIED'",
                "DELETE FROM event",
                "UPDATE attendance SET at = at + 1",
                "UPDATE attendance SET reason = x'00'",
                "DELETE FROM attendance")) {
            assertThatThrownBy(() -> sql(sql)).as(sql).hasMessageContaining("append-only");
        }
    }

    @Test
    void shouldFollowRenamesAndMerges() {
        enrolled("Anna", face(1));
        enrolled("Ben", face(2));
        DoorEvent annas = Events.granted("Anna", Events.MORNING);
        DoorEvent bens = Events.granted("Ben", Events.MORNING);
        record(annas);
        record(bens);

        done(rename("Anna", "Annette", false));
        assertThat(record(annas).event().person()).isEqualTo(label("Annette"));

        done(rename("Annette", "Ben", true));
        assertThat(record(annas).event().person()).isEqualTo(label("Ben"));
        assertThat(record(bens).event().person()).isEqualTo(label("Ben"));
    }

    @Test
    void shouldKeepTheEventsOfADeletedPersonWithoutTheName() {
        enrolled("Anna", face(1));
        DoorEvent event = Events.granted("Anna", Events.MORNING);
        record(event);

        done(delete("Anna"));

        DoorEvent left = record(event).event();
        assertThat(left.person()).isNull();
        assertThat(left.decision().whom()).isEmpty();
        assertThat(left.decision().sighting().person()).isEmpty();
        assertThat(left.decision().sighting().distance()).isEqualTo(0.31);
        assertThat(number("SELECT count(*) FROM attendance WHERE erased IS NULL"))
                .isZero();
    }

    @Test
    void shouldNeverGiveASequenceTwice() {
        record(Events.denied(Events.MORNING));
        long first = record(Events.denied(Events.MORNING)).sequence();
        reopen();

        assertThat(record(Events.denied(Events.MORNING)).sequence()).isEqualTo(first + 1);
        assertThat(UUID.fromString(
                        texts("SELECT id FROM event WHERE sequence = 3").get(0)))
                .isNotNull();
    }

    private int rows(String table) {
        return number("SELECT count(*) FROM " + table);
    }
}
