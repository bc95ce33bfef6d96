package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.Recorded;
import dev.lintel.face.Details;
import dev.lintel.face.Person;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.AttendanceMessages.ReadAttendance;
import dev.lintel.messages.DeliveryMessages.SetTargets;
import dev.lintel.messages.DeliveryMessages.TakeDeliveries;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.DescribePerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.SetActive;
import dev.lintel.store.sqlite.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One row that cannot be read keeps out nobody whose rows can, and is not removed. */
class DamagedRowsTest extends StoreTestBase {
    private static final String PLACE = "'template.vector', id || '/' || person_id)";

    private void fill() {
        enrolled("Anna", face(1), again(face(1), 11));
        enrolled("Ben", face(2));
        enrolled("Carla", face(3));
    }

    private List<String> toEnrolAgain() {
        return done(store.people().list(new ListPeople("", 10, MODEL, patient()))).people().stream()
                .map(person -> person.label().text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "randomblob(length(vector))",
                "x'01020304'",
                "substr(vector, 1, 28)",
                "(SELECT vector FROM template WHERE id = 1)",
                "sealed(zeroblob(512), " + PLACE,
                "sealed(randomblob(512), " + PLACE
            })
    void shouldRecogniseEverybodyElse(String damage) {
        fill();
        sql("UPDATE template SET vector = " + damage + " WHERE id = 3");

        reopen();

        assertNearest(face(1), "Anna");
        assertNearest(face(3), "Carla");
        assertThat(nearest(face(2), 5))
                .extracting(candidate -> candidate.label().text())
                .doesNotContain("Ben");
        assertThat(health().damaged()).isEqualTo(1);
        assertThat(health().templates() - health().comparable() - health().damaged())
                .as("of another model")
                .isZero();
        assertThat(number("SELECT count(*) FROM template WHERE id = 3")).isEqualTo(1);
        assertThat(toEnrolAgain()).containsExactly("Ben");
        assertThat(list("", 10).people()).hasSize(3);
        assertThat(done(get("Ben")).templates())
                .extracting(Person.Template::damaged)
                .containsExactly(true);
        assertThat(dump().entries()).hasSize(3);

        assertThat(done(enrol("Ben", false, face(2))).total()).isEqualTo(2);
        assertNearest(face(2), "Ben");
        done(store.changes().deleteTemplate(new DeleteTemplate(label("Ben"), 3, patient())));
        assertThat(health().damaged()).isZero();
        assertThat(toEnrolAgain()).isEmpty();
    }

    @Test
    void shouldMergeAndDeleteWhoHasADamagedTemplate() {
        fill();
        sql("UPDATE template SET vector = randomblob(length(vector)) WHERE id = 3");
        reopen();

        done(rename("Ben", "Carla", true));
        assertThat(done(get("Carla")).templates())
                .extracting(Person.Template::damaged)
                .containsExactly(true, false);
        assertThat(done(delete("Carla")).templates()).isEqualTo(2);
        assertNearest(face(1), "Anna");
    }

    @Test
    void shouldKeepWhoHasADamagedNameAndMendItWhenThePersonIsEnrolledAgain() {
        fill();
        for (String person : List.of("Ben", "Carla")) {
            done(store.details()
                    .describe(new DescribePerson(label(person), new Details.Change("", "desk", Map.of()), patient())));
        }
        sql("UPDATE person SET label = randomblob(length(label)) WHERE id = 2");

        reopen();

        assertNearest(face(3), "Carla");
        assertThat(health().damaged()).isEqualTo(1);
        assertThat(toEnrolAgain()).containsExactly("damaged name 2");
        assertThat(list("", 10).people())
                .extracting(person -> person.label().text())
                .containsExactly("Anna", "Carla", "damaged name 2");

        assertThat(dump().entries()).extracting(entry -> entry.label().text()).containsExactly("Anna", "Anna", "Carla");
        assertThat(dump().people()).extracting(said -> said.label().text()).containsExactly("Carla");

        done(enrol("Ben", false, again(face(2), 22)));
        reopen();
        assertThat(health().damaged()).isZero();
        assertThat(done(get("Ben")).templates()).hasSize(2);
        assertNearest(face(2), "Ben");
    }

    @Test
    void shouldRecogniseAndChangeNobodyAsSomebodyElseWhoseLookUpKeysWereExchanged() {
        fill();
        sql("CREATE TABLE kept AS SELECT id, label_key FROM person");
        sql("UPDATE person SET label_key = 'other' WHERE id = 1");
        sql("UPDATE person SET label_key = (SELECT label_key FROM kept WHERE kept.id = 1) WHERE id = 2");
        sql("UPDATE person SET label_key = (SELECT label_key FROM kept WHERE kept.id = 2) WHERE id = 1");

        reopen();

        assertNearest(face(3), "Carla");
        assertThat(nearest(face(2), 5))
                .extracting(candidate -> candidate.label().text())
                .containsExactly("Carla");
        assertThat(health().damaged()).isEqualTo(3);
        assertThat(toEnrolAgain()).containsExactly("Anna", "Ben");
        assertThatThrownBy(() -> enrolled("Anna", face(11))).hasMessageContaining("who has another name");
        assertThatThrownBy(() -> done(delete("Ben"))).hasMessageContaining("who has another name");
        assertThat(number("SELECT count(*) FROM template")).isEqualTo(4);

        sql("UPDATE person SET label_key = 'other' WHERE id = 1");
        sql("UPDATE person SET label_key = (SELECT label_key FROM kept WHERE kept.id = person.id) WHERE id <> 1");
        sql("UPDATE person SET label_key = (SELECT label_key FROM kept WHERE kept.id = 1) WHERE id = 1");
        reopen();
        assertNearest(face(1), "Anna");
        assertNearest(face(2), "Ben");
    }

