/**
 * Working time from events: what counts, days, months, lateness, exports. Plain Java; entries in, reports out.
 *
 * <p>{@link dev.lintel.attendance.Counting} says which events count, {@link dev.lintel.attendance.Marked} which entries,
 * {@link dev.lintel.attendance.Presence} makes time of them, {@link dev.lintel.attendance.Reports} days and months.
 */
package dev.lintel.attendance;
