package dev.lintel;

import dev.lintel.backup.BackupStatus;
import dev.lintel.clock.ClockWatch;
import dev.lintel.gateway.Component;
import dev.lintel.gateway.VersionInfo;
import dev.lintel.inference.ModelManifest;
import dev.lintel.models.ModelSet;
import dev.lintel.recognition.RenewalVerticle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the box says of the networks that it runs.
 *
 * @param renewal makes templates anew, if there are pictures of which it can
 */
record RunningModels(List<ModelManifest> manifests, Optional<RenewalVerticle> renewal) {

    /** For the readiness report, with clock and backups: a model that did not load would have kept the box from starting. */
    List<Component> components(ClockWatch clock, BackupStatus backups) {
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
        renewal.map(RenewalVerticle::renewal).ifPresent(work -> {
            if (work.made() + work.waiting() + work.unseen() > 0) {
                all.add(new Component(
                        "renewal",
                        true,
                        work.made() + " of " + (work.made() + work.waiting()) + " templates made anew of pictures by "
                                + work.modelId()
                                + (work.unseen() == 0 ? "" : ", " + work.unseen() + " people still to be seen")));
            }
        });
        all.add(new Component(
                "backup",
                true,
                backups.text(),
                backups.trouble() ? Optional.of(Component.Trouble.BACKUP) : Optional.empty()));
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
