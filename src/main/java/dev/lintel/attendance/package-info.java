/**
 * Working time from events: what counts, days, months, lateness, exports. Plain Java; entries in, reports out.
 *
 * <p>{@link dev.lintel.attendance.Counting} says which events count, {@link dev.lintel.attendance.Marked} which entries.
 * {@link dev.lintel.attendance.Stays} pairs comings with goings, {@link dev.lintel.attendance.Duties} says who is expected when,
 * {@link dev.lintel.attendance.AttendanceReports} makes days and months of both.
 */
package dev.lintel.attendance;
