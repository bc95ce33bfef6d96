package dev.lintel.cli;

import dev.lintel.evaluation.Calibrator;
import dev.lintel.evaluation.EvaluationPlan;
import dev.lintel.evaluation.FacePath;
import dev.lintel.evaluation.ManifestCalibration;
import dev.lintel.face.Calibration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "calibrate",
        description = {
            "Measure on photos of DIR, a folder for each person, from which similarity on different people match how often.",
            "These points are written into the manifest of the embedding pack. Distances and thresholds follow from them; stored",
            "faces stay valid. Rates with fewer than 30 expected false matches are refused. People with several photos also give",
            "the points for several looks at a face and several templates of a person."
        })
final class CalibrateCommand implements Callable<Integer> {
    @Mixin
    EvaluationModels models;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of people.")
    Path people;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "LFW's pairs.txt: only the images that it names are read.")
    Path pairs;

    @Option(
            names = "--default-fmr",
            paramLabel = "RATE",
            defaultValue = "0.001",
            description =
                    "False match rate of one comparison that distance 0.6 shall stand for. Default: ${DEFAULT-VALUE}.")
    double defaultFmr;

    @Option(names = "--dry-run", description = "Print the points and leave the manifest as it is.")
    boolean dryRun;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(defaultFmr > 0 && defaultFmr <= 0.1)) {
            throw new CommandException(
                    ExitCodes.USAGE, "--default-fmr: must be above 0 and at most 0.1, was " + defaultFmr);
        }
        EvaluationPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        try (FacePath path = models.open(models.load())) {
            Calibrator.Result result = Calibrator.calibrate(
                    models.read(plan.files(), path), plan.people().orElseThrow(), defaultFmr);
            print(result, path.calibration(), out);
            if (result.calibration().isEmpty()) {
                throw new CommandException(
                        ExitCodes.NO, "too few comparisons of different people: the manifest stays as it is");
            }
            String source = String.format(
                    Locale.ROOT,
                    "lintel calibrate: %,d comparisons of different people (%,d pairs of people) in %s; 0.6 stands for FMR %s",
                    result.comparisons(),
                    result.peoplePairs(),
                    people.getFileName(),
                    defaultFmr);
            out.println();
            ManifestCalibration.block(result.calibration().get(), source).forEach(out::println);
            out.println();
            Path manifest = path.embedderPack().resolve("manifest.yaml");
            if (dryRun) {
                out.println(manifest + " stays as it is (--dry-run).");
            } else {
                ManifestCalibration.write(manifest, result.calibration().get(), source);
                out.println(manifest + ": written. A running appliance uses it from its next start on.");
            }
            out.flush();
        }
        return ExitCodes.OK;
    }

    private EvaluationPlan plan() {
        try {
            return EvaluationPlan.of(new EvaluationPlan.Sources(people, pairs, 0, null, null, null));
        } catch (IOException e) {
            throw EvaluationModels.noInput(e);
        }
    }

    private static void print(Calibrator.Result result, Calibration before, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d comparisons of different people, %,d pairs of people%n%n",
                result.comparisons(),
                result.peoplePairs());
        TextTable table =
                new TextTable("false match rate", "similarity", "was", "false matches", "same person accepted", "");
        for (Calibrator.Finding f : result.findings()) {
            table.row(
                    String.format(Locale.ROOT, "%.0e", f.fmr()),
                    String.format(Locale.ROOT, "%.4f", f.similarity()),
                    String.format(Locale.ROOT, "%.4f", before.similarityAtFmr(f.fmr())),
                    String.format(Locale.ROOT, "%,d", f.falseMatches()),
                    Double.isNaN(f.samePersonAccepted())
                            ? "-"
                            : String.format(Locale.ROOT, "%.2f %%", 100 * f.samePersonAccepted()),
                    f.refused().map(reason -> "refused: " + reason).orElse(""));
        }
        table.print(out);
        result.calibration().ifPresent(measured -> printLooks(measured, out));
        out.printf(
                Locale.ROOT,
                "distance 0.6 stands for similarity %s, was %.4f%n",
                result.calibration()
                        .map(c -> String.format(Locale.ROOT, "%.4f", c.similarityAtDefault()))
                        .orElse("(refused)"),
                before.similarityAtDefault());
    }

    private static void printLooks(Calibration measured, PrintWriter out) {
        if (measured.looks().isEmpty()) {
            out.println("too few people with several photos: thresholds for several looks follow from those for one");
            return;
        }
        TextTable table = new TextTable("looks", "templates", "false match rate", "similarity");
        measured.looks()
                .forEach(one -> one.thresholds()
                        .forEach(p -> table.row(
                                Integer.toString(one.n()),
                                Integer.toString(one.templates()),
                                String.format(Locale.ROOT, "%.0e", p.fmr()),
                                String.format(Locale.ROOT, "%.4f", p.similarity()))));
        table.print(out);
        out.printf(Locale.ROOT, "two photos of one person have the similarity %.4f on average%n", measured.likeness());
    }
}
