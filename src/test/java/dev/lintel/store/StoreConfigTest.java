package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testkit.Configs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StoreConfigTest {
    @Test
    void shouldTakeDefaultsForWhatIsMissing() {
        assertThat(Configs.of(StoreConfig.class).database()).isEqualTo(Path.of("data", "lintel.db"));
        assertThat(Configs.of(StoreConfig.class).minFreeBytes()).isEqualTo(64L << 20);
    }

    @Test
    void shouldReadEveryKey() {
        assertThat(Configs.of(StoreConfig.class, "database: /var/lib/lintel/faces.db", "min-free-bytes: 1000"))
                .isEqualTo(new StoreConfig(Path.of("/var/lib/lintel/faces.db"), 1000));
    }

    @Test
    void shouldNameTheWrongKey() {
        assertThatThrownBy(() -> Configs.of(StoreConfig.class, "min-free-bytes: -1"))
                .hasMessageStartingWith("min-free-bytes: ");
        assertThatThrownBy(() -> new StoreConfig(Path.of(""), 0)).hasMessageStartingWith("database: ");
    }
}
