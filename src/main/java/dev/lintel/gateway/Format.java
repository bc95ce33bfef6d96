package dev.lintel.gateway;

import dev.lintel.attendance.Xlsx;
import java.util.Locale;

/** How a report is written. */
enum Format {
    JSON,
    CSV,
    XLSX;

    /** The parameter {@code format}, or else what {@code Accept} asks for, or else JSON. */
    static Format of(Call call) {
        String accepted = call.accept();
        return call.text("format")
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(accepted.contains("text/csv") ? CSV : accepted.contains(Xlsx.TYPE) ? XLSX : JSON);
    }
}
