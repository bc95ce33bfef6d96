/**
 * What the box keeps, in SQLite on disk and as a gallery in memory. May use {@code face}, {@code access}, {@code attendance},
 * {@code visitors}, {@code bus}, {@code messages} and {@code metrics}.
 *
 * <p>{@link dev.lintel.store.FaceStore} opens the database and puts the parts together; {@link
 * dev.lintel.store.StoreVerticle} answers the questions with them. What concerns everything that is kept of a person is here
 * ({@code PersonChanges}, {@code PersonCollection}); each part is in a package of its own, which knows nothing of this one:
 * {@code people}, {@code log}, {@code attendance}, {@code visitors}, {@code delivery}, and under them {@code chain} and
 * {@code sqlite}. To change the schema, add a {@code Migration} to {@code Migrations.current()}.
 */
package dev.lintel.store;
