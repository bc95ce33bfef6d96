/** Comings and goings and their corrections. May use {@code people}, {@code chain} and {@code sqlite}. */
package dev.lintel.store.attendance;
