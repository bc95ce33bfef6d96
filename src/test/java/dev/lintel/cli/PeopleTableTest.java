package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.attendance.Csv;
import dev.lintel.attendance.Sheet;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    void shouldNotRenameSomebodyByASecondLineWithTheSameNumber() {
        assertThatThrownBy(() -> read("label,external_id\nAnna,7\nBen,\nCleo,\nDora,7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 5: its external_id stands in line 2 as well");
    }

    @Test
    void shouldReadWhatAnExportWrites() {
        for (String name : List.of("=1", "+1", "-1", "@a", "\uFF1D1", "\uFF20a", "a, \"b\"")) {
            byte[] table = new Csv(',', true).write(new Sheet("people", List.of("label"), List.of(List.of(name))));

            assertThat(PeopleTable.read(table).rows().get(0).cell("label")).isEqualTo(name);
        }
    }

    @Test
    void shouldNameAnotherEncoding() {
        assertThatThrownBy(() -> PeopleTable.read("label\nJ\u00f6rg".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("UTF-8");
    }
}
