package dev.lintel.config;

import dev.lintel.camera.CameraConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What nobody may change over the network, however it is written: which files of this machine are read and written, how the
 * networks are run, and who may call. It looks at what a change means, not at its paths.
 */
final class SettingsFence {
    private static final Set<String> OPEN = Set.of(
            "cameras",
            "doors",
            "attendance",
            "delivery",
            "visitors",
            "time-zone",
            "recognition",
            "tracking",
            "logging",
            "gateway",
            "embedding",
            "consent",
            "backup");

    private static final Set<String> OPEN_OF_GATEWAY =
            Set.of("host", "port", "host-names", "open-metrics", "place", "language");

    private SettingsFence() {}

    /** @param packs folders of embedding models that may be chosen */
    static List<ConfigProblem> refused(LintelConfig before, LintelConfig after, Set<Path> packs) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String section : different(before, after)) {
            if (!OPEN.contains(section)) {
                problems.add(new ConfigProblem(section, "can only be changed in the file on the box"));
            }
        }
        for (String key : different(before.gateway(), after.gateway())) {
            if (!OPEN_OF_GATEWAY.contains(key)) {
                problems.add(new ConfigProblem("gateway." + key, "can only be changed in the file on the box"));
            }
        }
        files(before, after, packs, problems);
        return problems;
    }

    private static void files(LintelConfig before, LintelConfig after, Set<Path> packs, List<ConfigProblem> problems) {
        Set<Path> known = new HashSet<>(packs);
        known.addAll(NamedFiles.of(before).values());
        Set<Path> wanted = new HashSet<>(NamedFiles.of(after).values());
        wanted.removeAll(known);
        if (!wanted.isEmpty()) {
            problems.add(new ConfigProblem(
                    "", "names another file or folder of the box: that can only be changed in the file on the box"));
        }
        Set<String> sources = new HashSet<>();
        before.cameras().forEach(camera -> sources.add(camera.source()));
        for (int i = 0; i < after.cameras().size(); i++) {
            CameraConfig camera = after.cameras().get(i);
            if (camera.plays() && !sources.contains(camera.source())) {
                problems.add(new ConfigProblem(
                        "cameras[" + i + "].source",
                        "must be a device below /dev, rpicam:// or a network address: files can only be played by the"
                                + " file on the box"));
            }
        }
    }

    /** The names of the components in which two records differ. */
    static List<String> different(Record one, Record other) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            if (!Objects.equals(NamedFiles.value(component, one), NamedFiles.value(component, other))) {
                names.add(ConfigKey.kebab(component.getName()));
            }
        }
        return names;
    }
}
