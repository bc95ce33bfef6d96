/** What happens at the door, as values: sightings, decisions, events. No behaviour, nothing but the JDK. */
package dev.lintel.access;
