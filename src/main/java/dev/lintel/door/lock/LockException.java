package dev.lintel.door.lock;

/** A lock or sensor cannot be used; the message says why and what to do. */
public final class LockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LockException(String message) {
        super(message);
    }

    public LockException(String message, Throwable cause) {
        super(message, cause);
    }
}
