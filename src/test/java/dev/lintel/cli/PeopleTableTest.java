package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTableTest {
    private static PeopleTable read(String text) {
        return PeopleTable.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadWhatSpreadsheetsWrite() {
        PeopleTable table =
                read("\uFEFFLabel;external_id;Note;dep\r\nAnna;007;\"a;\nb \"\"c\"\"\";\r\n;;;\r\n'=Ben;8;;Sales");

        assertThat(table.rows()).hasSize(2);
        PeopleTable.Row anna = table.rows().get(0);
        assertThat(anna.cell("label")).isEqualTo("Anna");
        assertThat(anna.body(true)).isEqualTo(Map.of("external_id", "007", "note", "a;\nb \"c\"", "fields", Map.of()));
        assertThat(table.rows().get(1).cell("label")).isEqualTo("=Ben");
        assertThat(table.rows().get(1).line()).isEqualTo(5);
        assertThat(table.rows().get(1).body(false)).isEqualTo(Map.of("note", "", "fields", Map.of("dep", "Sales")));
    }

    @Test
    void shouldLeaveWhatNoColumnNames() {
        assertThat(read("label\nAnna").rows().get(0).body(true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name\nAnna", "label,label\nA,B", "label,\nA,B", "label,note\nA", "label\n\"A"})
    void shouldSayWhatIsWrong(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNameAnotherEncoding() {
        assertThatThrownBy(() -> PeopleTable.read("label\nJ\u00f6rg".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("UTF-8");
    }
}
