package dev.lintel.vision;

import dev.lintel.inference.Engine;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures which {@code sureScore} suits a detection pack. Arguments: the folders of the detection and of the
 * landmark pack, folders of upright photos.
 * Prints for each choice the share of photos that come out upright where they lie at 0, 90, 180 and 270 degrees.
 */
public final class TurnBench {
    private static final double LEAD = 0.02;

    private TurnBench() {}

    public static void main(String[] args) throws IOException {
        ModelPack pack = ModelPack.load(Path.of(args[0]), Engine.TENSORFLOW, ModelManifest.Task.DETECTION);
        float threshold = pack.manifest().threshold().floatValue();
        List<double[]> merits = new ArrayList<>();
        ModelPack points = ModelPack.load(Path.of(args[1]), Engine.TENSORFLOW, ModelManifest.Task.LANDMARKS);
        try (FaceDetector detector = new FaceDetector(pack.open(1), threshold);
                LandmarkRefiner refiner = LandmarkRefiner.open(points)) {
            for (int i = 2; i < args.length; i++) {
                try (Stream<Path> files = Files.walk(Path.of(args[i]))) {
                    for (Path file : files.filter(f -> f.toString().matches(".*\\.(jpg|png)"))
                            .sorted()
                            .toList()) {
                        merits.add(merits(detector, refiner, Files.readAllBytes(file)));
                    }
                }
            }
        }
        System.out.println("| sureScore | 0 | 90 | 180 | 270 | other turns tried |\n|---:|---:|---:|---:|---:|---:|");
        for (double sure : new double[] {0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.93, 0.94, 0.95, 0.96}) {
            System.out.println(row(merits, sure));
        }
    }

    private static double[] merits(FaceDetector detector, LandmarkRefiner refiner, byte[] bytes) throws IOException {
        ImageHeader header = ImageHeader.read(bytes).fold(h -> h, refusal -> null);
        double[] merits = new double[4];
        try (Picture picture = new ImageDecoder().decode(bytes, header, Orientation.UPRIGHT, 1)) {
            for (int quarter = 0; quarter < 4; quarter++) {
                Picture turned = picture.turnedBy(quarter * 90);
                List<Detection> whole = refiner.refine(turned, detector.detect(turned, 640, 0)).stream()
                        .filter(face -> turned.holds(face.landmarks()))
                        .toList();
                merits[quarter] = new FaceFinder.Found(quarter * 90, whole).merit();
            }
        }
        return merits;
    }

    private static String row(List<double[]> all, double sure) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %.2f |", sure));
        for (int lies = 0; lies < 4; lies++) {
            int upright = 0;
            for (double[] merits : all) {
                upright += chosen(merits, lies, sure) == 0 ? 1 : 0;
            }
            row.append(String.format(Locale.ROOT, " %.1f %% |", 100.0 * upright / all.size()));
        }
        long tried = all.stream()
                .filter(merits -> merits[0] == 0 || merits[0] < sure)
                .count();
        return row.append(String.format(Locale.ROOT, " %.1f %% |", 100.0 * tried / all.size()))
                .toString();
    }

    /** As {@link FaceFinder} chooses. */
    private static int chosen(double[] merits, int seen, double sure) {
        if (merits[seen] > 0 && merits[seen] >= sure) {
            return seen;
        }
        int best = seen;
        for (int k = 1; k < 4; k++) {
            int turn = (seen + k) % 4;
            if (merits[turn] > Math.max(merits[best], merits[seen] + LEAD)) {
                best = turn;
            }
        }
        return best;
    }
}
