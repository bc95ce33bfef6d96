package dev.lintel.door;

import static dev.lintel.door.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinGuardTest {
    private static final PinConfig THREE = Configs.of(PinConfig.class, "attempts: 3", "lock-out: 5m");
    private static final List<String> ANNA = List.of("door/main", "person/Anna");
    private static final List<String> ANNA_ELSEWHERE = List.of("door/back", "person/Anna");
    private static final List<String> BEN = List.of("door/main", "person/Ben");

    private final PinGuard guard = new PinGuard();

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
