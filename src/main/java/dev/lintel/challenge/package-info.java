/** Liveness on demand: asks for a few random movements of the head and judges by the landmarks whether they were made. */
package dev.lintel.challenge;
