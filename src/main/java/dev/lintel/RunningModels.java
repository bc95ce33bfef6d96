package dev.lintel;

import dev.lintel.gateway.Component;
import dev.lintel.gateway.VersionInfo;
import dev.lintel.inference.ModelManifest;
import dev.lintel.models.ModelSet;
import java.util.List;

/** What the box says of the networks that it runs. */
record RunningModels(List<ModelManifest> manifests) {

    /** For the readiness report: a model that did not load would have kept the box from starting. */
    List<Component> components() {
        return manifests.stream()
                .map(pack -> new Component(
                        ModelSet.name(pack.task()),
                        true,
                        pack.id() + " " + pack.version() + " on " + pack.runtime() + ", loaded and warm"))
                .toList();
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
