package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lintel.testkit.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintelConfigTest {
    private final LintelConfig before = config("");

    @Test
    void shouldChangeWhatItIsToldToAndNothingElse() {
        LintelConfig other = config("""
                gateway: {place: Harbour Street 4, port: 9}
                store: {database: other.db}
                cameras: [{id: a, source: http://a/}]
                doors: [{id: front}]
                delivery: {webhooks: [{name: a, url: http://a/}]}
                vision: {max-pixels: 1000000}
                backup: {keep: 3}
                visitors: {keep: 1d}
                """);

        assertThat(before.different(before.withGateway(other.gateway())))
                .containsExactlyInAnyOrder("gateway.place", "gateway.port");
        assertThat(before.different(before.withStore(other.store()))).containsExactly("store");
        assertThat(before.different(before.withCameras(other.cameras()))).containsExactly("cameras");
        assertThat(before.different(before.withParts(other)))
                .containsExactlyInAnyOrder("gateway.place", "cameras", "doors", "delivery", "backup");
        assertThat(before.different(before.withModels(other.vision(), other.liveness(), other.embedding())))
                .containsExactly("vision");
        assertThat(other.withoutDoors().cameras()).isEmpty();
        assertThat(other.withoutDoors().doors()).isEmpty();
    }

    @Test
    void shouldRefuseACopyThatIsNoConfiguration() {
        LintelConfig twice = config("cameras: [{id: a, source: http://a/}]");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> before.withCameras(
                        List.of(twice.cameras().get(0), twice.cameras().get(0))))
                .withMessageContaining("two have the id a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u2028b", "a\u202eb", "a\u0007b"})
    void shouldRefuseAPlaceThatWouldNotBeShownAsItIsWritten(String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> before.gateway().withPlace(place))
                .withMessageContaining("place: must be one line");
    }

    private static LintelConfig config(String yaml) {
        return Configs.of(LintelConfig.class, yaml);
    }
}
