package dev.lintel.recognition;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import dev.lintel.messages.FaceMessages.Screening;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The rules by which a face is taken or refused, with the words for it. Quality is judged before liveness, so that what is
 * blurred or dark is called so and not a spoof.
 */
final class Judgement {
    /** The seed service's words; the detail of a refusal begins with them. */
    static final String FAILED_LIVENESS = "failed liveness checks";

    /** Whoever stands so far behind, by the width of the face, leaves it clear who is meant. */
    private static final double BEHIND = 0.5;

    private Judgement() {}

    /** The face that is meant, if that is clear. */
    static Outcome<ScreenedFace> choose(Screening screening, FaceChoice choice, String howToTakeTheLargest) {
        List<ScreenedFace> faces = screening.faces();
        ScreenedFace largest = faces.get(0);
        if (choice != FaceChoice.ONE || largest.quality().cutOff()) {
            return Outcome.done(largest);
        }
        List<ScreenedFace> whole =
                faces.stream().filter(face -> !face.quality().cutOff()).toList();
        boolean itselfBehind = faces.stream().anyMatch(face -> behind(largest, face));
        if (!itselfBehind && whole.stream().skip(1).allMatch(face -> behind(face, largest))) {
            return Outcome.done(largest);
        }
        List<FaceBox> boxes = whole.stream().map(ScreenedFace::box).toList();
        String described = boxes.stream().map(FaceBox::describe).collect(Collectors.joining("; "));
        return Outcome.refused(new Refusal(
                Refusal.Code.SEVERAL_FACES,
                itselfBehind
                        ? "the picture's edge cuts the largest face, and "
                                + (whole.size() == 1 ? "another one stands" : "others stand")
                                + " behind it (at " + described
                                + "): use a photo that shows one person's whole face, or "
                                + howToTakeTheLargest + ", which takes the largest whole one"
                        : whole.size() + " faces found (at " + described + "): use a photo of one person, or "
                                + howToTakeTheLargest,
                boxes));
    }

    private static boolean behind(ScreenedFace face, ScreenedFace other) {
        return face.box().width() < BEHIND * other.box().width();
    }

    static Outcome<ScreenedFace> live(ScreenedFace face) {
        if (face.liveness().live()) {
            return Outcome.done(face);
        }
        String missed = face.liveness().checks().stream()
                .filter(check -> !check.passed())
                .map(check -> check.describe())
                .collect(Collectors.joining(", "));
        return refuse(
                Refusal.Code.SPOOF_SUSPECTED,
                FAILED_LIVENESS + (missed.isEmpty() ? ": none was made" : ": " + missed)
                        + "; show the face itself, evenly lit and in focus, not a picture of it",
                face);
    }

    /** For enrolment, whatever quality is asked for: the whole face. */
    static Outcome<ScreenedFace> whole(ScreenedFace face) {
        return face.quality().cutOff()
                ? refuse(
                        Refusal.Code.LOW_QUALITY,
                        "the face is not good enough to be enrolled: " + issues(face.quality()),
                        face)
                : Outcome.done(face);
    }

    /** For enrolment: no quality issue at all. */
    static Outcome<ScreenedFace> flawless(ScreenedFace face) {
        if (face.quality().acceptable() || face.quality().cutOff()) {
            return whole(face);
        }
        return refuse(
                Refusal.Code.LOW_QUALITY,
                "the face is not good enough to be enrolled: " + issues(face.quality())
                        + "; or enrol it all the same with quality=accept",
                face);
    }

    /** For recognition: something must be visible, and all of the face. */
    static Outcome<ScreenedFace> usable(ScreenedFace face, double minimum) {
        if (face.quality().score() >= minimum && !face.quality().cutOff()) {
            return Outcome.done(face);
        }
        String score = String.format(
                Locale.ROOT,
                "quality %.2f, at least %.2f is needed",
                face.quality().score(),
                minimum);
        return refuse(
                Refusal.Code.LOW_QUALITY,
                "the face cannot be recognised (" + score + "): "
                        + (face.quality().acceptable() ? "use a better photo" : issues(face.quality())),
                face);
    }

    private static String issues(Quality quality) {
        return quality.issues().stream().map(Quality.Issue::describe).collect(Collectors.joining("; "));
    }

    private static Outcome<ScreenedFace> refuse(Refusal.Code code, String detail, ScreenedFace face) {
        return Outcome.refused(new Refusal(code, detail, List.of(face.box())));
    }
}
