package dev.lintel.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "check-config",
        description =
                "Check the configuration and print the paths and the address that follow from it. Ends with 78 if it is wrong.")
final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Path file = installation.file();
        var config = installation.load();
        PrintWriter out = spec.commandLine().getOut();
        out.println(Files.exists(file) ? file + " is valid" : "no " + file + ": everything has its default");
        out.println("address    " + Address.of(config.gateway()));
        out.println("keys       "
                + (config.gateway().keys().isEmpty()
                        ? "none"
                        : config.gateway().keys().size()));
        out.println("database   " + config.store().database());
        out.println("detector   " + config.vision().model());
        out.println("embedder   " + config.embedding().model());
        out.println("liveness   "
                + config.liveness().network().map(Object::toString).orElse("heuristics only"));
        out.flush();
        return ExitCodes.OK;
    }
}
