package dev.lintel.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Decision;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.testkit.Configs;
import dev.lintel.tracking.Stage.Actor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitTrackerTest {
    private final Stage stage = new Stage();

    @Test
    void shouldNameSomebodyOnceTwoFramesAgreeAndTheyAreLive() {
        stage.enrol("Anna", "Bob");

        List<Sighting> said = stage.frames(10, new Actor("Anna", 300, 180));

        assertThat(said).singleElement().satisfies(s -> {
            assertThat(s.identity()).isEqualTo(Identity.KNOWN);
            assertThat(s.person().orElseThrow().label().text()).isEqualTo("Anna");
            assertThat(s.liveness().state()).isEqualTo(LiveProof.State.LIVE);
            assertThat(s.embedded()).isBetween(2, 5);
            assertThat(Duration.between(s.usable(), s.decided())).isLessThanOrEqualTo(Duration.ofMillis(500));
            assertThat(s.distance()).isLessThan(s.threshold());
            assertThat(s.margin()).isGreaterThan(0.03);
        });
    }

    @Test
    void shouldNotReportAgainWhoeverStays() {
        stage.enrol("Anna");

        assertThat(stage.frames(200, new Actor("Anna", 300, 180))).hasSize(1);
        assertThat(stage.embedded).isLessThan(20);
    }

    @Test
    void shouldAskAgainAtIntervalsAboutWhoStaysRecognisedAndLive() {
        Stage stage = new Stage(Configs.of(TrackingConfig.class), Duration.ofSeconds(3));
        stage.enrol("Anna");

        List<Sighting> said = stage.frames(100, new Actor("Anna", 300, 180));

        assertThat(said).hasSize(1);
        assertThat(stage.renewed).hasSize(2).allSatisfy(s -> {
            assertThat(s.person().orElseThrow().label().text()).isEqualTo("Anna");
            assertThat(s.liveness().state()).isEqualTo(LiveProof.State.LIVE);
        });
        assertThat(stage.renewed)
                .extracting(Sighting::id)
                .doesNotHaveDuplicates()
                .doesNotContain(said.get(0).id());
    }

    @Test
    void shouldNotAskAgainForThePictureHeldUpAfterwards() {
        Stage stage = new Stage(Configs.of(TrackingConfig.class), Duration.ofSeconds(3));
        stage.enrol("Anna");
        stage.frames(10, new Actor("Anna", 300, 180));
        stage.live = 0.3;

        stage.pause(Duration.ofMillis(900));
        stage.frames(100, new Actor("Anna", 300, 180));

        assertThat(stage.renewed).isEmpty();
    }

    @Test
    void shouldShowWhatWasDecided() {
        stage.enrol("Anna");
        Sighting said = stage.frames(10, new Actor("Anna", 300, 180)).get(0);
        assertThat(stage.tracker.followed().get(0).verdict()).isNull();

        stage.tracker.decided(said.id(), Decision.Verdict.GRANTED);

        assertThat(stage.tracker.followed().get(0).verdict()).isEqualTo(Decision.Verdict.GRANTED);
    }

    @Test
    void shouldReportAStrangerOnceForAVisit() {
        stage.enrol("Anna", "Bob");

        List<Sighting> first = stage.frames(60, new Actor("Zoe", 300, 180));
        List<Sighting> away = stage.pause(Duration.ofSeconds(3));
        List<Sighting> second = stage.frames(20, new Actor("Zoe", 300, 180));

        assertThat(first).singleElement().satisfies(s -> {
            assertThat(s.identity()).isEqualTo(Identity.UNKNOWN);
            assertThat(s.embedded()).isGreaterThanOrEqualTo(3);
        });
        assertThat(away).isEmpty();
        assertThat(second)
                .singleElement()
                .satisfies(s -> assertThat(s.id()).isNotEqualTo(first.get(0).id()));
    }

    @Test
    void shouldSayOfAStrangerWhetherAPersonStoodThere() {
        stage.enrol("Anna");

        List<Sighting> person = stage.frames(60, new Actor("Zoe", 300, 180));
        stage.pause(Duration.ofSeconds(3));
        stage.live = 0.02;
        List<Sighting> picture = stage.frames(60, new Actor("Zoe", 300, 180));

        assertThat(person)
                .singleElement()
                .satisfies(s -> assertThat(s.liveness().state()).isEqualTo(LiveProof.State.LIVE));
        assertThat(picture).singleElement().satisfies(s -> {
            assertThat(s.liveness().state()).isNotEqualTo(LiveProof.State.LIVE);
            assertThat(Duration.between(s.usable(), s.decided())).isLessThanOrEqualTo(Duration.ofMillis(1200));
        });
    }

    @Test
    void shouldNameNobodyForOneLuckyFrame() {
        stage.enrol("Anna");
        stage.frame(new Actor("Anna~9", 300, 180));

        List<Sighting> said = stage.frames(40, new Actor("Zoe", 300, 180));

        assertThat(said).singleElement().satisfies(s -> assertThat(s.identity()).isEqualTo(Identity.UNKNOWN));
    }

    @Test
    void shouldNameNobodyWhoWasSeenWellOnceOnly() {
        stage.enrol("Anna");
        stage.frame(new Actor("Anna", 300, 180));
        stage.frames(5, new Actor("Anna", 300, 180).of(0.1));

        List<Sighting> said = stage.pause(Duration.ofSeconds(3));

        assertThat(said).singleElement().satisfies(s -> {
            assertThat(s.identity()).isEqualTo(Identity.UNCERTAIN);
            assertThat(s.embedded()).isEqualTo(1);
        });
    }

    @Test
    void shouldBeUncertainWhereFramesDisagree() {
        stage.enrol("Anna", "Bob");
        int i = 0;
        while (stage.sightings.isEmpty() && i < 60) {
            stage.frame(new Actor(i++ / 2 % 2 == 0 ? "Anna~" + i : "Anna/Bob~" + i, 300, 180));
        }

        assertThat(stage.sightings)
                .singleElement()
                .satisfies(s -> assertThat(s.identity()).isNotEqualTo(Identity.UNKNOWN));
    }

    @Test
    void shouldBeUncertainBetweenTwoPeople() {
        Stage stage = new Stage(Configs.of(TrackingConfig.class, "margin: 0.3"));
        stage.enrol("Anna", "Bob");

        List<Sighting> said = stage.frames(40, new Actor("Anna/Bob", 300, 180));

        assertThat(said).singleElement().satisfies(s -> assertThat(s.identity()).isEqualTo(Identity.UNCERTAIN));
    }

    @Test
    void shouldSayUnknownWhereNobodyIsEnrolled() {
        assertThat(stage.frames(20, new Actor("Anna", 300, 180)))
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.identity()).isEqualTo(Identity.UNKNOWN);
                    assertThat(s.nearest()).isNull();
                    assertThat(s.distance()).isEqualTo(2);
                });
    }

    @Test
    void shouldKeepAVisitOverAShortGap() {
        stage.enrol("Anna");
        stage.frames(10, new Actor("Anna", 300, 180));
        stage.pause(Duration.ofMillis(900));

        assertThat(stage.frames(10, new Actor("Anna", 310, 182))).isEmpty();
        assertThat(stage.tracker.followed()).hasSize(1);
    }

    @Test
    void shouldKnowSomebodyAgainWhoReappearsElsewhereAfterAGap() {
        stage.enrol("Anna");
        stage.frames(10, new Actor("Anna", 100, 100));
        stage.pause(Duration.ofMillis(900));

        assertThat(stage.frames(10, new Actor("Anna", 500, 250))).isEmpty();
        assertThat(stage.tracker.followed()).hasSize(1);
    }

    @Test
    void shouldFollowAWalkingFaceWithJitter() {
        stage.enrol("Anna");
        for (int i = 0; i < 40; i++) {
            stage.frame(new Actor("Anna", 60 + 12 * i + (i % 3 - 1) * 4, 180 + (i % 2) * 5, 60 + 2 * i, 0.8));
        }

        assertThat(stage.sightings).hasSize(1);
        assertThat(stage.tracker.followed()).hasSize(1);
    }

    @Test
    void shouldTellTwoFacesApart() {
        stage.enrol("Anna", "Bob");

        stage.frames(20, new Actor("Anna", 150, 180), new Actor("Bob", 450, 180));

        assertThat(stage.sightings)
                .extracting(s -> s.person().orElseThrow().label().text())
                .containsExactlyInAnyOrder("Anna", "Bob");
    }

    @Test
    void shouldKeepTwoPeopleApartWhoCross() {
        stage.enrol("Anna", "Bob");
        for (int i = 0; i <= 30; i++) {
            double left = 120 + 13 * i;
            Actor bob = new Actor("Bob", 520 - 13 * i, 185);
            // In the middle one hides the other.
            if (Math.abs(left - bob.x()) < 60) {
                stage.frame(bob);
            } else {
                stage.frame(new Actor("Anna", left, 180), bob);
            }
        }
        stage.frames(40, new Actor("Anna", 510, 180), new Actor("Bob", 130, 185));

        assertThat(stage.sightings)
                .extracting(s -> s.person().orElseThrow().label().text())
                .containsExactlyInAnyOrder("Anna", "Bob");
    }

    @Test
    void shouldBeginANewVisitWhereSomebodyElseStepsIn() {
        stage.enrol("Anna", "Bob");
        stage.frames(10, new Actor("Anna", 300, 180));

        List<Sighting> said = stage.frames(60, new Actor("Bob", 300, 180));

        assertThat(said).singleElement().satisfies(s -> {
            assertThat(s.person().orElseThrow().label().text()).isEqualTo("Bob");
            assertThat(s.id()).isNotEqualTo(stage.sightings.get(0).id());
        });
    }

    @Test
    void shouldProveNothingForTheNextOneInTheSamePlace() {
        stage.enrol("Anna");
        stage.frames(10, new Actor("Zoe", 300, 180));
        stage.live = 0.02;

        List<Sighting> said = stage.frames(80, new Actor("Anna", 300, 180));

        assertThat(said)
                .isNotEmpty()
                .allSatisfy(s -> assertThat(s.liveness().state()).isNotEqualTo(LiveProof.State.LIVE));
    }

    @ParameterizedTest
    @CsvSource({"0.7,3", "0.7,4", "0.7,6", "0.7,8", "0.7,12", "0.6,3", "0.6,4", "0.6,5", "0.5,3"})
    void shouldNotTakeAStrangersLifeForThatOfThePictureBefore(double picture, int frames) {
        stage.enrol("Anna");
        stage.live = picture;
        stage.frames(frames, new Actor("Anna", 300, 180));
        stage.live = 0.98;

        stage.frames(10, new Actor("Zoe", 300, 180));
        stage.pause(Duration.ofSeconds(3));

        assertThat(stage.sightings)
                .filteredOn(s -> s.person().isPresent())
                .allSatisfy(s -> assertThat(s.liveness().state()).isNotEqualTo(LiveProof.State.LIVE));
    }

    @Test
    void shouldReportOnceMoreUnderAnotherIdWhoIsRecognisedLater() {
        stage.enrol("Anna");
        List<Sighting> far = stage.frames(25, new Actor("Anna/Kim/Lea/Max/Tom/Ida/Udo", 300, 180, 60, 0.55));
        assertThat(far).singleElement().satisfies(s -> assertThat(s.identity()).isNotEqualTo(Identity.KNOWN));

        List<Sighting> near = stage.frames(80, new Actor("Anna/Kim", 300, 180, 70, 0.9));

        assertThat(near).singleElement().satisfies(s -> {
            assertThat(s.identity()).isEqualTo(Identity.KNOWN);
            assertThat(s.id()).isNotEqualTo(far.get(0).id());
            assertThat(s.visit()).isEqualTo(far.get(0).visit());
        });
    }

    @Test
    void shouldWaitForLivenessAndThenSayThatItIsNotProven() {
        stage.enrol("Anna");
        stage.live = 0.45;

        List<Sighting> early = stage.frames(25, new Actor("Anna", 300, 180));
        List<Sighting> late = stage.frames(10, new Actor("Anna", 300, 180));

        assertThat(early).isEmpty();
        assertThat(late).singleElement().satisfies(s -> {
            assertThat(s.identity()).isEqualTo(Identity.KNOWN);
            assertThat(s.liveness().state()).isEqualTo(LiveProof.State.NOT_PROVEN);
        });
    }

    @Test
    void shouldSayAgainWhoIsProvenLiveLater() {
        stage.enrol("Anna");
        stage.live = 0.45;
        List<Sighting> first = stage.frames(35, new Actor("Anna", 300, 180));
        stage.live = 0.99;

        List<Sighting> second = stage.frames(300, new Actor("Anna", 300, 180));

        assertThat(first).hasSize(1);
        assertThat(second).singleElement().satisfies(s -> {
            assertThat(s.liveness().state()).isEqualTo(LiveProof.State.LIVE);
            assertThat(s.id()).isNotEqualTo(first.get(0).id());
            assertThat(s.visit()).isEqualTo(first.get(0).visit());
        });
    }

    @Test
    void shouldAskForOneEmbeddingAtATimeAndSurviveAnswersThatNeverCome() {
        stage.enrol("Anna");
        TrackingResult first = stage.unanswered(new Actor("Anna", 300, 180));
        TrackingResult second = stage.unanswered(new Actor("Anna", 300, 180));
        assertThat(first.embed()).hasSize(1);
        assertThat(second.embed()).isEmpty();

        stage.tracker.unanswered(first.embed().get(0).track());

        assertThat(stage.frames(10, new Actor("Anna", 300, 180))).hasSize(1);
    }

    @Test
    void shouldDropAnswersAboutAFaceThatIsGone() {
        stage.enrol("Anna");
        TrackingResult asked = stage.unanswered(new Actor("Anna", 300, 180));
        stage.pause(Duration.ofSeconds(3));

        stage.answer(asked);

        assertThat(stage.sightings).isEmpty();
        assertThat(stage.tracker.followed()).isEmpty();
    }

    @Test
    void shouldEndVisitsWhenNoFramesCome() {
        stage.enrol("Anna");
        stage.live = 0.45;
        stage.frames(5, new Actor("Anna", 300, 180));

        List<Sighting> said = stage.tracker
                .idle(stage.nanos() + Duration.ofSeconds(5).toNanos())
                .sightings();

        assertThat(said).hasSize(1);
        assertThat(stage.tracker.followed()).isEmpty();
        assertThat(stage.tracker.view(said.get(0).id())).as("how she looked").isPresent();
        stage.frame();
        assertThat(stage.tracker.view(said.get(0).id())).isEmpty();
    }

    @Test
    void shouldFollowNoMoreFacesThanConfigured() {
        Actor[] crowd = new Actor[20];
        for (int i = 0; i < crowd.length; i++) {
            crowd[i] = new Actor("P" + i, 30 + 30 * i, 30 + 15 * (i % 2), 20, 0.5);
        }

        stage.frames(3, crowd);

        assertThat(stage.tracker.followed()).hasSize(8);
    }
}
