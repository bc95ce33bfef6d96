package dev.lintel.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * LFW's {@code pairs.txt}: a head {@code folds<TAB>n}, then for each fold n mated lines ({@code name i j}) and n
 * non-mated lines ({@code name i name j}). Image i of NAME is {@code NAME/NAME_000i.jpg} (or .png).
 */
public record PairsFile(List<List<Pair>> folds) {

    /** @param person the first image's */
    public record Pair(Path a, Path b, String person, boolean mated) {}

    /**
     * @param root folder of the people
     * @throws IOException if the file cannot be read or names an image that is not there
     */
    public static PairsFile read(Path file, Path root) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty()) {
            throw new IOException(file + ": is empty");
        }
        String[] head = lines.get(0).trim().split("\\s+");
        int folds = head.length == 2 ? number(file, 0, head[0]) : 1;
        int each = number(file, 0, head[head.length - 1]);
        if (lines.size() != 1 + folds * 2 * each) {
            throw new IOException(file + ": promises " + folds + " folds of twice " + each + " pairs but has "
                    + (lines.size() - 1) + " pairs");
        }
        List<List<Pair>> all = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 1 + fold * 2 * each; i < 1 + (fold + 1) * 2 * each; i++) {
                pairs.add(pair(file, root, i, lines.get(i).trim().split("\\s+")));
            }
            all.add(pairs);
        }
        return new PairsFile(all);
    }

    public List<Path> files() {
        return folds.stream()
                .flatMap(List::stream)
                .flatMap(p -> Stream.of(p.a, p.b))
                .distinct()
                .sorted()
                .toList();
    }

    private static Pair pair(Path file, Path root, int line, String[] words) throws IOException {
        if (words.length == 3) {
            return new Pair(
                    image(root, words[0], number(file, line, words[1])),
                    image(root, words[0], number(file, line, words[2])),
                    words[0],
                    true);
        }
        if (words.length == 4) {
            return new Pair(
                    image(root, words[0], number(file, line, words[1])),
                    image(root, words[2], number(file, line, words[3])),
                    words[0],
                    false);
        }
        throw new IOException(file + ", line " + (line + 1) + ": needs 'name i j' or 'name i name j'");
    }

    private static Path image(Path root, String name, int number) throws IOException {
        Path stem = root.resolve(name).resolve(String.format(Locale.ROOT, "%s_%04d", name, number));
        for (String ending : List.of(".jpg", ".png")) {
            Path image = stem.resolveSibling(stem.getFileName() + ending);
            if (Files.isRegularFile(image)) {
                return image;
            }
        }
        throw new IOException(stem + ".jpg: not there, though the pairs file names it");
    }

    private static int number(Path file, int line, String word) throws IOException {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IOException(file + ", line " + (line + 1) + ": '" + word + "' is no number", e);
        }
    }
}
