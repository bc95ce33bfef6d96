/**
 * Events to others: webhooks and MQTT from the durable outbox, in order, each target at its own pace. May use {@code
 * face}, {@code access}, {@code bus}, {@code metrics}. Everything runs on the verticle's event loop.
 */
package dev.lintel.delivery;
