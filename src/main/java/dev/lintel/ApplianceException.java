package dev.lintel;

/** The appliance cannot start; the message says why and what to do. */
public final class ApplianceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean permanent;

    /** @param permanent whether starting it again cannot help, as with a wrong model pack */
    public ApplianceException(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    public boolean permanent() {
        return permanent;
    }
}
