package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.Pin;
import dev.lintel.accounts.Password;
import dev.lintel.messages.AccessMessages.CheckPin;
import dev.lintel.messages.AccountMessages.CheckPassword;
import dev.lintel.messages.AccountMessages.LoadCredentials;
import dev.lintel.messages.AccountMessages.LoadGuesses;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.store.chain.Chain;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.people.StoredVectors;
import dev.lintel.store.secrets.SlowHash;
import dev.lintel.store.sqlite.Keyring;
import dev.lintel.store.sqlite.Migrations;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import dev.lintel.testkit.ChildJvm;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database from before records were sealed: all of it is there afterwards, and nothing of it in the clear. */
@Tag("slow")
class SealingOldDatabasesTest extends StoreTestBase {
    private static final int CLEAR = 10;
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 4);

    @Override
    @BeforeEach
    protected void openStore() {
        vertx = Vertx.vertx();
    }

    /** As the last version in the clear wrote it. */
    private void old(int people) throws Exception {
        StoreFiles files = new StoreFiles(database());
        files.prepare();
        byte[] key = Seals.fresh();
        files.writeKey(files.key(), key);
        Seals seals = new Seals(key);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            new Migrations(Migrations.current().steps().subList(0, CLEAR))
                    .apply(statement, files, new Keyring(files, config().master()));
            statement.execute("BEGIN");
            try (PreparedStatement person =
                            connection.prepareStatement("INSERT INTO person VALUES (?, ?, 1000, 2000)");
                    PreparedStatement template =
                            connection.prepareStatement("INSERT INTO template VALUES (?, ?, ?, ?, 0.5, 1000)")) {
                for (int i = 1; i <= people; i++) {
                    person.setInt(1, i);
                    person.setString(2, "Clearly " + i);
                    person.executeUpdate();
                    template.setInt(1, i);
                    template.setInt(2, i);
                    template.setString(3, MODEL);
                    template.setBytes(4, StoredVectors.toBytes(face(i).vector()));
                    template.executeUpdate();
                }
            }
            SlowHash pin = SlowHash.of("482915".toCharArray());
            try (PreparedStatement access =
                    connection.prepareStatement("INSERT INTO access VALUES (1, 'staff', NULL, NULL, ?, ?, ?, NULL)")) {
                access.setBytes(1, pin.salt());
                access.setInt(2, pin.rounds());
                access.setBytes(3, pin.hash());
                access.executeUpdate();
            }
            SlowHash password = SlowHash.of("four words make one".toCharArray());
            try (PreparedStatement account = connection.prepareStatement(
                    "INSERT INTO account VALUES ('Carla.Clear', 'ADMIN', ?, ?, ?, 1000, NULL, NULL)")) {
                account.setBytes(1, password.salt());
                account.setInt(2, password.rounds());
                account.setBytes(3, password.hash());
                account.executeUpdate();
            }
            statement.execute("INSERT INTO session VALUES ('" + "ab".repeat(32) + "', 'carla.clear', 1000, 2000)");
            statement.execute("INSERT INTO api_key VALUES ('Carlas-phone', 'VIEWER', 'digest', 1000, NULL, NULL)");
            statement.execute("INSERT INTO guess VALUES ('login', 'account/carla.clear', 1, 0, 1, 1000, 1000, 0)");
            statement.execute("INSERT INTO visitor VALUES (1, '" + MODEL + "', NULL, 1, zeroblob(512))");
            chained(connection, seals);
            statement.execute("COMMIT");
        }
    }

    /** One event and one correction, sealed as they were then. */
    private static void chained(Connection connection, Seals seals) throws Exception {
        Chain events = new Chain("event", seals);
        List<Object> event = Arrays.asList(
                "00000000-0000-0007-0000-000000000001",
                "DOOR_OPENED",
                1000L,
                null,
                "main",
                "BOTH",
                null,
                null,
                "Clearly said",
                null);
        add(connection, events, "id, kind, at, camera, door, direction, verdict, rule, detail, facts", event);
        Chain attendance = new Chain("attendance", seals);
        List<Object> entry = Arrays.asList(
                "00000000-0000-0007-0000-000000000002",
                "ADDED",
                1000L,
                "IN",
                null,
                null,
                null,
                "Carla.Clear",
                2000L,
                "Clearly ill");
        add(connection, attendance, "id, kind, at, direction, camera, door, target, author, written_at, reason", entry);
    }

    private static void add(Connection connection, Chain chain, String columns, List<Object> content) throws Exception {
        byte[] digest = chain.digest(1, content);
        Chain.Place head = chain.after(new Chain.Place(0, new byte[0]), digest);
        try (PreparedStatement row = connection.prepareStatement(
                        "INSERT INTO " + chain.table() + " (sequence, " + columns
                                + ", person_id, person_seal, digest, chain) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)");
                PreparedStatement ledger =
                        connection.prepareStatement("INSERT INTO ledger VALUES (?, 0, x'', ?, 1, ?, ?)")) {
            for (int i = 0; i < 10; i++) {
                row.setObject(i + 1, content.get(i));
            }
            row.setBytes(11, chain.personSeal(1, 1L));
            row.setBytes(12, digest);
            row.setBytes(13, head.chain());
            row.executeUpdate();
            ledger.setString(1, chain.table());
            ledger.setBytes(2, chain.baseSeal(new Chain.Place(0, new byte[0])));
            ledger.setBytes(3, head.chain());
            ledger.setBytes(4, chain.headSeal(head));
            ledger.executeUpdate();
        }
    }

    @Test
    void shouldSealAnExistingDatabase() throws Exception {
        old(300);

        reopen();

        Path backup = database().resolveSibling("lintel.db.backup-v" + CLEAR);
        assertThat(backup)
                .as("a copy of before is kept until the first deletion")
                .exists();
        assertEverything(300);
        done(delete("Clearly 300"));
        assertThat(backup).doesNotExist();
        byte[] all = SealedStoreTest.allBytes(database().getParent());
        for (String clear : List.of("Clearly", "Carla", "carla")) {
            assertThat(SealedStoreTest.contains(all, clear.getBytes(StandardCharsets.UTF_8)))
                    .as(clear)
                    .isFalse();
        }
        for (int seed : new int[] {1, 150, 300}) {
            byte[] vector = StoredVectors.toBytes(face(seed).vector());
            assertThat(SealedStoreTest.contains(all, Arrays.copyOf(vector, 16))).isFalse();
        }
        reopen();
        assertNearest(face(1), "Clearly 1");
    }

    private void assertEverything(int people) {
        assertThat(store.people().templates()).isEqualTo(people);
        for (int i : new int[] {1, people / 2, people}) {
            assertNearest(face(i), "Clearly " + i);
        }
        assertThat(done(store.access()
                        .check(new CheckPin(
                                label("Clearly 1"), Pin.parse("482915").fold(pin -> pin, no -> null), patient()))))
                .isTrue();
        assertThat(done(store.accounts()
                        .check(new CheckPassword("carla.CLEAR", Password.typed("four words make one"), patient()))))
                .isTrue();
        var known = done(store.accounts().load(new LoadCredentials(patient())));
        assertThat(known.accounts()).extracting(account -> account.name()).containsExactly("Carla.Clear");
        assertThat(known.keys()).extracting(key -> key.name()).containsExactly("Carlas-phone");
        assertThat(known.sessions()).extracting(session -> session.account()).containsExactly("Carla.Clear");
        assertThat(done(store.accounts().guesses(new LoadGuesses("login", patient())))
                        .tallies())
                .extracting(tally -> tally.subject())
                .containsExactly("account/carla.clear");
        assertThat(done(store.events().verification().verify(new VerifyLog(patient())))
                        .intact())
                .isTrue();
        assertThat(texts("SELECT opened_text(reason, 'attendance.reason', sequence) FROM attendance"))
                .containsExactly("Clearly ill");
    }

    /** At any moment: the old database is there whole, or the new one. */
    @Test
    void shouldGoOnAfterAKillInTheMiddle() throws Exception {
        int people = 3000;
        old(people);
        Map<Path, byte[]> before = new HashMap<>();
        try (var files = Files.list(database().getParent())) {
            for (Path file : files.toList()) {
                before.put(file, Files.readAllBytes(file));
            }
        }
        Random random = new Random();
        int halfway = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (var file : before.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
            Files.deleteIfExists(database().resolveSibling("lintel.db-wal"));
            Files.deleteIfExists(database().resolveSibling("lintel.db-shm"));
            Process process = ChildJvm.start(Opening.class, database());
            assertThat(process.getInputStream().read()).isEqualTo('.');
            if (!process.waitFor(random.nextInt(1200), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
                process.waitFor();
                halfway++;
            }

            reopen();
            assertEverything(people);
            await(store.close());
            store = null;
        }
        System.out.printf("killed %d times while an old database was sealed%n", halfway);
        assertThat(halfway).isPositive();
    }

    @Test
    void shouldNotSealWithAKeyThatIsDamaged() throws Exception {
        old(3);
        Path key = database().resolveSibling("lintel.db.vault-key");
        Files.write(key, new byte[5]);

        assertThatThrownBy(this::reopen).isInstanceOf(StoreException.class).hasMessageContaining("is damaged");

        Files.delete(key);
        reopen();
        assertEverything(3);
    }

    /** The process that gets killed while it seals. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] args) {
            var vertx = Vertx.vertx();
            var out = standardOutput();
            out.print('.');
            out.flush();
            await(FaceStore.open(vertx, new StoreConfig(Path.of(args[0]), 0L), MODEL, defaultRules()));
            Runtime.getRuntime().halt(0);
        }
    }
}
