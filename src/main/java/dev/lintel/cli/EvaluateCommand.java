package dev.lintel.cli;

import dev.lintel.config.LintelConfig;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.evaluation.Evaluation;
import dev.lintel.evaluation.EvaluationPlan;
import dev.lintel.evaluation.FacePath;
import dev.lintel.evaluation.GroupLabels;
import dev.lintel.evaluation.Samples;
import dev.lintel.evaluation.report.Report;
import dev.lintel.evaluation.report.Report.Fact;
import dev.lintel.evaluation.report.ReportFiles;
import dev.lintel.evaluation.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        description = {
            "Measure how well the configured models recognise, on your own photos: DIR holds a folder for each person.",
            "The faces go the appliance's own way (decode, detect, align, check, embed) in this process; no appliance is needed,",
            "no database is touched, and nothing but the report is written.",
            "",
            "Examples:",
            "  lintel evaluate staff/ --strangers visitors/",
            "  lintel evaluate lfw/ --pairs pairs.txt",
            "  lintel evaluate --liveness live/ attacks/"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    EvaluationModels models;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Folder of people.")
    Path people;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "LFW's pairs.txt: compare the listed pairs by LFW's protocol; only their images are read.")
    Path pairs;

    @Option(
            names = "--enrol",
            paramLabel = "N",
            defaultValue = "3",
            description = "Search 1:N: enrol the first N photos of each person, search the others; 0 leaves it out."
                    + " Default: ${DEFAULT-VALUE}.")
    int enrol;

    @Option(
            names = "--strangers",
            paramLabel = "DIR",
            description =
                    "Photos of people outside the gallery. Default: the people in DIR with no more than N photos.")
    Path strangers;

    @Option(
            names = "--liveness",
            arity = "2",
            paramLabel = "DIR",
            description = {
                "Two folders: images of live faces, images of attacks. Folders inside the second one are kinds of attack."
            })
    Path[] liveness = {null, null};

    @Option(
            names = "--groups",
            paramLabel = "FILE",
            description = "CSV with lines 'path,group' (an image, or a folder, inside DIR): adds a row for each group.")
    Path groups;

    @Option(
            names = "--strict",
            description = "Count faces that the appliance would refuse, for quality or liveness, as not recognised.")
    boolean strict;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the report goes (HTML, JSON, CSV). Contains file names. Default: data/evaluation/<date and time>.")
    Path out;

    @Option(names = "--thumbnails", description = "Show the faces of the worst errors in the report.")
    boolean thumbnails;

    @Override
    public Integer call() throws InterruptedException, IOException {
        EvaluationPlan plan = plan();
        LintelConfig config = models.load(liveness[0] != null);
        Path folder = out != null
                ? out
                : models.installation
                        .home()
                        .resolve("data/evaluation")
                        .resolve(LocalDateTime.now(ZoneId.systemDefault())
                                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss")));
        PrintWriter terminal = spec.commandLine().getOut();
        try (FacePath path = models.open(config)) {
            Samples samples = models.read(plan.files(), path);
            Evaluation evaluation = new Evaluation(
                    samples,
                    path.calibration(),
                    config.recognition(),
                    strict,
                    groups == null
                            ? GroupLabels.none()
                            : GroupLabels.read(groups, people == null ? Path.of("") : people),
                    plan.roots(),
                    thumbnails ? Optional.of(path) : Optional.empty());
            Report report = new Report(
                    "Evaluation of " + embedder(config),
                    facts(path, plan, config),
                    evaluation.sections(plan, models.threads));
            ReportFiles.write(report, folder);
            terminal.print(TextReport.render(report));
        }
        terminal.println();
        terminal.println("Report: " + folder.resolve(ReportFiles.PAGE));
        terminal.flush();
        return ExitCodes.OK;
    }

    private EvaluationPlan plan() {
        try {
            return EvaluationPlan.of(
                    new EvaluationPlan.Sources(people, pairs, enrol, strangers, liveness[0], liveness[1]));
        } catch (IOException e) {
            throw EvaluationModels.noInput(e);
        }
    }

    private static String embedder(LintelConfig config) {
        EmbeddingConfig embedding = config.embedding();
        return embedding.model().getFileName().toString();
    }

    private List<Fact> facts(FacePath path, EvaluationPlan plan, LintelConfig config) {
        List<Fact> facts = new ArrayList<>(path.facts());
        facts.add(new Fact(
                "Images",
                plan.files().size() + " in "
                        + String.join(
                                ", ", plan.roots().stream().map(Path::toString).toList())));
        facts.add(new Fact("Which face", models.face.name().toLowerCase(java.util.Locale.ROOT)));
        facts.add(new Fact(
                "Refusals",
                strict
                        ? "faces of low quality or not live count as not recognised"
                        : "only images without a face are left out (no --strict)"));
        facts.add(new Fact(
                "Targets",
                "FPIR " + config.recognition().fpirTarget() + " for searches, FMR "
                        + config.recognition().verifyFmr() + " for comparisons 1:1"));
        facts.add(new Fact(
                "Command",
                "lintel " + String.join(" ", spec.commandLine().getParseResult().originalArgs())));
        facts.add(new Fact(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.arch") + ", Java "
                        + System.getProperty("java.version")));
        facts.add(new Fact(
                "Date",
                LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"))));
        return facts;
    }
}
