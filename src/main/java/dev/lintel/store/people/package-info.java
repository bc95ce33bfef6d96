/** People, their templates on disk and in memory, their rights, and backups of both. May use {@code sqlite}. */
package dev.lintel.store.people;
