package dev.lintel.clock;

/**
 * When the machine's clock is believed.
 *
 * @param trust what is asked for before schedules and dates are judged and attendance is counted
 */
public record ClockConfig(Trust trust) {

    public enum Trust {
        /** Synchronised, or kept by a clock with a battery; where a machine cannot say either, {@link #PLAUSIBLE}. */
        AUTO,
        /** Synchronised with the network since the machine started. */
        SYNCHRONISED,
        /** Not before this version of Lintel, nor before the last event of the log. */
        PLAUSIBLE,
        /** Whatever it says. */
        ALWAYS
    }
}
