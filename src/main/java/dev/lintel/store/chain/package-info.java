/** Sealed rows in a row, so that nothing can be changed, removed or cut off unseen. May use {@code sqlite}. */
package dev.lintel.store.chain;
