package dev.lintel.store.sqlite;

import dev.lintel.store.secrets.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.sqlite.Function;

/**
 * What SQL calls to seal and open records, on one connection: {@code sealed(value, column, id)}, {@code opened(blob, column, id)},
 * {@code opened_text(blob, column, id)} and {@code keyed(kind, text)}; where a record does not open, {@code tried} answers null,
 * {@code tried_text} what no record says, and {@code opened_name} a name that says it; null stays null. So whatever is personal passes one place on its
 * way to and from the disk, on the connection's own thread.
 */
final class VaultFunctions {
    /** Before the message of a record that does not open. */
    static final String BROKEN = "sealed record: ";

    private VaultFunctions() {}

    static void register(Connection connection, Supplier<Vault> vault) throws SQLException {
        Function.create(connection, "sealed", new Sealing(vault, 0) {
            @Override
            void answer(Vault open) throws SQLException {
                result(open.seal(value(), place()));
            }
        });
        Function.create(connection, "opened", new Sealing(vault, 0) {
            @Override
            void answer(Vault open) throws SQLException {
                result(open.open(value(), place()));
            }
        });
        Function.create(connection, "opened_text", new Sealing(vault, 0) {
            @Override
            void answer(Vault open) throws SQLException {
                result(new String(open.open(value(), place()), StandardCharsets.UTF_8));
            }
        });
        Function.create(connection, "tried", new Sealing(vault, 0) {
            @Override
            void answer(Vault open) throws SQLException {
                try {
                    result(open.open(value(), place()));
                } catch (Vault.BrokenSeal e) {
                    result();
                }
            }
        });
        Function.create(connection, "opened_name", new Sealing(vault, 0) {
            @Override
            void answer(Vault open) throws SQLException {
                try {
                    result(new String(open.open(value(), place()), StandardCharsets.UTF_8));
                } catch (Vault.BrokenSeal e) {
                    result("damaged name " + value_text(2));
                }
            }
        });
        Function.create(connection, "tried_text", new Sealing(vault, 0) {
            @Override
            void answer(Vault open) throws SQLException {
                try {
                    result(new String(open.open(value(), place()), StandardCharsets.UTF_8));
                } catch (Vault.BrokenSeal e) {
                    result("\u0000" + e.getMessage());
                }
            }
        });
        Function.create(connection, "keyed", new Sealing(vault, 1) {
            @Override
            void answer(Vault open) throws SQLException {
                result(open.keyed(value_text(0), value_text(1)));
            }
        });
    }

    private abstract static class Sealing extends Function {
        /** SQLite's number of the type of a null. */
        private static final int NULL = 5;

        private final Supplier<Vault> vault;
        private final int value;

        /** @param value which argument may be null */
        Sealing(Supplier<Vault> vault, int value) {
            this.vault = vault;
            this.value = value;
        }

        @Override
        protected void xFunc() throws SQLException {
            if (value_type(value) == NULL) {
                result();
                return;
            }
            Vault open = vault.get();
            if (open == null) {
                error(BROKEN + "the key was not read yet");
                return;
            }
            try {
                answer(open);
            } catch (Vault.BrokenSeal e) {
                error(BROKEN + e.getMessage());
            }
        }

        abstract void answer(Vault open) throws SQLException;

        /** SQLite gives no array for a value of no bytes. */
        byte[] value() throws SQLException {
            byte[] bytes = value_blob(0);
            return bytes == null ? new byte[0] : bytes;
        }

        String place() throws SQLException {
            return value_text(1) + "/" + value_text(2);
        }
    }
}
