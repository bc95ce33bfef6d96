package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.messages.EventMessages.RecordEvent;
import io.vertx.core.Future;
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
                "UPDATE attendance SET reason = 'x'",
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
