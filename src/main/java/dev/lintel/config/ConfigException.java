package dev.lintel.config;

/** The configuration cannot be used; the message names the file, the key and what it must be. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Exit status of a program whose configuration is wrong (EX_CONFIG); the service manager does not retry it. */
    public static final int EXIT_CODE = 78;

    public ConfigException(String message) {
        super(message);
    }
}
