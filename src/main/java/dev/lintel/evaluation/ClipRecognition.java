package dev.lintel.evaluation;

import dev.lintel.evaluation.report.Table;
import dev.lintel.face.Embedding;
import dev.lintel.face.FusedLooks;
import dev.lintel.recognition.ThresholdPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the people on clips are recognised, by the number of looks that a probe is made of. A clip shows the enrolled person whose
 * name its own begins with, or a stranger. Confined to one thread.
 */
public final class ClipRecognition {
    private final Map<String, List<float[]>> gallery = new LinkedHashMap<>();
    private final Map<String, List<FusedLooks.Look>> known = new LinkedHashMap<>();
    private final Map<String, List<FusedLooks.Look>> strangers = new LinkedHashMap<>();

    /** All people first, then clips. */
    public void enrol(String person, Embedding template) {
        gallery.computeIfAbsent(person, name -> new ArrayList<>()).add(template.vector());
    }

    public int people() {
        return gallery.size();
    }

    /** @param looks at the one face of the clip, in order */
    public void clip(String name, List<FusedLooks.Look> looks) {
        Optional<String> whose = whose(name);
        (whose.isPresent() ? known : strangers)
                .computeIfAbsent(whose.orElse(name), key -> new ArrayList<>())
                .addAll(looks);
    }

    /** The longest name counts: of Ann and Ann-Marie the second for {@code Ann-Marie_2.mp4}. */
    Optional<String> whose(String clip) {
        return gallery.keySet().stream()
                .filter(clip::startsWith)
                .filter(name ->
                        clip.length() == name.length() || !Character.isLetterOrDigit(clip.charAt(name.length())))
                .max(Comparator.comparingInt(String::length));
    }

    public Table table(ThresholdPolicy policy) {
        return new LooksTable(new GallerySearch(gallery), policy, known, strangers).build();
    }
}
