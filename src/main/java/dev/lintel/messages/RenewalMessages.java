package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.bus.Topic;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Templates made anew by another embedding model, from the pictures that are kept and from visits: answered by the store and the renewal. */
public final class RenewalMessages {
    public static final Address<NextViews, Views> NEXT = Address.house("store.next-views");

    public static final Address<RenewTemplates, Integer> RENEW = Address.house("store.renew-templates");

    /** Store: keep a template of a confirmed visit. */
    public static final Address<LearnTemplate, Boolean> LEARN = Address.house("store.learn-template");

    /** Renewal: a visit was of whom it was taken for. */
    public static final Address<ConfirmVisit, ConfirmedVisit> CONFIRM = Address.box("renewal.confirm");

    /** Somebody was recognised, for certain or not, and this is how they looked. Only where visits give templates. */
    public static final Topic<SeenPerson> SEEN = Topic.box("camera.seen-person");

    /**
     * Of which views is there a picture, and no template by this model?
     *
     * @param limit most of them, at least 1
     */
    public record NextViews(String modelId, int limit, Deadline deadline) implements Message {}

    /**
     * @param waiting how many there are, with these
     * @param unseen people whom the model in use recognises, of whom there is neither a picture nor a template by this model
     */
    public record Views(List<View> views, int waiting, int unseen) implements Serializable {
        public Views {
            views = List.copyOf(views);
        }
    }

    /** @param template that was made of it by another model */
    public record View(long template, FaceCrop crop) implements Serializable {}

    /**
     * Put these in place of what another model made. Those of the model in use are compared at once; those of another one are kept
     * beside the former until the box starts with it. A template that was deleted meanwhile, or whose picture was, stays away. Answers
     * how many were taken.
     */
    public record RenewTemplates(List<Renewed> templates, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }

        public RenewTemplates {
            templates = List.copyOf(templates);
        }
    }

    public record Renewed(long template, Embedding embedding) implements Serializable {}

    /** @param quality 0..1 */
    public record SeenPerson(UUID visit, Label person, FaceCrop crop, double quality, Instant at)
            implements Serializable {}

    /** An operator says that this visit was of whom the box took it for. Refused if its view is not kept any more. */
    public record ConfirmVisit(UUID visit, Deadline deadline) implements Message {}

    /** @param learnt whether it gave a template; false where the person has enough of the coming embedder's */
    public record ConfirmedVisit(Label person, boolean learnt) implements Serializable {}

    /**
     * Keep this template of another model than the one in use. It is compared once the box runs that model. Answers false where the person
     * has enough of them; refused if the person is not enrolled, deactivated, or without the consent that is needed.
     */
    public record LearnTemplate(Label person, Embedding embedding, double quality, Instant at, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }
    }

    private RenewalMessages() {}
}
