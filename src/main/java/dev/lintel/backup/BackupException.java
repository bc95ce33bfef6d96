package dev.lintel.backup;

/** A backup cannot be made, is not whole, or cannot be put back; the message says what to do and holds no name. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
