package dev.lintel.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.access.LiveLevel;
import dev.lintel.access.LiveLevel.State;
import dev.lintel.access.Reason;
import dev.lintel.face.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CameraLevelTest {
    private static final CameraLevel.Rule RULE = new CameraLevel.Rule("pack", 0.55, 0.4, 0.39, 0.18, 0.69);
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final CameraLevel level = new CameraLevel(RULE, false, true);
    private int visits;

    @Test
    void shouldHoldEveryCameraToTheSameLimitUntilEnoughPeopleWereProvenLive() {
        proven(30, 0.5, "ada", "bob");

        assertThat(level.now().state()).isEqualTo(State.LEARNING);
        assertThat(level.limit().needed(0.55)).isEqualTo(0.55);

        proven(1, 0.5, "cleo");

        assertThat(level.now().state()).isEqualTo(State.LEARNT);
        assertThat(level.now().level()).isCloseTo(0.5, within(1e-9));
        assertThat(level.limit().needed(0.55)).isCloseTo(0.401, within(0.001));
    }

    @Test
    void shouldLowerTheLimitWhereLiveFacesLieLowAndRaiseItWhereTheyLieHigh() {
        proven(4, 0.52, "ada", "bob", "cleo");
        double low = level.limit().needed(0.55);
        proven(8, 0.7, "ada", "bob", "cleo");
        double high = level.limit().needed(0.55);
        proven(8, 0.95, "ada", "bob", "cleo");

        assertThat(low).isCloseTo(0.421, within(0.001));
        assertThat(high).isCloseTo(0.610, within(0.001));
        assertThat(level.limit().needed(0.55)).isEqualTo(0.69);
        assertThat(level.now().state()).isEqualTo(State.LEARNT);
    }

    @Test
    void shouldSayWhereTheNetworkCannotTellAndGoNoLower() {
        CameraLevel asking = new CameraLevel(RULE, true, true);
        for (String person : new String[] {"ada", "bob", "cleo"}) {
            for (int i = 0; i < 4; i++) {
                level.proven(next(), Label.of(person), at(), 0.33);
                asking.proven(next(), Label.of(person), at(), 0.33);
            }
        }

        assertThat(level.now().state()).isEqualTo(State.TOO_LOW);
        assertThat(level.limit().needed(0.55)).isEqualTo(0.39);
        assertThat(asking.now().state()).isEqualTo(State.LEARNT);
        assertThat(asking.limit().needed(0.55)).isCloseTo(0.248, within(0.001));
    }

    @Test
    void shouldOnlyShowWhereItIsNotToBeUsed() {
        CameraLevel shown = new CameraLevel(RULE, false, false);
        for (String person : new String[] {"ada", "bob", "cleo"}) {
            for (int i = 0; i < 4; i++) {
                shown.proven(next(), Label.of(person), at(), 0.5);
            }
        }

        assertThat(shown.now().state()).isEqualTo(State.LEARNT);
        assertThat(shown.now().limit()).isLessThan(0.55);
        assertThat(shown.now().used()).isFalse();
        assertThat(shown.limit().needed(0.55)).isEqualTo(0.55);
    }

    /** However often they come, and whatever they hold before the camera while they type it. */
    @Test
    void shouldLetWhoHasOnePinLowerTheLimitNoFurtherThanToTheNextPersonsLevel() {
        proven(8, 0.60, "ada");
        proven(8, 0.63, "bob");
        proven(8, 0.66, "cleo");
        proven(8, 0.62, "dora");
        double honest = level.limit().needed(0.55);
        proven(1000, 0.001, "cleo");

        double dragged = level.limit().needed(0.55);

        assertThat(honest).isCloseTo(RULE.limit(0.63, false), within(1e-9));
        assertThat(dragged).isCloseTo(RULE.limit(0.62, false), within(1e-9));
    }

    @Test
    void shouldNeverGoBelowItsBoundWhoeverDrags() {
        proven(1000, 0.0, "ada", "bob", "cleo");

        assertThat(level.limit().needed(0.55)).isEqualTo(0.39);
        assertThat(level.now().state()).isEqualTo(State.TOO_LOW);
    }

    @Test
    void shouldLetVisitsThatTheNetworkAloneFoundLiveSpeakForTheLimitThatHoldsEverywhere() {
        proven(4, 0.45, "ada", "bob", "cleo");
        double before = level.limit().needed(0.55);
        for (String person : new String[] {"ada", "bob", "cleo", "dora", "emil", "fay"}) {
            for (int i = 0; i < 8; i++) {
                level.live(next(), Label.of(person), at());
            }
        }

        assertThat(before).isLessThan(0.4);
        assertThat(level.limit().needed(0.55)).isCloseTo(0.55, within(1e-9));
    }

    @Test
    void shouldCountAVisitOnceAndForgetPeopleAndWhatIsOld() {
        UUID visit = next();
        for (int i = 0; i < 50; i++) {
            level.proven(visit, Label.of("ada"), START, 0.5);
        }
        assertThat(level.now().proven()).isEqualTo(1);

        proven(5, 0.5, "bob", "cleo");
        assertThat(level.now().state()).isEqualTo(State.LEARNT);
        level.forget(Label.of("bob"));
        assertThat(level.now().people()).isEqualTo(2);

        level.proven(next(), Label.of("ada"), START.plus(Duration.ofDays(200)), 0.5);
        assertThat(level.now().proven()).isEqualTo(1);
    }

    @Test
    void shouldSayThatTheNetworkRefusesMostOfThoseWhoAreRecognised() {
        for (int i = 0; i < 9; i++) {
            level.recognised(next(), at(), true);
        }
        LiveLevel few = level.now();
        level.recognised(next(), at(), false);
        LiveLevel most = level.now();
        for (int i = 0; i < 30; i++) {
            level.recognised(next(), at(), false);
        }

        assertThat(few.refusesMost()).isFalse();
        assertThat(most.refusesMost()).isTrue();
        assertThat(level.now().recent()).isEqualTo(30);
        assertThat(level.now().refused()).isZero();
    }

    @Test
    void shouldNeverRaiseALimitOverWhatTheOperatorLoweredItTo() {
        CameraLevel.Rule lowered = new CameraLevel.Rule("pack", 0.2, 0.4, 0.39, 0.18, 0.69);
        CameraLevel its = new CameraLevel(lowered, false, true);
        for (String person : new String[] {"ada", "bob", "cleo"}) {
            for (int i = 0; i < 4; i++) {
                its.proven(next(), Label.of(person), at(), 0.25);
            }
        }

        assertThat(its.now().limit()).isEqualTo(0.2);
        assertThat(lowered.limit(0.01, true)).isEqualTo(0.18);
        assertThat(new CameraLevel.Rule("pack", 0.1, 0.4, 0.39, 0.18, 0.69).limit(0.01, true))
                .isEqualTo(0.1);
        assertThat(new CameraLevel.Rule("pack", 0.9, 0.4, 0.39, 0.18, 0.69).limit(0.99, false))
                .isEqualTo(0.9);
    }

    @Test
    void shouldNoteWhichNetworkSpoke() {
        assertThat(level.limit().of(new Reason("network")).words()).containsEntry("pack", "pack");
    }

    /** So many visits of each, one after the other. */
    private void proven(int each, double network, String... people) {
        for (String person : people) {
            for (int i = 0; i < each; i++) {
                level.proven(next(), Label.of(person), at(), network);
            }
        }
    }

    private UUID next() {
        return new UUID(1, ++visits);
    }

    private Instant at() {
        return START.plusSeconds(60L * visits);
    }
}
