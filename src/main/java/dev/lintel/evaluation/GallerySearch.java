package dev.lintel.evaluation;

import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.ScoreDistribution;
import dev.lintel.face.GallerySize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Open-set search 1:N with the appliance's own score of a person. Probes of
 * people in the gallery ought to come out first with their own name; strangers ought to reach nobody.
 */
final class GallerySearch {
    private final Map<String, KnownPerson> gallery = new LinkedHashMap<>();
    private final List<Probe> mated = new ArrayList<>();
    private final List<Probe> strangers = new ArrayList<>();
    private final List<Probe> leftOut = new ArrayList<>();

    /**
     * One search.
     *
     * @param person whose face it is
     * @param top who came out first
     * @param similarity of the first; negative infinity if the probe could not be searched
     */
    record Probe(Path file, String person, String top, double similarity) {
        boolean ownFirst() {
            return person.equals(top);
        }
    }

    /** @param gallery unit vectors of each person; a person without any was not enrolled */
    GallerySearch(Map<String, List<float[]>> gallery) {
        gallery.forEach((person, templates) -> {
            if (!templates.isEmpty()) {
                this.gallery.put(person, KnownPerson.of(templates));
            }
        });
    }

    /**
     * Someone who ought to be in the gallery; also counts as a stranger to the gallery without them.
     *
     * @param vector null if the probe was refused: a miss
     */
    void searchMated(Path file, String person, float[] vector) {
        if (vector == null) {
            mated.add(new Probe(file, person, "", Double.NEGATIVE_INFINITY));
            return;
        }
        mated.add(first(file, person, vector, null));
        leftOut.add(first(file, person, vector, person));
    }

    /** @param vector null if the probe was refused: it opens no door */
    void searchStranger(Path file, String person, float[] vector) {
        strangers.add(
                vector == null
                        ? new Probe(file, person, "", Double.NEGATIVE_INFINITY)
                        : first(file, person, vector, null));
    }

    private Probe first(Path file, String person, float[] vector, String without) {
        String top = "";
        double best = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, KnownPerson> entry : gallery.entrySet()) {
            if (entry.getKey().equals(without)) {
                continue;
            }
            double similarity = entry.getValue().score(vector);
            if (similarity > best) {
                best = similarity;
                top = entry.getKey();
            }
        }
        return new Probe(file, person, top, best);
    }

    int people() {
        return gallery.size();
    }

    /** The nearest person, and how near. */
    Probe nearest(Path file, String person, float[] vector, boolean withoutThePerson) {
        return first(file, person, vector, withoutThePerson ? person : null);
    }

    GallerySize size() {
        return new GallerySize(
                gallery.values().stream()
                        .mapToInt(known -> known.templates().size())
                        .sum(),
                gallery.size());
    }

    List<Probe> mated() {
        return mated;
    }

    List<Probe> strangers() {
        return strangers;
    }

    List<Probe> leftOut() {
        return leftOut;
    }

    /** FNIR over FPIR: a mated probe is accepted only if its own person comes first. */
    ErrorCurve curve(List<Probe> nonMated) {
        return new ErrorCurve(
                ScoreDistribution.of(mated.stream()
                        .mapToDouble(p -> p.ownFirst() ? p.similarity : Double.NEGATIVE_INFINITY)
                        .toArray()),
                ScoreDistribution.of(
                        nonMated.stream().mapToDouble(Probe::similarity).toArray()));
    }

    /** Mated probes that another person's name would have answered. */
    long mistaken(double threshold) {
        return mated.stream()
                .filter(p -> !p.ownFirst() && p.similarity >= threshold)
                .count();
    }
}
