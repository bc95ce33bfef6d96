/**
 * The use cases - enrol, identify, verify, detect - as a few asks each, and the policy that sets thresholds.
 * May use {@code face}, {@code bus}, {@code metrics}.
 */
package dev.lintel.recognition;
