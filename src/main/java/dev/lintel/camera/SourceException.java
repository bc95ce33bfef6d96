package dev.lintel.camera;

/** A camera gives no frames. The message says why and what to do, and never holds a password or an address's path. */
final class SourceException extends Exception {
    private static final long serialVersionUID = 1;

    SourceException(String message) {
        super(message);
    }
}
