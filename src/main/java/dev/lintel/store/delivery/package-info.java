/** Who is still to be told of events. May use {@code log} and {@code sqlite}. */
package dev.lintel.store.delivery;
