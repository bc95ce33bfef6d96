package dev.lintel.store;

import dev.lintel.access.LogCheck;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages.NoteAct;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.store.attendance.AttendanceTable;
import dev.lintel.store.chain.Chain;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.log.ActLog;
import dev.lintel.store.log.EventLog;
import dev.lintel.store.log.LogVerification;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.Keyring;
import dev.lintel.store.sqlite.Lanes;
import dev.lintel.store.sqlite.MasterKey;
import dev.lintel.store.sqlite.MasterSource;
import dev.lintel.store.sqlite.Migrations;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.WriteAheadLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Looks whether a copy of the database is whole, and makes it a box's own. Works on threads of its own, beside a box that runs. Blocks.
 * Stateless.
 */
public final class CopiedStore {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private CopiedStore() {}

    /**
     * What a copy holds.
     *
     * @param entries of the event log and the attendance book
     */
    public record Contents(int people, int templates, int accounts, long entries) {}

    /** The schema that this Lintel knows. */
    public static int schema() {
        return Migrations.current().steps().size();
    }

    /** The schema of a database file, and how many people are in it. */
    public static int[] glance(Path database) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            return new int[] {
                (int) number(statement, "PRAGMA user_version"), (int) number(statement, "SELECT count(*) FROM person")
            };
        } catch (SQLException e) {
            throw Database.explain(e);
        }
    }

    /**
     * Opens the copy with its keys, checks every page, every seal and every link of the log. The copy is brought to this Lintel's schema
     * on the way, and is one file afterwards.
     *
     * @throws StoreException if anything is wrong; says what
     */
    public static Contents check(StoreCopy copy) {
        return opened(copy, MasterSource.ofTheMoment(), (vertx, database) -> contents(copy, vertx, database));
    }

    /**
     * Makes a checked copy the database of a box: opened by that box's key from now on, nobody logged in, and with the act in its log.
     *
     * @param act what is to be written down
     * @return the content of the key file that has to lie beside it; empty if the key comes from elsewhere
     */
    public static Optional<byte[]> settle(StoreCopy copy, StoreConfig target, AttendanceConfig rules, Act act) {
        MasterSource.Made made = target.master().fresh();
        opened(copy, MasterSource.ofTheMoment(), (vertx, database) -> {
            noted(copy, vertx, database, rules, act);
            try (Connection connection = database.writing().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM session");
                Keyring.write(connection, copy.dataKeys(), made);
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            return null;
        });
        return made.way() == MasterKey.FILE ? Optional.of(made.key()) : Optional.empty();
    }

    private interface Work<T> {
        T on(Vertx vertx, Database database) throws SQLException;
    }

    private static <T> T opened(StoreCopy copy, MasterSource moment, Work<T> work) {
        StoreFiles files = new StoreFiles(copy.database());
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4).setInternalBlockingPoolSize(2));
        try {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.database())) {
                Keyring.write(connection, copy.dataKeys(), moment.fresh());
            }
            try (Database database = Database.open(files, Migrations.current(), moment)) {
                T found = work.on(vertx, database);
                try (Connection connection = database.writing().getConnection();
                        Statement statement = connection.createStatement()) {
                    // One file, without a journal beside it.
                    statement.execute("PRAGMA journal_mode = DELETE");
                }
                return found;
            }
        } catch (SQLException e) {
            throw Database.explain(e);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Contents contents(StoreCopy copy, Vertx vertx, Database database) throws SQLException {
        Seals seals = new Seals(copy.logKey());
        try (Connection connection = database.reading().getConnection();
                Statement statement = connection.createStatement()) {
            String mark = StoreKeys.mark(connection, StoreKeys.LOG);
            if (mark != null && !mark.equals(seals.fingerprint())) {
                throw new StoreException("the key of the log in it is another one than the log was written with");
            }
            LogCheck log = logCheck(vertx, database, copy, seals);
            if (!log.intact()) {
                throw new StoreException(
                        "its log does not fit its seals: 'lintel events --verify' on the box says where");
            }
            return new Contents(
                    (int) number(statement, "SELECT count(*) FROM person"),
                    (int) number(statement, "SELECT count(*) FROM template"),
                    (int) number(statement, "SELECT count(*) FROM account"),
                    log.books().stream().mapToLong(LogCheck.Book::entries).sum());
        }
    }

    private static LogCheck logCheck(Vertx vertx, Database database, StoreCopy copy, Seals seals) {
        Chain attendance = new AttendanceTable(seals).chain();
        return with(
                vertx,
                database,
                copy,
                transactions -> new LogVerification(transactions, new Chain("event", seals), attendance)
                        .verify(new VerifyLog(Deadline.after(PATIENCE))));
    }

    private static void noted(StoreCopy copy, Vertx vertx, Database database, AttendanceConfig rules, Act act) {
        Asker console = new Asker("console", "admin", "");
        with(vertx, database, copy, transactions -> {
            EventLog events = new EventLog(
                    transactions,
                    new Seals(copy.logKey()),
                    rules,
                    InstantSource.system(),
                    (change, event) -> Future.succeededFuture());
            transactions.keepDiary(new ActLog(events, InstantSource.system()));
            return transactions.write(
                    new NoteAct(act, Deadline.after(PATIENCE, console)),
                    change -> Future.succeededFuture(Outcome.done(true)));
        });
    }

    private static <T> T with(
            Vertx vertx, Database database, StoreCopy copy, Function<Transactions, Future<Outcome<T>>> work) {
        StoreFiles files = new StoreFiles(copy.database());
        Future<T> answer = Lanes.open(vertx, database)
                .compose(lanes -> work.apply(new Transactions(vertx, lanes, new WriteAheadLog(vertx, lanes, files)))
                        .eventually(lanes::close))
                .map(outcome -> outcome.fold(value -> value, refusal -> {
                    throw new StoreException("the copy could not be looked at: " + refusal.detail());
                }));
        try {
            return answer.await(PATIENCE.toMinutes(), TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new StoreException("the copy could not be looked at in time", e);
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.getLong(1);
        }
    }
}
