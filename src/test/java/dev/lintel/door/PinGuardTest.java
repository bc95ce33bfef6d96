package dev.lintel.door;

import static dev.lintel.door.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.accounts.Tally;
import dev.lintel.testkit.Configs;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinGuardTest {
    private static final PinConfig THREE = Configs.of(PinConfig.class, "attempts: 3", "lock-out: 5m");
    private static final List<String> ANNA = List.of("door/main", "person/Anna");
    private static final List<String> ANNA_ELSEWHERE = List.of("door/back", "person/Anna");
    private static final List<String> BEN = List.of("door/main", "person/Ben");

    private final List<List<Tally>> written = new ArrayList<>();
    private final PinGuard guard = new PinGuard(() -> NOON, this::write);

    private Future<?> write(List<Tally> tallies) {
        written.add(tallies);
        return Future.succeededFuture();
    }

    @Test
    void shouldCountAttemptsBeforeTheyAreAnswered() {
        for (int i = 0; i < 3; i++) {
            assertThat(guard.attempt(ANNA, THREE, NOON)).isEmpty();
        }
        assertThat(guard.attempt(ANNA, THREE, NOON)).contains(NOON.plusSeconds(300));
        assertThat(guard.left(ANNA, THREE, NOON)).isZero();
    }

    @Test
    void shouldLockOutThePersonAtOtherDoorsAndOthersAtTheDoor() {
        for (int i = 0; i < 3; i++) {
            guard.attempt(ANNA, THREE, NOON);
        }
        assertThat(guard.attempt(ANNA_ELSEWHERE, THREE, NOON)).isPresent();
        assertThat(guard.attempt(BEN, THREE, NOON)).isPresent();
        assertThat(guard.attempt(BEN, THREE, NOON.plusSeconds(300))).isEmpty();
    }

    @Test
    void shouldNotLetOnesOwnPinBuyAttemptsAtAnothers() {
        for (int i = 0; i < 3; i++) {
            assertThat(guard.attempt(ANNA, THREE, NOON)).isEmpty();
            guard.attempt(BEN, THREE, NOON);
            guard.right(BEN);
        }
        assertThat(guard.attempt(ANNA, THREE, NOON)).isPresent();
    }

    @Test
    void shouldLockOutForLongerEachTimeAndAtADoorForAnHourAtMost() {
        Instant now = NOON;
        for (int seconds : new int[] {300, 600, 1200}) {
            for (int i = 0; i < 3; i++) {
                assertThat(guard.attempt(ANNA, THREE, now)).isEmpty();
            }
            assertThat(guard.attempt(ANNA, THREE, now)).contains(now.plusSeconds(seconds));
            now = now.plusSeconds(seconds);
        }
        guard.attempt(ANNA, THREE, now);
        assertThat(guard.attempt(BEN, THREE, now.plusSeconds(3600)))
                .as("the door")
                .isEmpty();
    }

    @Test
    void shouldTakeNoMoreOfAPersonsPinsThatDay() {
        Instant now = NOON;
        for (int i = 0; i < 10; i++) {
            while (guard.attempt(ANNA, THREE, now).isPresent()) {
                now = now.plusSeconds(60);
            }
        }
        assertThat(guard.lockedUntil(List.of("person/Anna"), now)).contains(NOON.plusSeconds(86_400));
        assertThat(guard.attempt(BEN, THREE, now.plusSeconds(3600))).isEmpty();
    }

    @Test
    void shouldForgiveNothingOverARestart() {
        for (int i = 0; i < 3; i++) {
            guard.attempt(ANNA, THREE, NOON);
        }
        guard.keep();
        guard.keep();
        assertThat(written).as("nothing new the second time").hasSize(1);
        PinGuard after = new PinGuard(() -> NOON, this::write);
        after.resume(written.get(0));

        assertThat(after.attempt(ANNA, THREE, NOON.plusSeconds(299))).isPresent();
        assertThat(after.attempt(ANNA, THREE, NOON.plusSeconds(300))).isEmpty();
    }

    @Test
    void shouldForgetAfterARightOneAndAfterAWhile() {
        guard.attempt(ANNA, THREE, NOON);
        guard.attempt(ANNA, THREE, NOON);
        assertThat(guard.left(ANNA, THREE, NOON)).isEqualTo(1);
        guard.right(ANNA);
        assertThat(guard.left(ANNA, THREE, NOON)).isEqualTo(3);
        guard.attempt(ANNA, THREE, NOON);
        guard.attempt(BEN, THREE, NOON.plusSeconds(301));
        assertThat(guard.left(List.of("person/Anna"), THREE, NOON.plusSeconds(301)))
                .isEqualTo(3);
    }
}
