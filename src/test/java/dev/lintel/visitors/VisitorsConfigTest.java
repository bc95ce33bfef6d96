package dev.lintel.visitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VisitorsConfigTest {
    @Test
    void shouldRememberNothingForNoTime() {
        assertThat(new VisitorsConfig().on()).isTrue();
        assertThat(new VisitorsConfig(Duration.ZERO, null, null, null).on()).isFalse();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> new VisitorsConfig(Duration.ofDays(91), null, null, null))
                .hasMessageStartingWith("keep: must be 0");
        assertThatThrownBy(() -> new VisitorsConfig(null, Duration.ZERO, null, null))
                .hasMessageStartingWith("ignore-for: must be");
        assertThatThrownBy(() -> new VisitorsConfig(null, null, 0.0, null)).hasMessageStartingWith("fmr: must be");
        assertThatThrownBy(() -> new VisitorsConfig(null, null, null, 9))
                .hasMessageStartingWith("most: must be 10..20000, was 9");
    }
}
