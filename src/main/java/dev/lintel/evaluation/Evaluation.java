package dev.lintel.evaluation;

import dev.lintel.evaluation.report.Section;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.LfwProtocol;
import dev.lintel.evaluation.score.Proportion;
import dev.lintel.evaluation.score.ScoreDistribution;
import dev.lintel.face.Calibration;
import dev.lintel.face.FusedLooks;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.ThresholdPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns samples into sections of a report. Which questions are asked is the caller's choice; each method answers
 * one. Not thread-safe.
 */
public final class Evaluation {
    private final Samples samples;
    private final Calibration calibration;
    private final ThresholdPolicy policy;
    private final Gate gate;
    private final GroupLabels groups;
    private final Thumbnails thumbnails;

    /**
     * @param strict whether faces that the appliance would refuse for quality or liveness count as failures
     * @param roots folders that file names are shown relative to
     * @param withThumbnails a path to make pictures of the worst errors with, or nothing for names only
     */
    public Evaluation(
            Samples samples,
            Calibration calibration,
            RecognitionConfig recognition,
            boolean strict,
            GroupLabels groups,
            List<Path> roots,
            Optional<FacePath> withThumbnails) {
        this.samples = samples;
        this.calibration = calibration;
        this.policy = new ThresholdPolicy(calibration, recognition);
        this.gate = new Gate(strict, recognition);
        this.groups = groups;
        this.thumbnails = new Thumbnails(roots, file -> withThumbnails.flatMap(path -> path.crop(file)));
    }

    /** Every question of the plan, answered. */
    public List<Section> sections(EvaluationPlan plan, int threads) {
        List<Section> sections = new ArrayList<>();
        plan.pairs().ifPresent(pairs -> sections.add(pairs(pairs)));
        plan.people().filter(p -> p.people().size() > 1).ifPresent(people -> {
            sections.add(allPairs(people));
            if (plan.enrol() > 0) {
                sections.add(identification(people, plan.enrol(), plan.strangers()));
            }
        });
        if (!plan.live().isEmpty()) {
            sections.add(liveness(plan.live(), plan.attacks()));
        }
        List<Path> wanted = new ArrayList<>();
        plan.people().ifPresent(people -> wanted.addAll(people.files()));
        plan.strangers().ifPresent(strangers -> wanted.addAll(strangers.files()));
        sections.add(images(wanted.isEmpty() ? plan.live() : wanted, threads));
        return sections;
    }

    /**
     * What became of the images, and how long they took.
     *
     * @param wanted images of people who want to be recognised: no attacks
     */
    public Section images(Collection<Path> wanted, int threads) {
        return AcquisitionSection.build(
                wanted.stream().map(samples::of).toList(),
                samples,
                new Gate(true, gate.config()),
                groups,
                thumbnails,
                threads);
    }

    /** LFW's protocol. A pair with an image that cannot be used counts as "not the same person". */
    public Section pairs(PairsFile pairs) {
        List<LfwProtocol.Fold> folds = new ArrayList<>();
        List<Comparisons.Mated> mated = new ArrayList<>();
        List<Double> nonMated = new ArrayList<>();
        WorstPairs low = new WorstPairs(Comparisons.WORST, false);
        WorstPairs high = new WorstPairs(Comparisons.WORST, true);
        List<PairsFile.Pair> all = pairs.folds().stream().flatMap(List::stream).toList();
        int index = 0;
        long failed = 0;
        for (List<PairsFile.Pair> fold : pairs.folds()) {
            List<Double> same = new ArrayList<>();
            List<Double> different = new ArrayList<>();
            for (PairsFile.Pair pair : fold) {
                double similarity = similarity(pair);
                failed += Double.isInfinite(similarity) ? 1 : 0;
                (pair.mated() ? same : different).add(similarity);
                if (pair.mated()) {
                    mated.add(new Comparisons.Mated(pair.person(), similarity));
                } else {
                    nonMated.add(similarity);
                }
                (pair.mated() ? low : high).offer(index, index, similarity);
                index++;
            }
            folds.add(new LfwProtocol.Fold(array(same), array(different)));
        }
        ErrorCurve curve = new ErrorCurve(
                ScoreDistribution.of(mated.stream()
                        .mapToDouble(Comparisons.Mated::similarity)
                        .toArray()),
                ScoreDistribution.of(array(nonMated)));
        Comparisons comparisons =
                new Comparisons(curve, mated, pairsOf(low, all), pairsOf(high, all), Map.of(), nonMated.size());
        return section(comparisons)
                .build(
                        "verification",
                        "Verification 1:1, the listed pairs",
                        String.format(
                                java.util.Locale.ROOT,
                                "%,d pairs in %d folds; each fold is judged with the threshold that is best on the others. %,d pairs contain an"
                                        + " image that could not be used and count as different people.",
                                all.size(),
                                folds.size(),
                                failed),
                        folds.size() < 2 ? Optional.empty() : Optional.of(LfwProtocol.evaluate(folds)));
    }

