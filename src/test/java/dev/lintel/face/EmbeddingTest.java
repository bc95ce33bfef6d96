package dev.lintel.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.store.people.StoredVectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {

    @Test
    void shouldScaleToUnitLength() {
        Embedding e = new Embedding("m", new float[] {3, 4});

        assertThat(e.vector()).containsExactly(0.6f, 0.8f);
        assertThat(e.similarity(new Embedding("m", new float[] {30, 40}))).isCloseTo(1f, within(1e-6f));
    }

    @Test
    void shouldNeverCompareAcrossModels() {
        Embedding e = new Embedding("m", new float[] {3, 4});

        assertThatThrownBy(() -> e.similarity(new Embedding("n", new float[] {3, 4})))
                .hasMessageContaining("cannot be compared");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 0})
    void shouldRefuseWhatHasNoDirection(float component) {
        assertThatThrownBy(() -> new Embedding("m", new float[] {component, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Their lengths have no inverse among floats. */
    @ParameterizedTest
    @ValueSource(floats = {Float.MIN_VALUE, 1e-41f, 1e-39f})
    void shouldRefuseWhatIsNearlyZero(float component) {
        assertThatThrownBy(() -> new Embedding("m", new float[] {component, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nearly");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.MIN_NORMAL, 1e-30f, 1e30f, Float.MAX_VALUE})
    void shouldReadBackWhateverItTakes(float component) {
        float[] raw = new float[512];
        Arrays.fill(raw, component);
        raw[1] = Float.MIN_VALUE;

        float[] unit = new Embedding("m", raw).vector();

        assertThat(StoredVectors.fromBytes(StoredVectors.toBytes(unit))).containsExactly(unit);
        assertThat(new Embedding("m", unit).vector()).containsExactly(unit);
    }

    @Test
    void shouldShowNoComponentInItsString() {
        assertThat(new Embedding("m", new float[] {3, 4})).hasToString("Embedding[m, 2]");
    }
}
