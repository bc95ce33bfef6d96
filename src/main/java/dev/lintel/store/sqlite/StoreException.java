package dev.lintel.store.sqlite;

/** The store is broken or cannot be used; the message says what to do and holds no name. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
