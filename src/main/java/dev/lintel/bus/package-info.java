/**
 * How verticles speak to each other: {@link dev.lintel.bus.Bus} carries questions to an {@link dev.lintel.bus.Address} and
 * announcements to a {@link dev.lintel.bus.Topic}. What they say is in {@code messages}. May use {@code face} and
 * {@code metrics}; only {@code Bus}, its codec and {@code WorkPool} touch Vert.x.
 */
package dev.lintel.bus;
