package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import java.io.Serializable;
import java.util.List;

/** Templates made anew by another embedding model from the pictures that are kept: answered by the store. */
public final class RenewalMessages {
    public static final Address<NextViews, Views> NEXT = Address.house("store.next-views");

    public static final Address<RenewTemplates, Integer> RENEW = Address.house("store.renew-templates");

    /**
     * Of which views is there a picture, and no template by this model?
     *
     * @param limit most of them, at least 1
     */
    public record NextViews(String modelId, int limit, Deadline deadline) implements Message {}

    /** @param waiting how many there are, with these */
    public record Views(List<View> views, int waiting) implements Serializable {
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

    private RenewalMessages() {}
}
