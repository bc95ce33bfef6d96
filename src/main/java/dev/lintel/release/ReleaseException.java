package dev.lintel.release;

/** A package that is not installed; the message says why, and what to do. Nothing was changed. */
public final class ReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReleaseException(String message) {
        super(message);
    }
}
