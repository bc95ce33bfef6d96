/**
 * What releases a door: {@link dev.lintel.door.lock.Lock} and its kinds, {@link dev.lintel.door.lock.TimedLock} that
 * sees to it that it is locked again, and GPIO lines behind {@link dev.lintel.door.lock.Chips}.
 */
package dev.lintel.door.lock;
