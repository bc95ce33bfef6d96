package dev.lintel.visitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testkit.Configs;
import org.junit.jupiter.api.Test;

class VisitorsConfigTest {
    @Test
    void shouldRememberNothingForNoTime() {
        assertThat(Configs.of(VisitorsConfig.class).on()).isFalse();
        assertThat(Configs.of(VisitorsConfig.class, "keep: 72h").on()).isTrue();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> Configs.of(VisitorsConfig.class, "keep: 91d"))
                .hasMessageStartingWith("keep: must be 0");
        assertThatThrownBy(() -> Configs.of(VisitorsConfig.class, "ignore-for: 0s"))
                .hasMessageStartingWith("ignore-for: must be");
        assertThatThrownBy(() -> Configs.of(VisitorsConfig.class, "fmr: 0.0")).hasMessageStartingWith("fmr: must be");
        assertThatThrownBy(() -> Configs.of(VisitorsConfig.class, "most: 9"))
                .hasMessageStartingWith("most: must be 10..20000, was 9");
    }
}
