/** Unknown people who were seen lately. May use {@code people} and {@code sqlite}. */
package dev.lintel.store.visitors;
