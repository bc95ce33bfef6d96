/**
 * Live face or presentation attack? Composable checks, and the screening that a worker does in one hop: decode,
 * detect, align, judge. May use {@code face}, {@code bus}, {@code vision}, {@code inference}, {@code metrics}.
 */
package dev.lintel.liveness;
