package dev.lintel.evaluation;

import dev.lintel.face.Embedding;
import dev.lintel.face.Liveness;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Samples without images: a face is two numbers, the angle of its vector in degrees. */
final class TestSamples {
    private TestSamples() {}

    static Sample seen(Path file, double degrees, Liveness.Check... checks) {
        return seen(file, vector(degrees), List.of(), checks);
    }

    static Sample blurred(Path file, double degrees) {
        return seen(file, vector(degrees), List.of(new Quality.Issue(Quality.Kind.BLURRED, 3, 20)), live());
    }

    private static Sample seen(Path file, float[] vector, List<Quality.Issue> issues, Liveness.Check... checks) {
        Quality quality = new Quality(issues.isEmpty() ? 0.9 : 0.01, 100, 0, 0, 0, 50, 120, 40, issues);
        Liveness liveness = new Liveness(checks.length == 0 ? List.of(live()) : List.of(checks));
        return new Sample(
                file,
                Optional.of(new Sample.Face(new Embedding("test", vector), quality, liveness)),
                Optional.empty(),
                new Sample.Timing(10, 1, 4));
    }

    static Sample unseen(Path file) {
        return new Sample(file, Optional.empty(), Optional.of(Refusal.Code.NO_FACE), new Sample.Timing(10, 0, 0));
    }

    static Liveness.Check live() {
        return new Liveness.Check("network", 0.9, 0.5, true);
    }

    static float[] vector(double degrees) {
        return new float[] {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
    }

    static double similarity(double degreesApart) {
        return Math.cos(Math.toRadians(degreesApart));
    }

    static Samples read(Map<Path, Sample> samples) throws InterruptedException {
        return Samples.read(samples.keySet(), samples::get, 2, () -> {});
    }
}
