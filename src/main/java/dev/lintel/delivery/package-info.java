/** Events to others: webhooks and MQTT from the durable outbox. */
package dev.lintel.delivery;
