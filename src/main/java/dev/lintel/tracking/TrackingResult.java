package dev.lintel.tracking;

import dev.lintel.access.Sighting;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done after a frame or an answer.
 *
 * @param embed faces to embed; {@link VisitTracker#embedded} or {@link VisitTracker#unanswered} takes the answer
 * @param inspect the same views, to judge for liveness; {@link VisitTracker#inspected} takes the answer
 * @param sightings what has become clear
 * @param renewed of somebody who was reported and stays, recognised and live
 */
public record TrackingResult(
        List<Embed> embed, List<Inspect> inspect, List<Sighting> sightings, List<Sighting> renewed) {
    /** Nothing. */
    public static final TrackingResult NONE = of(List.of());

    /** @param track number of the track, as a ticket for the answer */
    public record Embed(int track, FaceCrop crop) {}

    /**
     * A view to judge.
     *
     * @param track as above
     * @param scene the whole frame of this view, small
     * @param frameWidth of that frame in pixels
     * @param nanos its capture: names the view
     */
    public record Inspect(int track, SeenFace face, GreyImage scene, int frameWidth, long nanos) {}

    /**
     * Vectors to look up in the gallery.
     *
     * @param track as above
     * @param vote the embedding of one frame
     * @param mean of all votes of the visit with this one
     */
    public record Probe(int track, Embedding vote, Embedding mean) {}

    public TrackingResult {
        embed = List.copyOf(embed);
        inspect = List.copyOf(inspect);
        sightings = List.copyOf(sightings);
        renewed = List.copyOf(renewed);
    }

    static TrackingResult of(List<Sighting> sightings) {
        return new TrackingResult(List.of(), List.of(), sightings, List.of());
    }

    /** This and the other, in this order. */
    public TrackingResult and(TrackingResult other) {
        return new TrackingResult(
                join(embed, other.embed),
                join(inspect, other.inspect),
                join(sightings, other.sightings),
                join(renewed, other.renewed));
    }

    private static <T> List<T> join(List<T> a, List<T> b) {
        List<T> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }
}
