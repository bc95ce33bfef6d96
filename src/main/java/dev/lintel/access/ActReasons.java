package dev.lintel.access;

import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An act as reasons of an event: first what was done, with its ids as words, then by whom, then the ids as one text. */
public final class ActReasons {
    /** Before the code of an act. */
    public static final String CODE = "act-";

    private ActReasons() {}

    /** @param details ids and words in the order in which they are told */
    public static List<Reason> of(Asker asker, Act act, Map<String, String> details) {
        List<Reason> reasons = new ArrayList<>();
        reasons.add(new Reason(CODE + act.code(), Map.of(), details));
        reasons.add(Reason.said("act-by", "by", or(asker.name()))
                .with("role", or(asker.role()))
                .with("from", or(asker.address())));
        if (!details.isEmpty()) {
            reasons.add(Reason.said(
                    "act-details",
                    "details",
                    details.entrySet().stream()
                            .map(detail -> detail.getKey() + " " + detail.getValue())
                            .collect(Collectors.joining(", "))));
        }
        return reasons;
    }

    private static String or(String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
