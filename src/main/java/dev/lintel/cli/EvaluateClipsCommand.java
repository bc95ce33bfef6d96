package dev.lintel.cli;

import dev.lintel.access.LiveProof;
import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.ClipReader;
import dev.lintel.config.Defaults;
import dev.lintel.config.LintelConfig;
import dev.lintel.evaluation.ClipRecognition;
import dev.lintel.evaluation.ClipTrial;
import dev.lintel.evaluation.PeopleFolder;
import dev.lintel.evaluation.report.Table;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.face.FaceBox;
import dev.lintel.face.FusedLooks;
import dev.lintel.inference.ModelException;
import dev.lintel.liveness.CameraLevel;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.models.ModelSet;
import dev.lintel.models.Models;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.vision.FaceReader;
import dev.lintel.vision.SeenFace;
import dev.lintel.vision.VideoFrame;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate-clips",
        description = {
            "Measure how well liveness over time tells live faces from attacks, on clips of your own camera.",
            "DIR/live and DIR/attack hold video files or folders of images, one face in each. The frames go a camera's own way in",
            "this process; no appliance is needed and nothing is written.",
            "",
            "Each clip is cut into overlapping windows, each judged as a visit of its own. Windows of one clip resemble each",
            "other: how sure a rate is depends on the number of clips.",
            "",
            "With --people it also says how many of the people on the live clips are recognised, by one, two and three looks.",
            "",
            "Example:",
            "  lintel evaluate-clips trials/ --liveness-model models/minifas"
        })
final class EvaluateClipsCommand implements Callable<Integer> {
    private static final double STEP = 0.25;

    /** Between two looks, a little less than half a second. */
    private static final long LOOK_NANOS = 490_000_000;

    /** Longer side in pixels at which faces are searched in photos. */
    private static final int PHOTO = 640;

    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder with the folders live and attack.")
    Path folder;

    @Option(
            names = "--liveness-model",
            paramLabel = "PACK",
            description = "Liveness pack. Default: the configured one.")
    Path livenessModel;

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Frames looked at for each second of a clip. Default: ${DEFAULT-VALUE}.")
    int fps;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Length of a window. Default: ${DEFAULT-VALUE}.")
    double window;

    @Option(
            names = "--detect-size",
            paramLabel = "PIXELS",
            defaultValue = "480",
            description =
                    "Longer side at which faces are searched, as a camera's detect-size. Default: ${DEFAULT-VALUE}.")
    int detectSize;

    @Option(
            names = "--grey",
            description = "Take the colour out first, as an infra-red camera gives pictures at night.")
    boolean grey;

    @Option(
            names = "--people",
            paramLabel = "DIR",
            description = {
                "Photos of people, a folder for each or files with their names: also measure whether they are recognised on the live clips."
                        + " A clip shows the person whose name its own begins with (Anna.mp4, Anna_2.mp4), any other a stranger."
            })
    Path people;

    @Option(names = "--reasons", description = "Print what each clip's last window was judged by.")
    boolean reasons;

