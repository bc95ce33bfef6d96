/**
 * Everything that the verticles say to each other, one file for each capability: its addresses, and beside them its
 * questions and answers. Messages are immutable records of serialisable values, passed by reference inside the JVM. May
 * use {@code face}, {@code access} and {@code bus}.
 */
package dev.lintel.messages;
