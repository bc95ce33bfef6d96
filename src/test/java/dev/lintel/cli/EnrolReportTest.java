package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrolReportTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Anna | Anna",
                "a, b | \"a, b\"",
                "say \"so\" | \"say \"\"so\"\"\"",
                "=HYPERLINK(1) | '=HYPERLINK(1)",
                "-1 | '-1"
            })
    void shouldWriteCellsThatNoSpreadsheetRuns(String text, String cell) {
        assertThat(EnrolReport.csv(text)).isEqualTo(cell);
    }
}
