package dev.lintel.compat;

import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.gateway.GuestCall;
import dev.lintel.gateway.Reply;
import dev.lintel.recognition.EnrolOptions;
import dev.lintel.recognition.FaceChoice;
import dev.lintel.recognition.RecognitionFlow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** CompreFace's subjects, who are Lintel's people, and their faces, which are templates: no picture is kept. */
final class CompreFaceSubjects {
    private static final EnrolOptions OPTIONS = new EnrolOptions(FaceChoice.ONE, false, false, false, false);
    private static final int LONGEST = 50;
    private static final int MOST_AT_ONCE = 1000;
    private static final Pattern SPECIAL = Pattern.compile("[;/\\\\]");

    /** The JavaScript client puts this behind the name instead of beside it. */
    private static final Pattern STRAY = Pattern.compile("\\?det_prob_threshold=[0-9.]+$");

    private final RecognitionFlow flow;
    private final Subjects subjects;

    CompreFaceSubjects(RecognitionFlow flow, Subjects subjects) {
        this.flow = flow;
        this.subjects = subjects;
    }

    Future<Reply> list(GuestCall call) {
        return subjects.names(call.deadline(1))
                .map(names -> Reply.json(new JsonObject().put("subjects", new JsonArray(names))));
    }

    Future<Reply> add(GuestCall call) {
        return named(call)
                .compose(label -> subjects.remember(label, call.deadline(1)).map(added -> {
                    if (!added) {
                        throw CompreFaceFault.bad(CompreFaceFault.SUBJECT_EXISTS, "Subject already exists");
                    }
                    return Reply.json(201, new JsonObject().put("subject", label.text()));
                }));
    }

    Future<Reply> rename(GuestCall call) {
        Label from = CompreFaceApi.label(call.path("subject"));
        return named(call).compose(to -> {
            Deadline deadline = call.deadline(1);
            return known(from, deadline)
                    .compose(there -> there.equals(to)
                            ? Future.succeededFuture(updated(false))
                            : subjects.rename(there, to, deadline).map(updated(true)));
        });
    }

    private static Reply updated(boolean changed) {
        return Reply.json(new JsonObject().put("updated", changed));
    }

    Future<Reply> delete(GuestCall call) {
        Deadline deadline = call.deadline(1);
        return known(CompreFaceApi.label(call.path("subject")), deadline)
                .compose(label -> subjects.delete(label, deadline)
                        .map(faces -> Reply.json(new JsonObject().put("subject", label.text()))));
    }

    Future<Reply> deleteAll(GuestCall call) {
        return subjects.deleteAll(call.deadline(MOST_AT_ONCE))
                .map(gone -> Reply.json(new JsonObject().put("deleted", gone[0])));
    }

    Future<Reply> addFace(GuestCall call) {
        String asked = call.query("subject")
                .map(name -> STRAY.matcher(name).replaceFirst(""))
                .orElseThrow(() ->
                        CompreFaceFault.bad(CompreFaceFault.NO_PARAMETER, "Required parameter subject is missing"));
        if (asked.isBlank()) {
            throw CompreFaceFault.bad(CompreFaceFault.OUT_OF_RANGE, "Subject name is empty; ");
        }
        Label name = CompreFaceApi.label(asked);
        return RequestImages.read(call, "file")
                .compose(pictures -> call.work(() -> enrol(name, pictures.get(0), call.deadline(1))));
    }

    private Future<Reply> enrol(Label name, EncodedImage picture, Deadline deadline) {
        return subjects.find(name, deadline)
                .map(there -> there.orElse(name))
                .compose(label -> flow.enrol(label, List.of(picture), OPTIONS, deadline)
                        .compose(GuestCall::valueOf)
                        .compose(enrolled -> enrolled.stored() == 0
                                ? GuestCall.<Reply>valueOf(
                                        Outcome.refused(enrolled.firstRefusal().orElseThrow()))
                                : Future.succeededFuture(Reply.json(
                                                201,
                                                face(
                                                        enrolled.images()
                                                                .get(0)
                                                                .templateId()
                                                                .orElseThrow(),
                                                        enrolled.label())))
                                        .onSuccess(stored -> subjects.enrolled(label))));
    }

    /** Reads only the people whose faces are on the page: the list knows how many each has. */
    Future<Reply> listFaces(GuestCall call) {
        long page = Math.max(0, (long) number(call, "page", 0));
        int size = (int) Math.max(1, Math.min(MOST_AT_ONCE, number(call, "size", 20)));
        Deadline deadline = call.deadline(2);
        Future<List<Person.Summary>> people =
                call.query("subject").filter(name -> !name.isBlank()).isPresent()
                        ? subjects.people(deadline)
                                .map(all -> all.stream()
                                        .filter(person -> person.label()
                                                .text()
                                                .equalsIgnoreCase(CompreFaceApi.label(call.query("subject")
                                                                .orElseThrow())
                                                        .text()))
                                        .toList())
                        : subjects.people(deadline);
        return people.compose(all -> {
            long total = all.stream().mapToLong(Person.Summary::templates).sum();
            return page(all, page * size, size, deadline)
                    .map(faces -> Reply.json(new JsonObject()
                            .put("faces", new JsonArray(faces))
                            .put("page_number", page)
                            .put("page_size", size)
                            .put("total_pages", (total + size - 1) / size)
                            .put("total_elements", total)));
        });
    }

