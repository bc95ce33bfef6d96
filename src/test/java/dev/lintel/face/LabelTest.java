package dev.lintel.face;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {

    @ParameterizedTest
    @CsvSource({
        "Anna, Anna",
        "'  Anna   Maria ', Anna Maria",
        "'Zoe\u0308', Zo\u00eb",
        "'\u0410\u043d\u043d\u0430', \u0410\u043d\u043d\u0430",
        "'\u738b\u5c0f\u660e', \u738b\u5c0f\u660e",
        "'a\u00a0b', a b"
    })
    void shouldBringLabelsToOneNormalForm(String raw, String expected) {
        assertThat(Label.of(raw).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0000b", "a\u202eb", "unknown", "UNKNOWN", ".", "..", "\ud800"})
    void shouldRefuseWhatIsNoLabel(String raw) {
        assertThat(Label.parse(raw))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        r -> assertThat(r.refusal().code()).isEqualTo(Refusal.Code.INVALID_LABEL));
    }

    @Test
    void shouldCountCodePointsNotChars() {
        assertThat(Label.parse("\ud83d\ude00".repeat(Label.MAX_LENGTH))).isInstanceOf(Outcome.Done.class);
        assertThat(Label.parse("x".repeat(Label.MAX_LENGTH + 1))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void shouldNotShowTheNameInItsString() {
        assertThat(Label.of("Anna")).asString().doesNotContain("Anna");
    }
}
