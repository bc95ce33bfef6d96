package dev.lintel.store;

import dev.lintel.access.ConsentConfig;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.visitors.VisitorsConfig;
import java.time.InstantSource;

/**
 * What follows from an event that is recorded.
 *
 * @param attendance what counts as attendance, and how long everything is kept
 * @param visitors which unknown people are remembered
 * @param visitorSimilarity mean cosine similarity from which on two visits are one unknown person's
 * @param consent what is asked of consent
 * @param clock when things are written and purged
 */
public record EventRules(
        AttendanceConfig attendance,
        VisitorsConfig visitors,
        double visitorSimilarity,
        ConsentConfig consent,
        InstantSource clock) {

    /** Without anything that is asked of consent. */
    public EventRules(
            AttendanceConfig attendance, VisitorsConfig visitors, double visitorSimilarity, InstantSource clock) {
        this(attendance, visitors, visitorSimilarity, ConsentConfig.none(), clock);
    }
}
