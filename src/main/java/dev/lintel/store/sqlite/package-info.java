/** What is SQLite's own: files, migrations, connections, transactions and the journal. Knows nothing of what is kept. */
package dev.lintel.store.sqlite;
