package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Consent;
import dev.lintel.access.Direction;
import dev.lintel.access.LiveProof;
import dev.lintel.access.OnDeletion;
import dev.lintel.access.Pin;
import dev.lintel.access.Receipt;
import dev.lintel.access.ReceiptDocument;
import dev.lintel.access.Sighting;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.ConsentMessages.CheckReceipt;
import dev.lintel.messages.ConsentMessages.GiveConsent;
import dev.lintel.messages.ConsentMessages.ReceiptCheck;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.store.people.StoredVectors;
import dev.lintel.testkit.Configs;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a receipt says of a deletion is what happened, byte for byte. */
@Tag("slow")
class ReceiptTest extends StoreTestBase {
    private static final Instant NOW = Events.MORNING.plusSeconds(3600);
    private static final String NAME = "Annabella Receipted";
    private static final String EVIDENCE = "form seventeen of Annabella";
    private static final String GROUP = "night-owls-of-annabella";
    private static final Embedding SEEN_BEFORE = again(face(1), 77);

    @Override
    protected EventRules rules() {
        return new EventRules(
                Configs.attendance(), Configs.of(VisitorsConfig.class, "keep: 72h"), DUPLICATE, () -> NOW);
    }

    @BeforeEach
    void everythingThereCanBeOfSomebody() {
        note(SEEN_BEFORE);
        note(face(50));
        enrolled(NAME, face(1), again(face(1), 5));
        enrolled("Ben Kept", face(2));
        done(store.access()
                .set(new SetAccess(
                        label(NAME),
                        new AccessRights(List.of(GROUP), null, null, false),
                        Pin.parse("246813").fold(pin -> pin, refusal -> {
                            throw new AssertionError(refusal);
                        }),
                        patient())));
        done(store.consents()
                .give(
                        new GiveConsent(
                                new Consent(
                                        label(NAME),
                                        "Mother of Annabella",
                                        NOW,
                                        List.of("door"),
                                        null,
                                        EVIDENCE,
                                        "hr",
                                        NOW,
                                        null),
                                patient()),
                        recorded -> {}));
        done(store.events().record(new RecordEvent(Events.granted(NAME, Events.MORNING), patient()), recorded -> {}));
    }

    @Test
    void shouldSayWhatWentAndLeaveNoneOfItInTheFiles() {
        List<byte[]> sealed = sealed();
        List<byte[]> ben = blobs("SELECT label FROM person WHERE label_key = keyed('label', 'Ben Kept')");
        assertThat(sealed)
                .as("label, two views, two of the consent, PIN, a visit and its group")
                .hasSize(8);
        assertThat(sealed).allMatch(this::found);
        assertThat(found(GROUP.getBytes(StandardCharsets.UTF_8))).isTrue();

        Receipt receipt = deleted(OnDeletion.DELETE);

        assertThat(receipt.gone()).isEqualTo(new Receipt.Gone(2, true, true, true, 1, 1, 0, false));
        assertThat(receipt.kept()).isEqualTo(new Receipt.Kept(0, null, 2, NOW.plus(Duration.ofDays(90))));
        assertThat(sealed).noneMatch(this::found);
        assertThat(plain()).as("in the clear").noneMatch(this::found);
        assertThat(ben).hasSize(1).allMatch(this::found);
        assertThat(number("SELECT count(*) FROM visitor"))
                .as("another stranger")
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM event WHERE person_id IS NOT NULL"))
                .isZero();
    }

    @Test
    void shouldSayWhatWasKept() {
        Receipt anonymised = deleted(OnDeletion.ANONYMISE);
        assertThat(anonymised.gone().attendance()).isZero();
        assertThat(anonymised.kept().attendance()).isEqualTo(1);
        assertThat(anonymised.kept().attendanceUntil()).isEqualTo(Events.MORNING.plus(Duration.ofDays(730)));
        assertThat(ReceiptDocument.text(anonymised)).contains("1, as times of nobody, until 2028-11-24T07:00:00Z");
    }

    @Test
    void shouldSayOfWhomAttendanceWasKeptWhatGoesLater() {
        Receipt kept = deleted(OnDeletion.KEEP);
        assertThat(kept.kept().attendance()).isEqualTo(1);
        assertThat(ReceiptDocument.text(kept)).contains("under the name", "Why attendance is kept");

        Receipt later = deleted(OnDeletion.DELETE);
        assertThat(later.gone()).isEqualTo(new Receipt.Gone(0, false, false, false, 0, 1, 0, false));
    }

