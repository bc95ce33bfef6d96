package dev.lintel.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which images are read, and which questions are asked of them. Found by what is on disk; nothing is decoded yet.
 *
 * @param people the folder of people; with pairs, only the images that the pairs name
 * @param pairs LFW pairs among them
 * @param enrol photos of each person to enrol for the search 1:N; 0 for no search
 * @param strangers people outside the gallery
 * @param live images of live faces
 * @param attacks images of attacks by their kind
 * @param roots the folders that names are shown relative to
 */
public record EvaluationPlan(
        Optional<PeopleFolder> people,
        Optional<PairsFile> pairs,
        int enrol,
        Optional<PeopleFolder> strangers,
        List<Path> live,
        Map<String, List<Path>> attacks,
        List<Path> roots) {

    /** Where to look. Any of them may be null, not all. */
    public record Sources(Path people, Path pairs, int enrol, Path strangers, Path live, Path attacks) {}

    /** @throws IOException if something is not there, or there is nothing to evaluate in it */
    public static EvaluationPlan of(Sources from) throws IOException {
        List<Path> roots = new ArrayList<>();
        Optional<PeopleFolder> people = folder(from.people, roots);
        Optional<PeopleFolder> strangers = folder(from.strangers, roots);
        Optional<PairsFile> pairs = Optional.empty();
        int enrol = from.enrol;
        if (from.pairs != null) {
            if (people.isEmpty()) {
                throw new IOException("a pairs file needs the folder of the people that it names");
            }
            pairs = Optional.of(PairsFile.read(from.pairs, from.people));
            people = Optional.of(people.get().only(pairs.get().files()));
            enrol = strangers.isPresent() ? enrol : 0;
        }
        List<Path> live = List.of();
        Map<String, List<Path>> attacks = Map.of();
        if (from.live != null) {
            live = images(from.live, roots).values().stream()
                    .flatMap(List::stream)
                    .toList();
            attacks = images(from.attacks, roots);
        }
        EvaluationPlan plan = new EvaluationPlan(people, pairs, enrol, strangers, live, attacks, roots);
        if (plan.files().isEmpty()) {
            throw new IOException(
                    "nothing to evaluate: name a folder with a folder of photos for each person, or folders of"
                            + " live faces and attacks");
        }
        return plan;
    }

    private static Optional<PeopleFolder> folder(Path root, List<Path> roots) throws IOException {
        if (root == null) {
            return Optional.empty();
        }
        PeopleFolder folder = PeopleFolder.read(root);
        if (folder.people().isEmpty()) {
            throw new IOException(
                    root + ": no photos in it (.jpg, .png, .webp, .bmp, .gif, .tif), nor in the folders below");
        }
        roots.add(root);
        return Optional.of(folder);
    }

    private static Map<String, List<Path>> images(Path root, List<Path> roots) throws IOException {
        Map<String, List<Path>> images = PeopleFolder.byFolder(root);
        if (images.isEmpty()) {
            throw new IOException(root + ": no images in it");
        }
        roots.add(root);
        return new LinkedHashMap<>(images);
    }

    /** Every image that has to be read, once. */
    public List<Path> files() {
        Set<Path> files = new LinkedHashSet<>();
        people.ifPresent(p -> files.addAll(p.files()));
        strangers.ifPresent(s -> files.addAll(s.files()));
        files.addAll(live);
        attacks.values().forEach(files::addAll);
        return List.copyOf(files);
    }
}