    @Override
    public Integer call() throws IOException {
        if (fps < 1 || fps > 60 || !(window > 0 && window <= 60) || detectSize < 96 || detectSize > 2048) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    "--fps: must be 1..60; --window: more than 0, at most 60; --detect-size: 96..2048");
        }
        List<Path> live = clips(folder.resolve("live"));
        List<Path> attacks = clips(folder.resolve("attack"));
        LintelConfig config = installation.load();
        ClipTrial trial = new ClipTrial(
                config.liveness().sequence(), Duration.ofMillis((long) (1000 * window)), Duration.ofMillis((long)
                        (1000 * STEP)));
        ApplianceMetrics metrics = ApplianceMetrics.unpublished();
        Optional<Table> recognised;
        Optional<CameraLevel.Rule> rule;
        LivenessConfig liveness =
                livenessModel == null ? config.liveness() : config.liveness().withModel(livenessModel);
        try (Models models =
                        new ModelSet(config.inference(), config.vision(), liveness, config.embedding()).open(metrics);
                Progress progress = new Progress("Reading", live.size() + attacks.size())) {
            FrameInspector inspector = new FrameInspector(models.checks().onFrames(), metrics);
            Optional<ClipRecognition> recognition = people == null ? Optional.empty() : Optional.of(enrolled(models));
            for (Path clip : live) {
                String name = clip.getFileName().toString();
                List<SeenFace> looks = new ArrayList<>();
                trial.live(name, frames(clip, models.reader(), inspector, looks));
                recognition.ifPresent(r -> r.clip(name, looks(models, looks)));
                progress.step();
            }
            for (Path clip : attacks) {
                trial.attack(
                        clip.getFileName().toString(), frames(clip, models.reader(), inspector, new ArrayList<>()));
                progress.step();
            }
            rule = models.checks().levelRule();
            recognised = recognition.map(r -> r.table(new ThresholdPolicy(models.calibration(), config.recognition())));
        } catch (ModelException e) {
            throw new CommandException(ExitCodes.CONFIG, e.getMessage());
        }
        print(trial, config.liveness().sequence());
        rule.ifPresent(it -> trial.level().ifPresent(level -> advise(trial, it, level)));
        recognised.ifPresent(this::print);
        return ExitCodes.OK;
    }

    /** The central face of every photo. */
    private ClipRecognition enrolled(Models models) throws IOException {
        ClipRecognition recognition = new ClipRecognition();
        PeopleFolder photos;
        try {
            photos = PeopleFolder.read(people);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new CommandException(ExitCodes.NO_INPUT, people + ": not found; photos of people belong there");
        }
        for (Map.Entry<String, List<Path>> person : photos.people().entrySet()) {
            for (Path photo : person.getValue()) {
                List<SeenFace> faces = new ArrayList<>();
                ClipReader.read(photo, camera(), 1, models.reader()::look, PHOTO, frame -> faces.addAll(frame.faces()));
                for (FusedLooks.Look look : looks(models, faces.subList(0, Math.min(1, faces.size())))) {
                    recognition.enrol(person.getKey(), look.embedding());
                }
            }
        }
        if (recognition.people() == 0) {
            throw new CommandException(ExitCodes.NO_INPUT, people + ": no photo with a face");
        }
        return recognition;
    }

    private static CameraConfig camera() {
        return Defaults.of(CameraConfig.class, "id: clip", "source: /dev/null");
    }

    private static List<FusedLooks.Look> looks(Models models, List<SeenFace> faces) {
        List<FusedLooks.Look> looks = new ArrayList<>();
        for (SeenFace face : faces) {
            looks.add(new FusedLooks.Look(
                    models.embedder().embed(List.of(face.aligned())).get(0),
                    face.quality().score()));
        }
        return looks;
    }

    private void print(Table table) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(table.caption());
        TextTable text = new TextTable(table.columns().toArray(String[]::new));
        table.rows().forEach(row -> text.row(row.toArray(String[]::new)));
        text.print(out);
    }

    private static List<Path> clips(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCodes.NO_INPUT, folder + ": not found; the clips belong into the folders live and attack");
        }
    }

    /**
     * The largest face, as long as it is the same one.
     *
     * @param looks gets the faces of which a visit would be recognised: one every half second
     */
    private List<FrameEvidence> frames(Path clip, FaceReader reader, FrameInspector inspector, List<SeenFace> looks)
            throws IOException {
        List<FrameEvidence> frames = new ArrayList<>();
        long[] due = {Long.MIN_VALUE};
        FaceBox[] last = new FaceBox[1];
        ClipReader.read(
                clip,
                camera(),
                fps,
                reader::look,
                detectSize,
                grey ? VideoFrame::grey : UnaryOperator.identity(),
                frame -> frame.faces().stream()
                        .filter(face -> last[0] == null || face.box().overlap(last[0]) > 0.2)
                        .max(Comparator.comparingDouble(
                                (SeenFace face) -> face.box().area()))
                        .ifPresent(face -> {
                            last[0] = face.box();
                            if (frame.nanos() >= due[0]) {
                                due[0] = frame.nanos() + LOOK_NANOS;
                                looks.add(face);
                            }
                            frames.add(inspector.inspect(face, frame.thumbnail(), frame.width(), frame.nanos()));
                        }));
        return frames;
    }

    private void print(ClipTrial trial, SequenceConfig config) {
        PrintWriter out = spec.commandLine().getOut();
        TextTable clips =
                new TextTable("clip", "", "windows", "live", "not proven", "attack", "score min", "median", "max");
        trial.liveClips().forEach((name, proofs) -> clips.row(row(name, "live", proofs)));
        trial.attackClips().forEach((name, proofs) -> clips.row(row(name, "attack", proofs)));
        clips.print(out);
        out.println();
        ErrorCurve curve = trial.curve();
        TextTable rates =
                new TextTable("score from", "attacks taken for live (APCER)", "live not taken for live (BPCER)");
        for (int i = 1; i < 20; i++) {
            rates.row(
                    rate(i * 0.05),
                    percent(curve.at(i * 0.05).falseAccept()),
                    percent(curve.at(i * 0.05).falseReject()));
        }
        rates.row(
                "as configured: " + rate(config.liveScore()) + " and the rest",
                percent(ClipTrial.takenForLive(trial.attackClips())),
                percent(1 - ClipTrial.takenForLive(trial.liveClips())));
        rates.print(out);
        if (reasons) {
            reasons(out, trial.liveClips());
            reasons(out, trial.attackClips());
        }
        out.flush();
    }

    /** What the limit of a camera would be that sees live faces as these clips show them. */
    private void advise(ClipTrial trial, CameraLevel.Rule rule, double level) {
        PrintWriter out = spec.commandLine().getOut();
        double limit = Math.round(100 * rule.limit(level, false)) / 100.0;
        out.println();
        out.println("The network's mean on these live clips is " + rate(level)
                + ". It would have their camera's limit be " + rate(limit) + " instead of " + rate(rule.own()) + ":");
        TextTable reach = new TextTable("limit of the network alone", "attacks that reach it", "live below it");
        for (double each : new double[] {rule.own(), limit}) {
            reach.row(
                    rate(each),
                    percent(ClipTrial.reaching(each, trial.attackClips())),
                    percent(1 - ClipTrial.reaching(each, trial.liveClips())));
        }
        reach.print(out);
        out.println(advice(rule, level, limit));
        out.flush();
    }

    private static String advice(CameraLevel.Rule rule, double level, double limit) {
        if (rule.tooLow(level, false)) {
            return "That is where attacks lie at other cameras, so that the network can hardly tell them from live faces: have the"
                    + " door ask for movements (liveness: challenge) or a PIN (not-live: pin), or take another camera.";
        }
        return limit < rule.own()
                ? "To set it for all cameras of a box: liveness.sequence.model-threshold: " + rate(limit)
                        + ". With learn-limit: true each camera finds its own."
                : "The configured one will do; with learn-limit: true each camera finds its own.";
    }

    private static void reasons(PrintWriter out, Map<String, List<LiveProof>> clips) {
        clips.forEach((name, proofs) -> {
            if (!proofs.isEmpty()) {
                out.println();
                out.println(name + ":");
                proofs.get(proofs.size() - 1).reasons().forEach(reason -> out.println("  " + reason.sentence()));
            }
        });
    }

    private static String[] row(String name, String kind, List<LiveProof> proofs) {
        double[] scores = proofs.stream().mapToDouble(LiveProof::score).sorted().toArray();
        int n = scores.length;
        return new String[] {
            name,
            kind,
            Integer.toString(n),
            count(proofs, LiveProof.State.LIVE),
            count(proofs, LiveProof.State.NOT_PROVEN),
            count(proofs, LiveProof.State.ATTACK),
            n == 0 ? "" : rate(scores[0]),
            n == 0 ? "" : rate(scores[n / 2]),
            n == 0 ? "" : rate(scores[n - 1])
        };
    }

    private static String count(List<LiveProof> proofs, LiveProof.State state) {
        return Long.toString(proofs.stream().filter(p -> p.state() == state).count());
    }

    private static String rate(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
}
