/**
 * Who may pass when: a pure function of a sighting, the person's rights, the state of the door and the moment. Plain
 * Java. {@link dev.lintel.door.policy.DoorPolicy} lists the rules in their order.
 */
package dev.lintel.door.policy;