    private static List<Comparisons.Pair> pairsOf(WorstPairs worst, List<PairsFile.Pair> all) {
        return worst.list().stream()
                .map(c ->
                        new Comparisons.Pair(all.get(c.a()).a(), all.get(c.a()).b(), c.similarity()))
                .toList();
    }

    private double similarity(PairsFile.Pair pair) {
        Optional<float[]> a = usable(pair.a());
        Optional<float[]> b = usable(pair.b());
        return a.isEmpty() || b.isEmpty() ? Double.NEGATIVE_INFINITY : AllPairs.dot(a.get(), b.get());
    }

    /** Every image against every other. Images that cannot be used are left out. */
    public Section allPairs(PeopleFolder people) {
        return section(comparisons(people))
                .build(
                        "all-pairs",
                        "Verification 1:1, every image against every other",
                        "Images that cannot be used are left out of these rates; they are counted under Images. Intervals resample people,"
                                + " whose comparisons succeed or fail together.",
                        Optional.empty());
    }

    /** The comparisons behind {@link #allPairs}, for calibration. */
    Comparisons comparisons(PeopleFolder people) {
        List<AllPairs.Entry> entries = new ArrayList<>();
        people.people()
                .forEach((person, files) -> files.forEach(file -> usable(file)
                        .ifPresent(vector -> entries.add(
                                new AllPairs.Entry(file, person, groups.of(file).orElse(null), vector)))));
        return AllPairs.compare(entries);
    }

    private VerificationSection section(Comparisons comparisons) {
        return new VerificationSection(comparisons, policy, calibration, thumbnails);
    }

    /**
     * Enrols the first photos of everyone who has more than {@code enrol}, searches the others, and strangers.
     *
     * @param strangers where absent, those with too few photos to take part, one photo each
     */
    public Section identification(PeopleFolder people, int enrol, Optional<PeopleFolder> strangers) {
        Map<String, List<float[]>> gallery = new LinkedHashMap<>();
        List<Map.Entry<String, Path>> unknown = new ArrayList<>();
        long wanted = 0;
        for (Map.Entry<String, List<Path>> entry : people.people().entrySet()) {
            if (entry.getValue().size() <= enrol) {
                unknown.add(Map.entry(entry.getKey(), entry.getValue().get(0)));
                continue;
            }
            List<float[]> templates = new ArrayList<>();
            for (Path file : entry.getValue().subList(0, enrol)) {
                wanted++;
                Sample sample = samples.of(file);
                if (gate.refusesToEnrol(sample).isEmpty()) {
                    templates.add(sample.face().orElseThrow().embedding().vector());
                }
            }
            gallery.put(entry.getKey(), templates);
        }
        if (strangers.isPresent()) {
            unknown.clear();
            strangers
                    .get()
                    .people()
                    .forEach((name, files) -> files.forEach(file -> unknown.add(Map.entry(name, file))));
        }
        long invited = gallery.size();
        long stored = gallery.values().stream().mapToLong(List::size).sum();
        GallerySearch search = new GallerySearch(gallery);
        gallery.keySet()
                .forEach(person -> people.people().get(person).stream()
                        .skip(enrol)
                        .forEach(file ->
                                search.searchMated(file, person, usable(file).orElse(null))));
        unknown.forEach(who -> search.searchStranger(
                who.getValue(), who.getKey(), usable(who.getValue()).orElse(null)));
        Map<String, List<Path>> others = new LinkedHashMap<>();
        unknown.forEach(who ->
                others.computeIfAbsent(who.getKey(), name -> new ArrayList<>()).add(who.getValue()));
        Map<String, List<Path>> probes = new LinkedHashMap<>();
        gallery.keySet()
                .forEach(person -> probes.put(
                        person, people.people().get(person).stream().skip(enrol).toList()));
        return IdentificationSection.build(
                search,
                new Proportion(wanted - stored, wanted),
                new Proportion(invited - search.people(), invited),
                new LooksTable(search, policy, looks(probes), looks(others)).build(),
                policy,
                thumbnails);
    }

    /** @param attacks files by kind of attack */
    public Section liveness(Collection<Path> live, Map<String, List<Path>> attacks) {
        Map<String, List<Sample>> byKind = new LinkedHashMap<>();
        attacks.forEach((kind, files) ->
                byKind.put(kind, files.stream().map(samples::of).toList()));
        return new LivenessSection(
                        new AttackTrial(live.stream().map(samples::of).toList(), byKind), thumbnails)
                .build();
    }

    private Map<String, List<FusedLooks.Look>> looks(Map<String, List<Path>> files) {
        Map<String, List<FusedLooks.Look>> looks = new LinkedHashMap<>();
        files.forEach((person, theirs) -> looks.put(
                person,
                theirs.stream()
                        .map(samples::of)
                        .filter(sample -> gate.refusesToCompare(sample).isEmpty())
                        .map(sample -> LookGroups.look(sample.face().orElseThrow()))
                        .toList()));
        return looks;
    }

    private Optional<float[]> usable(Path file) {
        Sample sample = samples.of(file);
        return gate.refusesToCompare(sample).isPresent()
                ? Optional.empty()
                : Optional.of(sample.face().orElseThrow().embedding().vector());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(d -> d).toArray();
    }
}