    @Test
    void shouldKnowItsOwnReceiptsAndWhatWasChangedInThem() {
        Receipt receipt = deleted(OnDeletion.DELETE);
        JsonObject json = new JsonObject(ReceiptDocument.write(receipt));
        assertThat(ReceiptDocument.read(new JsonObject(json.encode()).getMap())).isEqualTo(receipt);

        assertThat(check(json)).isEqualTo(new ReceiptCheck(true, true));
        reopen();
        assertThat(check(json)).isEqualTo(new ReceiptCheck(true, true));
        for (String member : List.of("id", "label", "at", "attendance", "seal")) {
            JsonObject changed = json.copy();
            changed.put(
                    member,
                    switch (member) {
                        case "id" -> UUID.randomUUID().toString();
                        case "at" -> NOW.plusSeconds(1).toString();
                        case "attendance" -> "keep";
                        default -> "somebody";
                    });
            assertThat(check(changed).genuine()).as(member).isFalse();
        }
        for (String part : List.of("deleted", "kept")) {
            for (String member : json.getJsonObject(part).fieldNames()) {
                JsonObject changed = json.copy();
                Object value = changed.getJsonObject(part).getValue(member);
                changed.getJsonObject(part)
                        .put(
                                member,
                                value instanceof Boolean is
                                        ? (Object) !is
                                        : value instanceof Number ? (Object) 1000 : NOW.toString());
                assertThat(check(changed).genuine()).as(part + "." + member).isFalse();
            }
        }
        assertThat(check(json.copy().put("key", "0123456789abcdef"))).isEqualTo(new ReceiptCheck(false, false));
    }

    @Test
    void shouldPrintWithoutTrustingTheName() {
        enrolled("<script>alert(1)</script>", face(8));

        String page = ReceiptDocument.html(done(store.changes()
                        .delete(new DeletePerson(label("<script>alert(1)</script>"), OnDeletion.DELETE, patient())))
                .receipt());

        assertThat(page).contains("&lt;script&gt;", "@page").doesNotContain("<script");
    }

    @Test
    void shouldHandOutAllOfItBefore() {
        var data = done(store.collection().collect(new CollectPersonData(label(NAME), patient())));

        assertThat(data.templates()).hasSize(2);
        assertThat(data.access().groups()).containsExactly(GROUP);
        assertThat(data.access().pinSet()).isTrue();
        assertThat(data.consent().evidence()).isEqualTo(EVIDENCE);
        assertThat(data.visits())
                .singleElement()
                .satisfies(visit -> assertThat(visit.camera()).isEqualTo("yard"));
        assertThat(data.events()).hasSize(2);
        assertThat(data.attendance()).hasSize(1);
    }

    private Receipt deleted(OnDeletion attendance) {
        return done(store.changes().delete(new DeletePerson(label(NAME), attendance, patient())))
                .receipt();
    }

    private ReceiptCheck check(JsonObject json) {
        return store.changes()
                .check(new CheckReceipt(ReceiptDocument.read(new JsonObject(json.encode()).getMap()), patient()))
                .fold(check -> check, refusal -> {
                    throw new AssertionError(refusal);
                });
    }

    private void note(Embedding face) {
        UUID id = UUID.randomUUID();
        Sighting sighting = new Sighting(
                id,
                id,
                "yard",
                Direction.IN,
                Events.MORNING,
                Events.MORNING,
                Events.MORNING,
                9,
                3,
                Sighting.Identity.UNKNOWN,
                null,
                0.8,
                0.55,
                0.2,
                new LiveProof(LiveProof.State.LIVE, 0.93, List.of()),
                face,
                MODEL);
        done(transactions()
                .write(
                        patient(),
                        change -> store.visitors().note(change, sighting).map(Outcome.done(true))));
    }

    /** What must go, as it lies on the disk: by its last bytes, which no other record has. */
    private List<byte[]> sealed() {
        return blobs("WITH who AS (SELECT id FROM person WHERE label_key = keyed('label', '" + NAME
                + "')), alike AS (SELECT visitor_id"
                + " FROM visitor_face ORDER BY rowid LIMIT 1) SELECT label FROM person WHERE id = (SELECT id FROM who)"
                + " UNION ALL SELECT vector FROM template WHERE person_id = (SELECT id FROM who)"
                + " UNION ALL SELECT label FROM consent UNION ALL SELECT words FROM consent"
                + " UNION ALL SELECT pin_hash FROM access"
                + " UNION ALL SELECT vector FROM visitor_face WHERE visitor_id = (SELECT visitor_id FROM alike)"
                + " UNION ALL SELECT sum FROM visitor WHERE id = (SELECT visitor_id FROM alike)");
    }

    private List<byte[]> blobs(String sql) {
        return await(store.lanes().writer().urgently(tables -> tables.rows(sql, Tuple.tuple()))).stream()
                .map(row -> row.getBuffer(0).getBytes())
                .map(bytes -> Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length))
                .toList();
    }

    private static List<byte[]> plain() {
        return List.of(
                NAME.getBytes(StandardCharsets.UTF_8),
                EVIDENCE.getBytes(StandardCharsets.UTF_8),
                "Mother of Annabella".getBytes(StandardCharsets.UTF_8),
                GROUP.getBytes(StandardCharsets.UTF_8),
                start(face(1)),
                start(again(face(1), 5)),
                start(SEEN_BEFORE));
    }

    private static byte[] start(Embedding face) {
        return Arrays.copyOf(StoredVectors.toBytes(face.vector()), 16);
    }

    private boolean found(byte[] part) {
        var bytes = new ByteArrayOutputStream();
        try (var files = Files.list(database().getParent())) {
            for (Path file : files.toList()) {
                bytes.write(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] all = bytes.toByteArray();
        for (int i = 0; i <= all.length - part.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
