/**
 * People and their templates: SQLite on disk, the gallery in memory. One writer. May use {@code face}, {@code
 * bus}, {@code metrics}.
 */
package dev.lintel.store;
