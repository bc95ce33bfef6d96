/**
 * People and their templates: SQLite on disk, the gallery in memory. One writer, one connection; work on it queues,
 * searches run beside it. May use {@code face}, {@code access},
 * {@code attendance}, {@code bus}, {@code metrics}.
 *
 * <p>{@link dev.lintel.store.FaceStore} answers the questions; {@code Transactions} keeps disk and gallery together,
 * {@code Tables} holds the SQL, {@code Database} and {@code Migrations} open the file. {@link dev.lintel.store.EventLog}
 * keeps what happens at the door, {@code Chain} and {@code Seals} its integrity. To change the schema, add
 * {@code resources/db/V9__….sql} and name it in {@code Migrations.current()}.
 */
package dev.lintel.store;
