package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of an identification run, and the rates that follow (ISO/IEC 19795-1): FNIR, how often a person in the
 * gallery is not recognised, and FPIR, how often a stranger is taken for somebody. Not thread-safe.
 */
final class Figures {
    private final int people;
    private int enrolments;
    private int enrolled;
    private int mated;
    private int recognised;
    private int mistaken;
    private int matedRefused;
    private int strangers;
    private int falsePositives;
    private int strangersRefused;
    private JsonNode threshold;
    private final Map<String, Integer> refusals = new TreeMap<>();

    Figures(int people) {
        this.people = people;
    }

    void enrolled(Client.Answer answer) {
        enrolments++;
        if (answer.ok()) {
            enrolled++;
        } else {
            refused("enrolment", answer);
        }
    }

    /** A probe of somebody in the gallery. A refused one counts as not recognised. */
    void mated(String label, Client.Answer answer) {
        mated++;
        if (!answer.ok()) {
            matedRefused++;
            refused("identification", answer);
            return;
        }
        threshold = answer.body().path("threshold");
        String said = answer.body().path("label").asText();
        if (said.equals(Normalizer.normalize(label, Normalizer.Form.NFC))) {
            recognised++;
        } else if (!said.equals("unknown")) {
            mistaken++;
        }
    }

    /** A probe of nobody in the gallery. A refused one opens no door. */
    void stranger(Client.Answer answer) {
        strangers++;
        if (!answer.ok()) {
            strangersRefused++;
            refused("identification", answer);
        } else if (!answer.body().path("label").asText().equals("unknown")) {
            falsePositives++;
        }
    }

    private void refused(String when, Client.Answer answer) {
        if (answer.status() >= 500) {
            answer.orFail();
        }
        refusals.merge(when + ": " + answer.code(), 1, Integer::sum);
    }

    double fnir() {
        return rate(mated - recognised, mated);
    }

    double fpir() {
        return rate(falsePositives, strangers);
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Gallery: %d people, %d of %d photos enrolled (failure to enrol %s).%n",
                people,
                enrolled,
                enrolments,
                interval(enrolments - enrolled, enrolments));
        if (threshold != null) {
            out.printf(
                    Locale.ROOT,
                    "Threshold: distance %.3f (similarity %.3f), from %s.%n",
                    threshold.path("distance").asDouble(),
                    threshold.path("similarity").asDouble(),
                    threshold.path("source").asText());
        }
        out.printf(
                Locale.ROOT,
                "FNIR %s: of %d probes of enrolled people %d were not recognised (%d taken for somebody else, %d refused).%n",
                interval(mated - recognised, mated),
                mated,
                mated - recognised,
                mistaken,
                matedRefused);
        if (strangers > 0) {
            out.printf(
                    Locale.ROOT,
                    "FPIR %s: of %d probes of strangers %d were taken for somebody (%d refused).%n",
                    interval(falsePositives, strangers),
                    strangers,
                    falsePositives,
                    strangersRefused);
        }
        refusals.forEach((reason, count) -> out.println("  refused at " + reason + " " + count));
        out.flush();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("people", people);
        map.put("enrolments", enrolments);
        map.put("enrolled", enrolled);
        map.put("matedProbes", mated);
        map.put("recognised", recognised);
        map.put("takenForSomebodyElse", mistaken);
        map.put("matedRefused", matedRefused);
        map.put("fnir", fnir());
        map.put("strangerProbes", strangers);
        map.put("falsePositives", falsePositives);
        map.put("strangersRefused", strangersRefused);
        map.put("fpir", fpir());
        map.put("threshold", threshold);
        map.put("refusals", refusals);
        return map;
    }

    private static double rate(int part, int all) {
        return all == 0 ? Double.NaN : (double) part / all;
    }

    /** The rate with Wilson's 95 % confidence interval. */
    static String interval(int part, int all) {
        if (all == 0) {
            return "-";
        }
        double z = 1.96;
        double p = (double) part / all;
        double centre = (p + z * z / (2 * all)) / (1 + z * z / all);
        double half = z / (1 + z * z / all) * Math.sqrt(p * (1 - p) / all + z * z / (4.0 * all * all));
        return String.format(
                Locale.ROOT,
                "%.2f %% [%.2f, %.2f]",
                100 * p,
                100 * Math.max(0, centre - half),
                100 * Math.min(1, centre + half));
    }
}