    @Test
    void shouldNotCompareAVectorOfAnotherLength() {
        fill();
        sql("UPDATE template SET vector = sealed(x'0000803f', " + PLACE + " WHERE id = 3");

        reopen();

        assertThat(health().damaged()).isEqualTo(1);
        assertThat(toEnrolAgain()).containsExactly("Ben");
        assertNearest(face(3), "Carla");
    }

    @Test
    void shouldStartWithOneTemplateThatIsDamaged() {
        enrolled("Anna", face(1));
        sql("UPDATE template SET vector = randomblob(length(vector))");

        reopen();

        assertThat(toEnrolAgain()).containsExactly("Anna");
    }

    @Test
    void shouldNotStartIfNothingOpens() {
        fill();
        sql("UPDATE template SET vector = randomblob(length(vector))");
        sql("UPDATE person SET label = randomblob(length(label))");
        await(store.close());
        store = null;

        assertThatThrownBy(() -> await(open(MODEL)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the database is damaged, or somebody changed it: template.vector/1/1")
                .hasMessageContaining("put a backup in its place");
    }

    @Test
    void shouldListPeopleBesideOneOfWhomTheDetailsAreDamagedWhoStaysDeactivated() {
        fill();
        done(store.details()
                .describe(new DescribePerson(label("Ben"), new Details.Change("17", "desk", Map.of()), patient())));
        done(store.details().setActive(new SetActive(label("Ben"), false, patient())));
        sql("UPDATE detail SET words = randomblob(length(words)), external_id = randomblob(length(external_id))");

        reopen();

        assertThat(list("", 10).people())
                .extracting(person -> person.details().note())
                .containsExactly("", "damaged", "");
        assertThat(done(get("Ben")).inactiveSince()).isNotNull();
    }

    @Test
    void shouldShowAttendanceBesideACorrectionThatIsDamaged() {
        fill();
        Instant at = Instant.now().minusSeconds(60);
        for (String person : List.of("Anna", "Ben")) {
            done(store.events()
                    .attendance()
                    .correct(new CorrectAttendance(
                            UUID.randomUUID(),
                            Kind.ADDED,
                            null,
                            label(person),
                            at,
                            Direction.OUT,
                            "boss",
                            "said so",
                            patient())));
        }
        sql("DROP TRIGGER attendance_stays_as_it_is");
        sql("UPDATE attendance SET reason = randomblob(length(reason)) WHERE sequence = 1");

        var book = done(store.events()
                .attendance()
                .read(new ReadAttendance(at.minusSeconds(60), at.plusSeconds(120), null, patient())));

        assertThat(book.entries()).extracting(AttendanceEntry::reason).containsExactly("damaged", "said so");
    }

    @Test
    void shouldListAndDeliverWhatIsLeftOfADamagedEvent() {
        fill();
        done(store.outbox().set(new SetTargets(List.of("target"), patient())));
        done(store.events().record(new RecordEvent(Events.granted("Anna", Instant.now()), patient()), recorded -> {}));
        done(store.events().record(new RecordEvent(Events.granted("Ben", Instant.now()), patient()), recorded -> {}));
        sql("DROP TRIGGER event_stays_as_it_is");
        sql("UPDATE event SET facts = randomblob(length(facts)) WHERE sequence = 1");

        var listed = events();
        assertThat(listed).hasSize(2);
        DoorEvent damaged = listed.get(1).event();
        assertThat(damaged.kind()).isEqualTo(DoorEvent.Kind.DECISION);
        assertThat(damaged.detail()).contains("is damaged");
        assertThat(done(store.outbox().take(new TakeDeliveries("target", 10, patient())))
                        .events())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind = 'X'",
                "verdict = 'X'",
                "direction = 'X'",
                "direction = NULL",
                "id = 'X'",
                "id = NULL",
                "at = NULL",
                "kind = 'X', id = 'X', direction = 'X', at = NULL, facts = randomblob(9)"
            })
    void shouldListTheOthersBesideAnEventWithAColumnThatIsDamaged(String damage) {
        fill();
        done(store.events().record(new RecordEvent(Events.granted("Anna", Instant.now()), patient()), recorded -> {}));
        done(store.events().record(new RecordEvent(Events.granted("Ben", Instant.now()), patient()), recorded -> {}));
        sql("DROP TRIGGER event_stays_as_it_is");
        sql("UPDATE event SET " + damage + " WHERE sequence = 1");

        var listed = events();

        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).event().decision()).isNotNull();
        assertThat(listed.get(1).event().detail()).contains("is damaged");
    }

    private List<Recorded> events() {
        return done(store.events()
                        .list(new ListEvents(
                                new EventFilter(null, null, null, null, null, null, null),
                                Long.MAX_VALUE,
                                10,
                                patient())))
                .events();
    }
}
