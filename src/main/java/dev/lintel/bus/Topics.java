package dev.lintel.bus;

/** What is announced on the bus. */
public final class Topics {
    /** Everything that was recorded, in the order of its sequence, after it is on disk. */
    public static final Topic<Recorded> EVENTS = new Topic<>("door.events");

    /** Who is before the cameras just now, a few times a second while somebody is; for live views. */
    public static final Topic<LiveView> LIVE = new Topic<>("camera.live");

    /** A label that was deleted or renamed, after that is on disk. */
    public static final Topic<PersonForgotten> FORGOTTEN = new Topic<>("store.forgotten");

    private Topics() {}
}
