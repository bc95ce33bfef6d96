package dev.lintel.cli;

import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Option;

/** Photos of many people into the box, wherever they come from: goes on after an interruption, and reports each photo. */
final class Enrolling {
    @Option(
            names = "--face",
            paramLabel = "one|largest",
            defaultValue = "one",
            description =
                    "Photos with several faces: refuse them, or take the largest face. Faces less than half as wide as the largest stand"
                            + " behind and do not count. Default: ${DEFAULT-VALUE}.")
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

    /**
     * @param source where the photos come from; a run that was interrupted goes on with the same
     * @return the command's exit code
     */
    int run(Box box, Box.Session session, List<Photo> photos, String source, PrintWriter out)
            throws IOException, InterruptedException {
        EnrolReport results = new EnrolReport();
        try (EnrolmentJournal journal = EnrolmentJournal.open(
                box.installation.home().resolve("data"),
                source,
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
        if (photo.tooLarge()) {
            results.add(
                    photo,
                    "image_too_large",
                    "the file has more than " + (PhotoFolder.LARGEST >> 20) + " MiB: it is no photo");
            return;
        }
        byte[] picture = photo.read();
        String id = EnrolmentJournal.id(photo.label(), picture);
        if (journal.contains(id) && there.contains(photo.label())) {
            results.add(photo, EnrolReport.BEFORE, "");
            return;
        }
        if (picture.length == 0) {
            results.add(photo, "no_picture", "there is no picture to enrol");
            return;
        }
        Client.Answer answer = client.upload(
                "/enroll",
                Map.of("label", photo.label(), "face", face, "quality", quality, "duplicate", duplicate),
                picture);
        if (answer.ok()) {
            journal.add(id);
            int faces =
                    answer.body().path("results").path(0).path("faces_found").asInt();
            results.add(photo, EnrolReport.STORED, faces > 1 ? "of " + faces + " faces the largest whole one" : "");
            results.twins(photo.label(), answer.texts("similar_labels"));
        } else if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
            answer.orFail();
        } else {
            results.add(photo, answer.code(), answer.detail());
        }
    }
}
