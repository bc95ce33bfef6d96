package dev.lintel.cli;

import dev.lintel.config.ConfigException;
import dev.lintel.config.LintelConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description =
                "Look at the machine and the installation, and say what to do about whatever is wrong. Ends with 1 if something failed.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        LintelConfig config = null;
        try {
            config = installation.load();
            findings.add(Finding.ok("configuration", installation.file() + " is valid"));
        } catch (ConfigException e) {
            e.getMessage().lines().forEach(line -> findings.add(Finding.fail("configuration", line)));
        }
        Path data = config == null
                ? installation.home().resolve("data")
                : config.store().database().getParent();
        List<Finding> machine = new MachineCheck(Path.of("/")).findings(data);
        if (config == null) {
            findings.addAll(machine);
        } else {
            findings.addAll(new InstallationCheck(config).findings(machine));
            findings.addAll(new DeliveryCheck(config.delivery()).findings());
            findings.addAll(new BackupCheck(config.backup(), config.store().database()).findings());
        }
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable("state", "subject", "detail");
        findings.forEach(f -> table.row(f.state().name().toLowerCase(Locale.ROOT), f.subject(), f.detail()));
        table.print(out);
        return findings.stream().anyMatch(f -> f.state() == Finding.State.FAIL) ? ExitCodes.NO : ExitCodes.OK;
    }
}
