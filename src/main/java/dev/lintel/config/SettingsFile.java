package dev.lintel.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration file as the program changes it. Nothing is written before the whole of it is right, as it would be at a
 * start; the last {@value SettingsVersions#KEPT} versions are kept. Reads and writes files; used by one thread at a time.
 */
public final class SettingsFile {
    private final Path home;
    private final Path file;
    private final Map<String, String> environment;
    private final SettingsVersions versions;
    private final Set<Path> packs;
    private final InstantSource clock;

    /**
     * @param home that relative paths in the file start from
     * @param folder where versions are kept
     * @param packs folders of the embedding models that may be chosen
     */
    public SettingsFile(
            Path home, Path file, Map<String, String> environment, Path folder, Set<Path> packs, InstantSource clock) {
        this.home = home.toAbsolutePath().normalize();
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.versions = new SettingsVersions(folder);
        this.packs = Set.copyOf(packs);
        this.clock = clock;
    }

    /**
     * What the file means.
     *
     * @param revision of the text; a change says which one it is about
     * @param tree every key and its value, without secrets
     * @param hidden paths of the keys whose values are not, or only in part, in the tree
     * @param overridden paths of the keys that the environment sets, so that the file cannot
     */
    public record Settings(String revision, ObjectNode tree, List<String> hidden, Set<String> overridden) {
        public Settings {
            hidden = List.copyOf(hidden);
            overridden = Set.copyOf(overridden);
        }
    }

    /**
     * What a change would do.
     *
     * @param revision of the text that it changes
     * @param problems why it cannot be; then nothing can be saved
     * @param config as it would be; empty if there are problems
     * @param lines that go and come, without secrets
     */
    public record Proposal(
            String revision,
            String before,
            String after,
            List<String> paths,
            List<ConfigProblem> problems,
            Optional<LintelConfig> config,
            List<DifferentLine> lines) {
        public Proposal {
            paths = List.copyOf(paths);
            problems = List.copyOf(problems);
            lines = List.copyOf(lines);
        }

        public boolean changesNothing() {
            return before.equals(after);
        }

        /** Without the texts, which hold secrets. */
        @Override
        public String toString() {
            return "Proposal[" + paths + ", " + problems + "]";
        }
    }

    /**
     * A line that goes or comes.
     *
     * @param number in the file that has it, from 1
     */
    public record DifferentLine(boolean added, int number, String text) {}

    /** @throws ConfigException if somebody has broken the file since the start */
    public Settings read() throws IOException {
        String text = text();
        SettingsTree shown = new SettingsTree(load(text), home);
        return new Settings(revision(text), shown.tree(), shown.hidden(), ConfigLoader.overridden(environment));
    }

    /** The configuration that the file means now. */
    public LintelConfig config() throws IOException {
        return load(text());
    }

    public Proposal propose(List<SettingsChange> changes) throws IOException {
        String before = text();
        List<String> paths =
                changes.stream().map(SettingsChange::path).distinct().toList();
        List<ConfigProblem> problems = new ArrayList<>();
        Set<String> fixed = ConfigLoader.overridden(environment);
        paths.stream()
                .filter(path -> fixed.stream()
                        .anyMatch(key -> path.equals(key) || path.startsWith(key + "[") || key.startsWith(path + ".")))
                .forEach(path -> problems.add(new ConfigProblem(path, whyFixed(path))));
        YamlText text = YamlText.of(before);
        for (SettingsChange change : changes) {
            try {
                text = change.on(text);
            } catch (IllegalArgumentException e) {
                problems.add(problem(e.getMessage()));
            }
        }
        return proposal(before, text.text(), paths, problems);
    }

    private String whyFixed(String path) {
        return path.equals("inference.engine") && "lite".equals(environment.get("LINTEL_ONLY_ENGINE"))
                ? "the installed package, lintel-lite, has only TensorFlow Lite (lite): to choose, install the package lintel"
                        + " in its place ('sudo apt install ./lintel_VERSION_ARCHITECTURE.deb'); people, log and configuration stay"
                : "is set by the environment of the service: change it there, or take it away there";
    }

    /** What going back to a version would do; empty if there is none of this number. */
    public Optional<Proposal> proposeVersion(int id) throws IOException {
        Optional<String> then = versions.text(id);
        return then.isEmpty()
                ? Optional.empty()
                : Optional.of(proposal(text(), then.get(), List.of("version " + id), new ArrayList<>()));
    }

    private Proposal proposal(String before, String after, List<String> paths, List<ConfigProblem> problems) {
        Optional<LintelConfig> config = Optional.empty();
        if (problems.isEmpty()) {
            try {
                LintelConfig next = load(after);
                problems.addAll(SettingsFence.refused(load(before), next, packs));
                config = Optional.of(next);
            } catch (ConfigException e) {
                e.getMessage().lines().map(SettingsFile::problem).forEach(problems::add);
            }
        }
        List<DifferentLine> lines = TextDifference.between(before, after);
        return new Proposal(
                revision(before),
                before,
                after,
                paths,
                problems,
                problems.isEmpty() ? config : Optional.empty(),
                lines);
    }

    /**
     * Writes what was proposed.
     *
     * @param by who wants it
     * @throws IllegalStateException if there are problems, or the file has become another one meanwhile
     */
    public void save(Proposal proposal, String by) throws IOException {
        if (proposal.config().isEmpty()) {
            throw new IllegalStateException("what is wrong is not saved");
        }
        write(proposal.before(), proposal.after());
        versions.add(proposal.before(), "", List.of(), clock.instant());
        versions.add(proposal.after(), by, proposal.paths(), clock.instant());
    }

    /** Writes what was there before a proposal was saved: it did not work. */
    public void undo(Proposal proposal) throws IOException {
        write(proposal.after(), proposal.before());
        versions.add(proposal.before(), "", List.of(), clock.instant());
    }

    private void write(String expected, String next) throws IOException {
        new YamlFile(file).change(text -> {
            if (!text.text().equals(expected)) {
                throw new IllegalStateException("the file was changed meanwhile");
            }
            return YamlText.of(next);
        });
    }

    /** The newest first. */
    public List<SettingsVersion> versions() throws IOException {
        return versions.list();
    }

    private LintelConfig load(String text) {
        return ConfigLoader.parse(home, text, "", environment);
    }

    private String text() throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static ConfigProblem problem(String line) {
        int colon = line.indexOf(": ");
        boolean key = colon > 0 && line.substring(0, colon).matches("[A-Za-z0-9._\\[\\]-]+");
        return key
                ? new ConfigProblem(line.substring(0, colon), line.substring(colon + 2))
                : new ConfigProblem("", line);
    }

    private static String revision(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