    private Future<List<JsonObject>> page(List<Person.Summary> people, long from, int size, Deadline deadline) {
        List<JsonObject> faces = new ArrayList<>();
        Future<Void> done = Future.succeededFuture();
        long before = 0;
        for (Person.Summary person : people) {
            long skip = Math.max(0, from - before);
            if (before < from + size && skip < person.templates()) {
                done = done.compose(v -> subjects.templates(person.label(), deadline))
                        .map(templates -> {
                            templates.stream()
                                    .skip(skip)
                                    .limit((long) size - faces.size())
                                    .forEach(template -> faces.add(face(template.id(), person.label())));
                            return null;
                        });
            }
            before += person.templates();
        }
        return done.map(faces);
    }

    /** @param admitDeletion throws unless the caller may delete people */
    Future<Reply> deleteFaces(GuestCall call, Runnable admitDeletion) {
        if (call.query("subject").isEmpty()) {
            admitDeletion.run();
            return subjects.deleteAll(call.deadline(MOST_AT_ONCE)).map(gone -> deleted(gone[1]));
        }
        Deadline deadline = call.deadline(1);
        return subjects.find(CompreFaceApi.label(call.query("subject").get()), deadline)
                .compose(label -> {
                    if (label.isEmpty()) {
                        return Future.succeededFuture(deleted(0));
                    }
                    admitDeletion.run();
                    return subjects.delete(label.get(), deadline).map(CompreFaceSubjects::deleted);
                });
    }

    private static Reply deleted(int faces) {
        return Reply.json(new JsonObject().put("deleted", faces));
    }

    Future<Reply> deleteFace(GuestCall call) {
        OptionalLong template = template(call.path("id"));
        return (template.isEmpty()
                        ? Future.succeededFuture(java.util.Optional.<Label>empty())
                        : subjects.deleteTemplate(template.getAsLong(), call.deadline(1)))
                .map(owner -> Reply.json(face(
                        template.orElse(0),
                        owner.orElseThrow(
                                () -> CompreFaceFault.of(404, CompreFaceFault.UNKNOWN_IMAGE, "Image ID not found")))));
    }

    Future<Reply> deleteSeveralFaces(GuestCall call) {
        return call.body().map(CompreFaceSubjects::ids).compose(ids -> {
            Deadline deadline = call.deadline(Math.max(1, ids.size()));
            JsonArray gone = new JsonArray();
            Future<Void> done = Future.succeededFuture();
            for (String id : ids) {
                OptionalLong template = template(id);
                if (template.isPresent()) {
                    done = done.compose(v -> subjects.deleteTemplate(template.getAsLong(), deadline))
                            .map(owner -> {
                                owner.ifPresent(label -> gone.add(face(template.getAsLong(), label)));
                                return null;
                            });
                }
            }
            return done.map(v -> Reply.of(200, "application/json", gone.toBuffer()));
        });
    }

    private static List<String> ids(Buffer body) {
        try {
            List<String> ids = new JsonArray(body).stream().map(String::valueOf).toList();
            if (ids.size() > MOST_AT_ONCE) {
                throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, "at most " + MOST_AT_ONCE + " image ids at once");
            }
            return ids;
        } catch (DecodeException | ClassCastException e) {
            throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, "the body is no list of image ids");
        }
    }

    /** Empty if nobody's. */
    static OptionalLong template(String id) {
        try {
            return TemplateId.read(id);
        } catch (IllegalArgumentException e) {
            throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, "an image id is a UUID");
        }
    }

    private Future<Label> known(Label asked, Deadline deadline) {
        return subjects.find(asked, deadline)
                .map(there -> there.orElseThrow(() -> CompreFaceFault.of(
                        404, CompreFaceFault.UNKNOWN_SUBJECT, "Subject " + asked.text() + " not found")));
    }

    /** The name in a body {@code {"subject": "Anna"}}. */
    private static Future<Label> named(GuestCall call) {
        return call.body().map(RequestImages::json).map(body -> {
            String name = body.getValue("subject") instanceof String text ? text : "";
            if (name.isBlank()) {
                throw CompreFaceFault.bad(CompreFaceFault.OUT_OF_RANGE, "Subject name cannot be empty");
            }
            if (name.codePointCount(0, name.length()) > LONGEST) {
                throw CompreFaceFault.bad(
                        CompreFaceFault.OUT_OF_RANGE, "Subject name size must be between 1 and " + LONGEST);
            }
            if (SPECIAL.matcher(name).find()) {
                throw CompreFaceFault.bad(
                        CompreFaceFault.SPECIAL_CHARACTERS,
                        "The name cannot contain the following special characters: ';', '/', '\\'");
            }
            return CompreFaceApi.label(name);
        });
    }

    private static double number(GuestCall call, String name, double byDefault) {
        try {
            return call.query(name).map(Double::parseDouble).orElse(byDefault);
        } catch (NumberFormatException e) {
            throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, name + " must be a number");
        }
    }

    private static JsonObject face(long template, Label label) {
        return new JsonObject().put("image_id", TemplateId.write(template)).put("subject", label.text());
    }
}
