/**
 * Aligned faces to vectors, and the verticle with its worker pool. May use {@code face}, {@code bus}, {@code
 * inference}, {@code metrics}.
 */
package dev.lintel.embedding;
