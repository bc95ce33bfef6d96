package dev.lintel.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Enrolled;
import dev.lintel.face.Label;
import dev.lintel.testkit.Configs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final Csv PLAIN = new Csv(',', false);

    @Test
    void shouldQuoteAsTheStandardSays() {
        Sheet sheet = new Sheet(
                "x",
                List.of("a", "b"),
                List.of(List.of("plain", "comma, semicolon; and \"quotes\""), Arrays.asList("two\nlines", null)));

        assertThat(text(PLAIN, sheet))
                .isEqualTo("a,b\r\nplain,\"comma, semicolon; and \"\"quotes\"\"\"\r\n\"two\nlines\",\r\n");
    }

    @Test
    void shouldDisarmFormulas() {
        for (String label : List.of("=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\uFF1D1")) {
            Sheet sheet = new Sheet("x", List.of("a"), List.of(List.of(label)));
            assertThat(text(PLAIN, sheet).split("\r\n", 2)[1].replaceFirst("^\"", ""))
                    .as(label)
                    .startsWith("'" + label.charAt(0));
        }
        Sheet numbers = new Sheet("x", List.of("a", "b"), List.of(List.of(-5L, "a=b")));
        assertThat(text(PLAIN, numbers)).isEqualTo("a,b\r\n-5,a=b\r\n");
    }

    @Test
    void shouldWriteForExcelInEurope() {
        Sheet sheet = new Sheet("x", List.of("a", "b"), List.of(List.of("Jürgen", Duration.ofMinutes(1501))));

        assertThat(text(new Csv(';', true), sheet)).isEqualTo("\uFEFFa;b\r\nJürgen;25:01\r\n");
    }

    @Test
    void shouldWriteAWorkbookThatOpensAgain() throws Exception {
        Sheet sheet = new Sheet(
                "days",
                List.of("label", "date", "first_in", "presence", "late_minutes", "open"),
                List.of(Arrays.asList(
                        "=1+1",
                        LocalDate.parse("2026-11-25"),
                        LocalDateTime.parse("2026-11-25T08:00:01"),
                        Duration.ofHours(36),
                        7L,
                        true)));

        try (ReadableWorkbook book =
                new ReadableWorkbook(new ByteArrayInputStream(Xlsx.write(List.of(sheet, sheet2()))))) {
            assertThat(book.getSheets().map(org.dhatim.fastexcel.reader.Sheet::getName))
                    .containsExactly("days", "summary");
            List<Row> rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0).getCellText(2)).isEqualTo("first_in");
            Row row = rows.get(1);
            assertThat(row.getCellText(0)).isEqualTo("=1+1");
            assertThat(row.getCell(0).getFormula()).isNull();
            assertThat(row.getCellAsDate(1))
                    .contains(LocalDate.parse("2026-11-25").atStartOfDay());
            assertThat(row.getCellAsDate(2)).contains(LocalDateTime.parse("2026-11-25T08:00:01"));
            assertThat(row.getCellAsNumber(3).orElseThrow().doubleValue()).isEqualTo(1.5);
            assertThat(row.getCellAsNumber(4).orElseThrow().intValue()).isEqualTo(7);
        }
    }

    @Test
    void shouldMakeTablesOfReports() {
        Entries book = new Entries().in("Anna", "2026-11-25T08:00:00").out("Anna", "2026-11-25T16:02:59");
        AttendanceReports reports = new AttendanceReports(
                Configs.attendance("time-zone: Europe/Vienna"), InstantSource.fixed(Entries.at("2026-11-25T20:00:00")));
        Map<Label, Enrolled> nobody = Map.of();

        assertThat(text(
                        PLAIN,
                        Sheet.of(reports.day(LocalDate.parse("2026-11-25"), book.all(), nobody), reports.days())))
                .isEqualTo(
                        "date,label,status,first_in,last_out,presence,presence_minutes,expected_minutes,late_minutes,early_minutes,open,unmatched,"
                                + "corrections\r\n2026-11-25,Anna,present,2026-11-25 08:00:00,2026-11-25 16:02:59,8:02,482,0,0,0,false,0,0\r\n");
        MonthReport month = reports.month(YearMonth.parse("2026-11"), book.all(), nobody);
        assertThat(text(PLAIN, Sheet.summary(month)).lines().skip(1))
                .containsExactly("2026-11,Anna,1,0,8:02,482,0,482,0,0,0,0,0,0");
        assertThat(Sheet.days(month, reports.days()).rows()).hasSize(1);
    }

    private static Sheet sheet2() {
        return new Sheet("summary", List.of("label"), List.of());
    }

    private static String text(Csv csv, Sheet sheet) {
        return new String(csv.write(sheet), StandardCharsets.UTF_8);
    }
}
