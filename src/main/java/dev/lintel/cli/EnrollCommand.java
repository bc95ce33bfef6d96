package dev.lintel.cli;

import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "enroll",
        aliases = "enrol",
        description = {
            "Enrol a folder of people: DIR/Anna/*.jpg, or DIR/Anna.jpg and DIR/Anna-2.jpg.",
            "An interrupted run goes on where it stopped. Ends with 1 if a photo was refused."
        })
final class EnrollCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR")
    Path folder;

    @Option(
            names = "--face",
            paramLabel = "one|largest",
            defaultValue = "one",
            description =
                    "Photos with several faces: refuse them, or take the largest face. Default: ${DEFAULT-VALUE}.")
    String face;

    @Option(
            names = "--quality",
            paramLabel = "check|accept",
            defaultValue = "check",
            description = "Faces of low quality: refuse or store them. Default: ${DEFAULT-VALUE}.")
    String quality;

    @Option(
            names = "--duplicate",
            paramLabel = "refuse|allow",
            defaultValue = "refuse",
            description =
                    "Faces that are enrolled under another label: refuse or store them. Default: ${DEFAULT-VALUE}.")
    String duplicate;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what became of every photo, as CSV or, if it ends in .json, JSON. Contains the names.")
    Path report;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Photos sent at once. Default: the number of cores, at most 4.")
    int jobs = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Option(names = "--restart", description = "Begin again instead of going on with an interrupted run.")
    boolean restart;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new CommandException(ExitCodes.NO_INPUT, folder + " is no folder");
        }
        List<Photo> photos = PhotoFolder.read(folder);
        if (photos.isEmpty()) {
            throw new CommandException(
                    ExitCodes.NO_INPUT,
                    folder + " contains no photos: a folder for each person, or files such as Anna.jpg and Anna-2.jpg"
                            + " (.jpg, .png, .webp, .bmp, .gif, .tif)");
        }
        PrintWriter out = spec.commandLine().getOut();
        EnrolReport results = new EnrolReport();
        Path data = box.installation.home().resolve("data");
        try (Box.Session session = box.open();
                EnrolmentJournal journal = EnrolmentJournal.open(
                        data,
                        folder,
                        session.own() == null ? session.client().base().toString() : "own")) {
            if (restart) {
                journal.restart();
            } else if (!journal.isEmpty()) {
                out.println("Going on with an interrupted run; --restart begins again.");
                out.flush();
            }
            enrolAll(photos, session.client(), journal, results);
            journal.finish();
        }
        results.print(out);
        if (report != null) {
            results.write(report);
        }
        long people = photos.stream().map(Photo::label).distinct().count();
        out.printf(
                "%d of %d photos of %d people are enrolled%s.%n",
                results.count(EnrolReport.STORED) + results.count(EnrolReport.BEFORE),
                photos.size(),
                people,
                results.count(EnrolReport.BEFORE) == 0
                        ? ""
                        : ", " + results.count(EnrolReport.BEFORE) + " of them by the earlier run");
        out.flush();
        return results.refused().isEmpty() ? ExitCodes.OK : ExitCodes.NO;
    }

    private void enrolAll(List<Photo> photos, Client client, EnrolmentJournal journal, EnrolReport results)
            throws InterruptedException {
        Set<String> there = journal.isEmpty() ? Set.of() : ListCommand.labels(client);
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, jobs));
        try (Progress progress = new Progress("Enrolling", photos.size())) {
            List<Future<?>> all = photos.stream()
                    .<Future<?>>map(photo -> pool.submit(() -> {
                        enrol(photo, client, there, journal, results);
                        progress.step();
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandException stop) {
                throw stop;
            }
            throw new CommandException(ExitCodes.INTERNAL, "enrolment stopped: " + e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private void enrol(Photo photo, Client client, Set<String> there, EnrolmentJournal journal, EnrolReport results)
            throws IOException {
        String id = EnrolmentJournal.id(photo);
        if (journal.contains(id) && there.contains(photo.label())) {
            results.add(photo, EnrolReport.BEFORE, "");
            return;
        }
        Client.Answer answer = client.upload(
                "/enroll",
                Map.of("label", photo.label(), "face", face, "quality", quality, "duplicate", duplicate),
                List.of(photo.file()));
        if (answer.ok()) {
            journal.add(id);
            results.add(photo, EnrolReport.STORED, "");
        } else if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
            answer.orFail();
        } else {
            results.add(photo, answer.code(), answer.detail());
        }
    }
}
