package dev.lintel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SetupCodeTest {
    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");

    private final SetupCode setup = new SetupCode();

    @Test
    void shouldBeGoodOnceHoweverItIsTyped() {
        String code = setup.make(NOW);
        assertThat(code).matches("[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}");

        String typed = code.toLowerCase(Locale.ROOT).replace('-', ' ');
        String secret = setup.take(typed, NOW).orElseThrow();

        assertThat(setup.take(code, NOW)).as("used up").isEmpty();
        assertThat(setup.opened(RandomSecret.digest(secret), NOW)).isTrue();
        assertThat(setup.opened(RandomSecret.digest("another"), NOW)).isFalse();
        assertThat(setup.opened(RandomSecret.digest(secret), NOW.plus(SetupCode.SESSION)))
                .as("over")
                .isFalse();
    }

    @Test
    void shouldNotBeGoodForLong() {
        String code = setup.make(NOW);
        assertThat(setup.take(code, NOW.plus(SetupCode.VALID))).isEmpty();
        assertThat(setup.take(code, NOW.plus(SetupCode.VALID).minus(Duration.ofSeconds(1))))
                .isPresent();
    }

    @Test
    void shouldTakeNothingBeforeThereIsOneAndTheLastOneOnly() {
        assertThat(setup.take("", NOW)).isEmpty();
        String former = setup.make(NOW);
        String code = setup.make(NOW);
        assertThat(setup.take(former, NOW)).isEmpty();
        assertThat(setup.take(code, NOW)).isPresent();
    }

    @Test
    void shouldBeGoodNoMoreAfterManyWrongGuesses() {
        String code = setup.make(NOW);
        for (int i = 0; i < 20; i++) {
            assertThat(setup.take("WRONG" + i, NOW)).isEmpty();
        }
        assertThat(setup.take(code, NOW)).isEmpty();
    }
}
