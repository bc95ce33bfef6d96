package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.ConsentConfig;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.EnrolTemplates.NewTemplate;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.PeoplePage;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.StoreMessages.StoreHealth;
import dev.lintel.messages.StoreMessages.StoreStatus;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.testkit.Configs;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder of its own, asked from the test's thread. */
public class StoreTestBase {
    protected static final String MODEL = "test-model";
    protected static final int DIMENSION = 128;
    protected static final double DUPLICATE = 0.6;

    @TempDir
    protected Path folder;

    protected Vertx vertx;
    protected FaceStore store;

    @BeforeEach
    protected void openStore() {
        vertx = Vertx.vertx();
        reopen();
    }

    @AfterEach
    protected void closeStore() {
        if (store != null) {
            await(store.close());
        }
        await(vertx.close());
    }

    protected void reopen() {
        if (store != null) {
            await(store.close());
        }
        store = await(open(MODEL));
    }

    protected Future<FaceStore> open(String modelId) {
        return FaceStore.open(vertx, config(), modelId, rules());
    }

    protected StoreConfig config() {
        return new StoreConfig(database(), 0L);
    }

    protected EventRules rules() {
        return defaultRules();
    }

    protected static EventRules defaultRules() {
        return new EventRules(
                Configs.attendance(), Configs.of(VisitorsConfig.class), DUPLICATE, InstantSource.system());
    }

    protected Transactions transactions() {
        return store.transactions();
    }

    /** Does something to the database behind the store's back. */
    protected void sql(String sql) {
        await(store.lanes().writer().urgently(tables -> tables.execute(sql)));
    }

    protected int number(String sql) {
        return await(store.lanes().reader().urgently(tables -> tables.execute(sql)))
                .iterator()
                .next()
                .getInteger(0);
    }

    protected List<String> texts(String sql) {
        return await(store.lanes().reader().urgently(tables -> tables.rows(sql, Tuple.tuple()))).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** This process's standard output for it alone; what is logged goes to standard error from now on. */
    protected static PrintStream standardOutput() {
        PrintStream out = System.out;
        System.setOut(System.err);
        return out;
    }

    protected Path database() {
        return folder.resolve("faces").resolve("lintel.db");
    }

    protected static Deadline patient() {
        return Deadline.after(Duration.ofMinutes(5));
    }

    protected static <T> T await(Future<T> future) {
        try {
            return future.await(120, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    protected static <T> T done(Future<Outcome<T>> answer) {
        return await(answer).fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        });
    }

    /** What a refusal says. */
    protected static String said(Future<? extends Outcome<?>> answer) {
        return await(answer)
                .fold(
                        value -> {
                            throw new AssertionError("done: " + value);
                        },
                        Refusal::detail);
    }

    protected static Refusal.Code refused(Future<? extends Outcome<?>> answer) {
        return await(answer)
                .fold(
                        value -> {
                            throw new AssertionError("done: " + value);
                        },
                        Refusal::code);
    }

    protected static Label label(String text) {
        return Label.of(text);
    }

    /** A random direction: any two are nearly orthogonal. */
    protected static Embedding face(long seed) {
        return face(MODEL, seed);
    }

    protected static Embedding face(String model, long seed) {
        Random random = new Random(seed);
        random.nextInt();
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return new Embedding(model, vector);
    }

    /** The same face on another photo: similarity about 0.9. */
    protected static Embedding again(Embedding face, long seed) {
        float[] noise = face(seed).vector();
        float[] vector = face.vector().clone();
        for (int i = 0; i < vector.length; i++) {
            vector[i] += 0.45f * noise[i];
        }
        return new Embedding(face.modelId(), vector);
    }

    /** The defaults, but for consent. */
    protected static EventRules rules(ConsentConfig consent, InstantSource clock) {
        return new EventRules(Configs.attendance(), Configs.of(VisitorsConfig.class), DUPLICATE, consent, clock);
    }

    /** Enrols a face with its picture. @return the id of the template */
    protected long enrolPictured(String label, long seed) {
        return done(store.people()
                        .enrol(new EnrolTemplates(
                                label(label),
                                List.of(new NewTemplate(face(seed), 0.9, crop(seed))),
                                DUPLICATE,
                                true,
                                patient())))
                .results()
                .get(0)
                .id();
    }

    /** Noise, the same for the same seed. */
    protected static FaceCrop crop(long seed) {
        byte[] rgb = new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3];
        new Random(seed).nextBytes(rgb);
        return new FaceCrop(FaceCrop.ALIGNED, rgb);
    }

    protected Future<Outcome<Enrolment>> enrol(String label, boolean allowDuplicate, Embedding... faces) {
        List<NewTemplate> templates =
                Arrays.stream(faces).map(face -> new NewTemplate(face, 0.75)).toList();
        return store.people().enrol(new EnrolTemplates(label(label), templates, DUPLICATE, allowDuplicate, patient()));
    }

    protected Enrolment enrolled(String label, Embedding... faces) {
        return done(enrol(label, false, faces));
    }

    protected List<Candidate> nearest(Embedding face, int top) {
        return store.people()
                .match(new MatchFaces(List.of(face), top, patient()))
                .fold(matches -> matches.candidates().get(0), refusal -> {
                    throw new AssertionError(refusal);
                });
    }

    protected Future<Outcome<Person>> get(String label) {
        return store.people().get(new GetPerson(label(label), patient()));
    }

    protected Future<Outcome<Person>> rename(String from, String to, boolean merge) {
        return store.changes().rename(new RenamePerson(label(from), label(to), merge, patient()));
    }

    protected Future<Outcome<Deletion>> delete(String label) {
        return store.changes().delete(new DeletePerson(label(label), patient()));
    }

    protected PeoplePage list(String after, int limit) {
        return done(store.people().list(new ListPeople(after, limit, patient())));
    }

    protected GalleryDump dump() {
        return done(store.backup().export(new ExportGallery(patient())));
    }

    protected Future<Outcome<ImportResult>> load(GalleryDump dump) {
        return store.backup().load(new ImportGallery(dump, patient()));
    }

    protected StoreHealth health() {
        return done(store.status(new StoreStatus(patient())));
    }

    protected void assertNearest(Embedding face, String label) {
        assertThat(nearest(face, 1))
                .extracting(candidate -> candidate.label().text())
                .containsExactly(label);
    }
}
