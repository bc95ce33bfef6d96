package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StoreConfigTest {
    private final ObjectMapper yaml = new YAMLMapper();

    @Test
    void shouldTakeDefaultsForWhatIsMissing() throws Exception {
        assertThat(yaml.readValue("{}", StoreConfig.class)).isEqualTo(new StoreConfig());
        assertThat(new StoreConfig().database()).isEqualTo(Path.of("data", "lintel.db"));
        assertThat(new StoreConfig().minFreeBytes()).isEqualTo(64L << 20);
    }

    @Test
    void shouldReadEveryKey() throws Exception {
        var config = yaml.readValue("{database: /var/lib/lintel/faces.db, minFreeBytes: 1000}", StoreConfig.class);

        assertThat(config).isEqualTo(new StoreConfig(Path.of("/var/lib/lintel/faces.db"), 1000L));
    }

    @Test
    void shouldNameTheWrongKey() {
        assertThatThrownBy(() -> new StoreConfig(null, -1L)).hasMessageStartingWith("min-free-bytes: ");
        assertThatThrownBy(() -> new StoreConfig(Path.of(""), null)).hasMessageStartingWith("database: ");
    }
}
