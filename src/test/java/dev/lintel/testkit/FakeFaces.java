package dev.lintel.testkit;

import dev.lintel.face.Calibration;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import dev.lintel.messages.FaceMessages.Screening;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A world in which an image is a line of text that names the faces in it, largest first: {@code anna1 bob2}. The
 * digits tell photos of one person apart. {@code !} before a face makes it a spoof, {@code ~} blurs it, {@code ?}
 * makes it unusable, {@code ^} has the picture's corner cut it off. {@code nobody} is an image without a face; anything with a {@code %} is not an image.
 */
public final class FakeFaces {
    public static final String MODEL = "fake-1";

    /** Two photos of one fake person are about 0.9 alike, of different ones less than 0.35. */
    public static final Calibration CALIBRATION = new Calibration(
            0.5,
            List.of(
                    new Calibration.Point(0.1, 0.35),
                    new Calibration.Point(0.01, 0.40),
                    new Calibration.Point(0.001, 0.45)));

    private FakeFaces() {}

    public static EncodedImage photo(String faces) {
        return new EncodedImage(faces.getBytes(StandardCharsets.UTF_8));
    }

    static Outcome<Screening> look(EncodedImage image) {
        String text = new String(image.bytes(), StandardCharsets.UTF_8);
        if (text.isEmpty() || text.contains("%")) {
            return Outcome.refused(Refusal.Code.UNREADABLE_IMAGE, "the image cannot be decoded: send another one");
        }
        if (text.equals("nobody")) {
            return Outcome.refused(Refusal.Code.NO_FACE, "no face detected: come closer");
        }
        List<ScreenedFace> faces = new ArrayList<>();
        for (String name : text.split(" ")) {
            faces.add(face(name, 200 - 20 * faces.size(), name.startsWith("^") ? -120 : 220 * faces.size()));
        }
        return Outcome.done(new Screening(1280, 720, 0, faces));
    }

    static Embedding embedding(FaceCrop crop) {
        int length = crop.rgb()[0];
        return embeddingOf(new String(crop.rgb(), 1, length, StandardCharsets.UTF_8));
    }

    /** The face of a photo, as the store gets it. */
    public static Embedding embeddingOf(String name) {
        Random person = new Random(name.replaceAll("[0-9]", "").hashCode());
        Random photo = new Random(name.hashCode());
        float[] vector = new float[128];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (person.nextGaussian() + 0.3 * photo.nextGaussian());
        }
        return new Embedding(MODEL, vector);
    }

    private static ScreenedFace face(String marked, int size, int x) {
        String name = marked.replaceAll("[!~?^]", "");
        boolean cut = marked.startsWith("^");
        FaceBox box = new FaceBox(x, cut ? -60 : 10, size, size);
        float s = size / 10f;
        Landmarks landmarks = new Landmarks(
                new Landmarks.Point(x + 3 * s, 4 * s),
                new Landmarks.Point(x + 7 * s, 4 * s),
                new Landmarks.Point(x + 5 * s, 6 * s),
                new Landmarks.Point(x + 3.5f * s, 8 * s),
                new Landmarks.Point(x + 6.5f * s, 8 * s));
        boolean blurred = marked.startsWith("~");
        boolean useless = marked.startsWith("?");
        Quality quality = new Quality(
                useless ? 0 : blurred ? 0.3 : 0.9,
                size,
                2,
                -3,
                1,
                blurred || useless ? 5 : 80,
                120,
                40,
                cut
                        ? List.of(new Quality.Issue(Quality.Kind.CUT_OFF, 2, 5))
                        : blurred || useless ? List.of(new Quality.Issue(Quality.Kind.BLURRED, 5, 20)) : List.of());
        boolean live = !marked.startsWith("!");
        Liveness liveness = new Liveness(List.of(
                new Liveness.Check("saturation", live ? 0.1 : 0.7, 0.25, live),
                new Liveness.Check("sharpness", 80, 30, true)));
        byte[] rgb = new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3];
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        Arrays.fill(rgb, (byte) 128);
        rgb[0] = (byte) text.length;
        System.arraycopy(text, 0, rgb, 1, text.length);
        return new ScreenedFace(box, landmarks, 0.95, quality, liveness, new FaceCrop(FaceCrop.ALIGNED, rgb));
    }
}
