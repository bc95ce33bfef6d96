/** What time it is, by a clock on the wall and by one that never jumps, and whether the one on the wall may be believed. */
package dev.lintel.clock;
