/**
 * From encoded bytes to found, aligned and judged faces. OpenCV stays inside this package. May use {@code
 * face}, {@code inference}; plain Java, thread-safe.
 */
package dev.lintel.vision;
