/** Working time from events: days, months, lateness, exports. Plain Java. */
package dev.lintel.attendance;
