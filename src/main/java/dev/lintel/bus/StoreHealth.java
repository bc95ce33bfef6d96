package dev.lintel.bus;

import java.io.Serializable;

/**
 * @param writable whether a write was possible just now
 * @param people enrolled people
 * @param templates stored templates of any model
 * @param comparable stored templates of the model in use; the others are kept but never compared
 * @param databaseBytes size of the database file
 * @param freeBytes free space of its disk
 */
public record StoreHealth(
        boolean writable, int people, int templates, int comparable, long databaseBytes, long freeBytes)
        implements Serializable {}
