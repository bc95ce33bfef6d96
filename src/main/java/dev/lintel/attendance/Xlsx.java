package dev.lintel.attendance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Tables as an Office Open XML workbook: times and durations are numbers that can be calculated with. Stateless. */
public final class Xlsx {
    public static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final double SECONDS_OF_DAY = 86_400;
    private static final int WIDTH = 18;

    private Xlsx() {}

    public static byte[] write(List<Sheet> sheets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Lintel", "1.0")) {
            for (Sheet sheet : sheets) {
                fill(book.newWorksheet(sheet.name()), sheet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void fill(Worksheet page, Sheet sheet) {
        for (int column = 0; column < sheet.header().size(); column++) {
            page.value(0, column, sheet.header().get(column));
            page.width(column, WIDTH);
        }
        page.range(0, 0, 0, sheet.header().size() - 1).style().bold().set();
        page.freezePane(0, 1);
        int row = 1;
        for (List<Object> cells : sheet.rows()) {
            for (int column = 0; column < cells.size(); column++) {
                put(page, row, column, cells.get(column));
            }
            row++;
        }
    }

    private static void put(Worksheet page, int row, int column, Object value) {
        if (value instanceof LocalDateTime time) {
            page.value(row, column, time);
            page.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        } else if (value instanceof LocalDate date) {
            page.value(row, column, date);
            page.style(row, column).format("yyyy-mm-dd").set();
        } else if (value instanceof Duration duration) {
            page.value(row, column, duration.toSeconds() / SECONDS_OF_DAY);
            page.style(row, column).format("[h]:mm").set();
        } else if (value instanceof Number number) {
            page.value(row, column, number);
        } else if (value instanceof Boolean yes) {
            page.value(row, column, yes);
        } else if (value != null) {
            page.value(row, column, value.toString());
        }
    }
}
