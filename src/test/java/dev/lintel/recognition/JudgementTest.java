package dev.lintel.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import dev.lintel.messages.FaceMessages.Screening;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final FaceCrop CROP = new FaceCrop(1, new byte[3]);

    @ParameterizedTest
    @CsvSource({"200, 99, true", "200, 101, false", "50, 24, true", "50, 50, false"})
    void shouldTakeWhoIsMeantWhereTheOthersStandFarBehind(int largest, int other, boolean clear) {
        Screening screening = screening(largest, other, other / 2);

        Outcome<ScreenedFace> one = Judgement.choose(screening, FaceChoice.ONE, "add face=largest");

        assertThat(one.<Object>fold(ScreenedFace::box, Refusal::code))
                .isEqualTo(clear ? screening.faces().get(0).box() : Refusal.Code.SEVERAL_FACES);
        assertThat(Judgement.choose(screening, FaceChoice.LARGEST, ""))
                .isEqualTo(Outcome.done(screening.faces().get(0)));
    }

    @Test
    void shouldNotCountAFaceThatTheEdgeCutsBesideAWholeOne() {
        ScreenedFace meant = face(100);
        Screening screening = new Screening(1000, 1000, 0, List.of(meant, cut(150)));

        assertThat(Judgement.choose(screening, FaceChoice.ONE, "")).isEqualTo(Outcome.done(meant));
    }

    @Test
    void shouldAskWhoIsMeantWhereTheEdgeCutsALargerFace() {
        ScreenedFace bystander = face(100);
        Screening screening = new Screening(1000, 1000, 0, List.of(bystander, cut(250)));

        Outcome<ScreenedFace> one = Judgement.choose(screening, FaceChoice.ONE, "add face=largest");

        assertThat(one.<Object>fold(face -> "taken", refusal -> List.of(refusal.code(), refusal.faces())))
                .isEqualTo(List.of(Refusal.Code.SEVERAL_FACES, List.of(bystander.box())));
        assertThat(one.<String>fold(face -> "taken", Refusal::detail)).contains("edge cuts the largest face");
        assertThat(Judgement.choose(screening, FaceChoice.LARGEST, "")).isEqualTo(Outcome.done(bystander));
    }

    @Test
    void shouldCountWholeFacesOnly() {
        Screening screening = new Screening(1000, 1000, 0, List.of(face(100), face(90), cut(80), cut(70)));

        assertThat(Judgement.choose(screening, FaceChoice.ONE, "x").<String>fold(face -> "taken", Refusal::detail))
                .startsWith("2 faces found");
    }

    @Test
    void shouldPromiseNothingThatIsRefusedToo() {
        assertThat(Judgement.flawless(cut(100)).<String>fold(face -> "taken", Refusal::detail))
                .doesNotContain("quality=accept");
    }

    @Test
    void shouldNeitherEnrolNorRecogniseByAPartOfAFace() {
        List.of(Judgement.whole(cut(100)), Judgement.flawless(cut(100)), Judgement.usable(cut(100), 0))
                .forEach(judged -> assertThat(judged.<String>fold(face -> "taken", Refusal::detail))
                        .contains("the picture's edge cuts the face"));
        assertThat(Judgement.whole(face(100))).isEqualTo(Outcome.done(face(100)));
    }

    private static Screening screening(int... sizes) {
        return new Screening(
                1000, 1000, 0, IntStream.of(sizes).mapToObj(JudgementTest::face).toList());
    }

    private static ScreenedFace face(int size) {
        return face(size, 0.9, List.of());
    }

    private static ScreenedFace cut(int size) {
        return face(size, 0, List.of(new Quality.Issue(Quality.Kind.CUT_OFF, 3, Landmarks.COUNT)));
    }

    private static ScreenedFace face(int size, double score, List<Quality.Issue> issues) {
        Point point = new Point(0, 0);
        return new ScreenedFace(
                new FaceBox(0, 0, size, size),
                new Landmarks(point, point, point, point, point),
                0.9,
                new Quality(score, size, 0, 0, 0, 80, 120, 40, issues),
                new Liveness(List.of()),
                CROP);
    }
}
