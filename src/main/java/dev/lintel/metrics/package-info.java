/** Every meter of the box, by name, in one class. May use Micrometer only; safe on any thread. */
package dev.lintel.metrics;
