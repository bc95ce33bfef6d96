/**
 * Everything that the verticles say to each other: {@link dev.lintel.bus.Addresses} lists the questions,
 * {@link dev.lintel.bus.Bus} carries them. Messages are immutable records of serialisable values, passed by
 * reference inside the JVM. May use {@code face} and {@code metrics}; only {@code Bus}, its codec and {@code WorkPool} touch Vert.x.
 */
package dev.lintel.bus;
