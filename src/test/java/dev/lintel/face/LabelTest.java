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
    @ValueSource(
            strings = {"", "   ", "a\u0000b", "\u200b", "a\uffff", "a\ue000", "unknown", "UNKNOWN", ".", "..", "\ud800"
            })
    void shouldRefuseWhatIsNoLabel(String raw) {
        assertThat(Label.parse(raw))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        r -> assertThat(r.refusal().code()).isEqualTo(Refusal.Code.INVALID_LABEL));
    }

    @ParameterizedTest
    @CsvSource({
        "'\uFEFFAnna', Anna",
        "'An\u00ADna\u200B', Anna",
        "'\u202Aanna\u202C', anna",
        "'\u2068Anna\u2069', Anna",
        "'Anna\u200E', Anna"
    })
    void shouldDropMarksThatNobodySees(String raw, String expected) {
        assertThat(Label.of(raw).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\ud83d\udc69\u200d\ud83d\udd27",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f",
                "\ud884\udf50",
                "\ud83e\udee9"
            })
    void shouldTakeCharactersOfAnyUnicode(String name) {
        assertThat(Label.of(name).text()).isEqualTo(name);
    }

    @Test
    void shouldTakeWhatWasStoredAsItIs() {
        for (String text : new String[] {"a\u202eb", "unknown", " x ", "\ue000", "\u0378"}) {
            assertThat(Label.stored(text).text()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "\u0141ukasz, lukasz",
        "S\u00f8ren, soren",
        "J\u00f6rg, jorg",
        "Stra\u00dfe, strasse",
        "\u0110or\u0111e, dorde",
        "\u00c6gir, aegir",
        "\u738b\u5c0f\u660e, \u738b\u5c0f\u660e",
        "\ud83d\ude00, \ud83d\ude00"
    })
    void shouldBeFoundByWhatPeopleType(String label, String typed) {
        assertThat(Label.plain(label)).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource({"Anna M, ANNAM", "J\u00f6rg, j\u00d6RG", "Stra\u00dfe, STRASSE", "\uff21nna, anna"})
    void shouldFoldWhatPeopleTakeForTheSame(String one, String other) {
        assertThat(Label.of(one).folded()).isEqualTo(Label.of(other).folded());
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
