package dev.lintel.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.config.ConfigException;
import dev.lintel.config.ConfigProblem;
import dev.lintel.config.LintelConfig;
import dev.lintel.config.SettingsChange;
import dev.lintel.config.SettingsFile;
import dev.lintel.config.SettingsFile.Proposal;
import dev.lintel.config.SettingsFile.Settings;
import dev.lintel.config.SettingsVersion;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.SettingsMessages.ChangeSettings;
import dev.lintel.messages.SettingsMessages.Document;
import dev.lintel.messages.SettingsMessages.GoBack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of the configuration, from the question to the running box. What is wrong is never written; what is right but does
 * not work on this machine is taken back. Reads and writes files; used by one thread at a time.
 */
public final class SettingsDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsDesk.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SettingsFile file;
    private final ModelShelf shelf;
    private final Function<LintelConfig, List<Effect>> plan;
    private final Consumer<LintelConfig> take;

    /**
     * @param plan what would become of the running box's parts with a configuration
     * @param take makes the running box take up what it can; throws a {@link RuntimeException} if that does not work, and is
     *     as before then
     */
    public SettingsDesk(
            SettingsFile file,
            ModelShelf shelf,
            Function<LintelConfig, List<Effect>> plan,
            Consumer<LintelConfig> take) {
        this.file = file;
        this.shelf = shelf;
        this.plan = plan;
        this.take = take;
    }

    Outcome<Document> read() throws IOException {
        try {
            Settings settings = file.read();
            ObjectNode json = JSON.createObjectNode().put("revision", settings.revision());
            json.set("settings", settings.tree());
            json.set("hidden", texts(settings.hidden()));
            json.set("fixed", texts(settings.overridden().stream().sorted().toList()));
            json.set("pending", pending(plan.apply(file.config())));
            json.set("models", models());
            return document(json);
        } catch (ConfigException e) {
            return broken(e);
        }
    }

    Outcome<Document> change(ChangeSettings question) throws IOException {
        List<SettingsChange> changes;
        try {
            changes = parsed(question.changes());
        } catch (IllegalArgumentException e) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, e.getMessage());
        }
        try {
            Proposal proposal = file.propose(changes);
            boolean stale =
                    !question.revision().isEmpty() && !question.revision().equals(proposal.revision());
            return settled(proposal, question.save(), stale, question.by());
        } catch (ConfigException e) {
            return broken(e);
        }
    }

    Outcome<Document> goBack(GoBack question) throws IOException {
        Optional<Proposal> proposal = file.proposeVersion(question.version());
        return proposal.isEmpty()
                ? Outcome.refused(
                        Refusal.Code.UNKNOWN_ENTRY, "there is no such version: GET /settings/versions lists them")
                : settled(proposal.get(), question.save(), false, question.by());
    }

    Outcome<Document> versions() throws IOException {
        ArrayNode versions = JSON.createArrayNode();
        for (SettingsVersion version : file.versions()) {
            ObjectNode node = versions.addObject()
                    .put("id", version.id())
                    .put("at", version.at().toString())
                    .put("by", version.by());
            node.set("paths", texts(version.paths()));
        }
        ObjectNode json = JSON.createObjectNode();
        json.set("versions", versions);
        return document(json);
    }

    private Outcome<Document> settled(Proposal proposal, boolean save, boolean stale, String by) throws IOException {
        List<ConfigProblem> problems = new ArrayList<>(proposal.problems());
        List<Effect> effects = proposal.config().map(plan).orElse(List.of());
        boolean saved = false;
        if (save && !stale && problems.isEmpty()) {
            saved = saved(proposal, by, problems);
        }
        ObjectNode json = JSON.createObjectNode()
                .put("revision", saved ? file.read().revision() : proposal.revision())
                .put("saved", saved)
                .put("stale", stale);
        ArrayNode wrong = json.putArray("problems");
        problems.forEach(
                problem -> wrong.addObject().put("path", problem.path()).put("text", problem.text()));
        ArrayNode lines = json.putArray("difference");
        proposal.lines()
                .forEach(line -> lines.addObject()
                        .put("added", line.added())
                        .put("line", line.number())
                        .put("text", line.text()));
        ArrayNode parts = json.putArray("effects");
        effects.forEach(effect ->
                parts.addObject().put("part", effect.part()).put("how", effect.restart() ? "restart" : "now"));
        json.set("pending", saved ? pending(plan.apply(proposal.config().orElseThrow())) : JSON.createArrayNode());
        return document(json);
    }

    private boolean saved(Proposal proposal, String by, List<ConfigProblem> problems) throws IOException {
        try {
            file.save(proposal, by);
        } catch (IllegalStateException e) {
            problems.add(new ConfigProblem("", e.getMessage() + ": look again and repeat it"));
            return false;
        }
        try {
            take.accept(proposal.config().orElseThrow());
            LOG.info("the configuration was changed: {}, by {}", proposal.paths(), by);
            return true;
        } catch (RuntimeException e) {
            file.undo(proposal);
            LOG.warn("a change of the configuration did not work and was taken back: {}", e.getMessage());
            problems.add(new ConfigProblem("", e.getMessage()));
            return false;
        }
    }

    private static List<SettingsChange> parsed(String changes) {
        List<SettingsChange> parsed = new ArrayList<>();
        try {
            for (JsonNode node : JSON.readTree(changes)) {
                parsed.add(new SettingsChange(
                        SettingsChange.Kind.valueOf(node.path("op").asText().toUpperCase(Locale.ROOT)),
                        node.path("path").asText(),
                        node.get("value")));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("changes: must be a list of changes", e);
        }
        return parsed;
    }

    private ArrayNode models() throws IOException {
        ArrayNode models = JSON.createArrayNode();
        shelf.embedders()
                .forEach(model -> models.addObject()
                        .put("folder", model.folder())
                        .put("id", model.id())
                        .put("version", model.version())
                        .put("licence", model.licence())
                        .put("lfw_accuracy", model.lfwAccuracy())
                        .put("measured", model.measured()));
        return models;
    }

    private static ArrayNode pending(List<Effect> effects) {
        return texts(effects.stream().filter(Effect::restart).map(Effect::part).toList());
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static Outcome<Document> broken(ConfigException e) {
        return Outcome.refused(
                Refusal.Code.INVALID_REQUEST,
                "the configuration file was changed by hand and is wrong, mend it on the box first: "
                        + e.getMessage().replace('\n', ';'));
    }

    private static Outcome<Document> document(ObjectNode json) {
        return Outcome.done(new Document(json.toString()));
    }
}
