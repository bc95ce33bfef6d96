package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.store.sqlite.StoreException;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When writing fails, it is said, and neither the disk nor the gallery has half of it. */
class FailureTest extends StoreTestBase {
    @Test
    void shouldLoseNothingWhenTheDiskIsFull() {
        enrolled("Anna", face(1));
        sql("PRAGMA max_page_count = 1");
        var before = dump();
        List<GalleryDump.Entry> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(new GalleryDump.Entry(Label.of("Person " + i), Instant.EPOCH, 1, face(100 + i)));
        }

        assertThatThrownBy(() -> await(load(new GalleryDump(many))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the disk is full, nothing was stored");

        assertThat(dump()).isEqualTo(before);
        assertThat(store.people().templates()).isEqualTo(1);
        assertThat(nearest(face(105), 1).get(0).label()).isEqualTo(label("Anna"));

        sql("PRAGMA max_page_count = 1000000");
        assertThat(done(load(new GalleryDump(many))).imported()).isEqualTo(200);
        reopen();
        assertThat(store.people().templates()).isEqualTo(201);
    }

    @Test
    void shouldLeaveTheGalleryAloneWhenTheCommitFails() {
        enrolled("Anna", face(1));
        // A deferred constraint is checked by COMMIT, which is therefore what fails.
        sql("CREATE TABLE spoiler (person INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
        sql("CREATE TRIGGER spoil AFTER INSERT ON template BEGIN INSERT INTO spoiler VALUES (-1); END");
        sql("CREATE TRIGGER spoil_too AFTER DELETE ON template BEGIN INSERT INTO spoiler VALUES (-1); END");

        assertThatThrownBy(() -> enrolled("Ben", face(2))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> done(delete("Anna"))).isInstanceOf(StoreException.class);

        assertThat(store.people().templates()).isEqualTo(1);
        assertNearest(face(2), "Anna");
        assertThat(list("", 9).people()).extracting(p -> p.label().text()).containsExactly("Anna");

        sql("DROP TRIGGER spoil");
        enrolled("Ben", face(2));
        assertNearest(face(2), "Ben");
    }

    /** Whoever is told that it was too late can believe it. */
    @Test
    void shouldUndoAChangeWhoseDeadlinePassedBeforeTheCommit() {
        Deadline deadline = patient();

        Future<Outcome<Boolean>> answer = transactions()
                .write(
                        deadline,
                        change -> change.tables()
                                .execute("INSERT INTO person (label_key, created_at, updated_at) VALUES ('Anna', 0, 0)")
                                .map(inserted -> {
                                    deadline.cancel();
                                    return Outcome.done(true);
                                }));

        assertThat(refused(answer)).isEqualTo(Refusal.Code.EXPIRED);
        assertThat(number("SELECT count(*) FROM person")).isZero();
    }

    @Test
    void shouldNotEnrolOnAnAlmostFullDisk() {
        await(store.close());
        store = await(FaceStore.open(vertx, new StoreConfig(database(), Long.MAX_VALUE), MODEL, rules()));

        assertThatThrownBy(() -> enrolled("Anna", face(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the disk is almost full");
        assertThat(health().writable()).isFalse();
    }

    @Test
    void shouldKeepWhatItAcknowledgedWhenClosedInTheMiddleOfWork() {
        List<Future<Outcome<Enrolment>>> asked = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            asked.add(enrol("Person " + i, false, face(i), face(1000 + i)));
        }
        done(asked.get(9));

        reopen();

        await(Future.join(asked).otherwiseEmpty());
        for (int i = 0; i < asked.size(); i++) {
            int templates =
                    await(get("Person " + i)).fold(person -> person.templates().size(), refusal -> 0);
            assertThat(templates).isIn(asked.get(i).succeeded() ? List.of(2) : List.of(0, 2));
        }
        assertThat(asked).filteredOn(Future::succeeded).hasSizeGreaterThanOrEqualTo(10);
    }
}
