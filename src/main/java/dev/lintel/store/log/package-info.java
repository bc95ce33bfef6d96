/** The event log, its verification and retention. May use {@code attendance}, {@code people}, {@code chain} and {@code sqlite}. */
package dev.lintel.store.log;
