package dev.lintel;

import dev.lintel.clock.ClockWatch;
import dev.lintel.gateway.Component;
import dev.lintel.gateway.VersionInfo;
import dev.lintel.inference.ModelManifest;
import dev.lintel.models.ModelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the box says of the networks that it runs. */
record RunningModels(List<ModelManifest> manifests) {

    /** For the readiness report, and the clock: a model that did not load would have kept the box from starting. */
    List<Component> components(ClockWatch clock) {
        List<Component> all = new ArrayList<>(manifests.stream()
                .map(pack -> new Component(
                        ModelSet.name(pack.task()),
                        true,
                        pack.id() + " " + pack.version() + " on " + pack.runtime() + ", loaded and warm"))
                .toList());
        all.add(new Component(
                "clock",
                true,
                clock.text(),
                clock.believed() ? Optional.empty() : Optional.of(Component.Trouble.CLOCK)));
        return all;
    }

    List<VersionInfo.Model> versions() {
        return manifests.stream()
                .map(pack -> new VersionInfo.Model(
                        ModelSet.name(pack.task()),
                        pack.id(),
                        pack.version(),
                        pack.runtime().toString()))
                .toList();
    }
}
