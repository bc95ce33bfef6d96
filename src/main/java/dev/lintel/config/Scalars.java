package dev.lintel.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations ({@code 10s}, {@code 500ms}, {@code PT10S}) and byte counts ({@code 20MB}) are written in the file. */
final class Scalars {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([KMG]i?B|B)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.of(
            "B",
            1L,
            "KB",
            1000L,
            "MB",
            1000_000L,
            "GB",
            1000_000_000L,
            "KIB",
            1L << 10,
            "MIB",
            1L << 20,
            "GIB",
            1L << 30);

    private Scalars() {}

    static SimpleModule module() {
        return new SimpleModule()
                .addDeserializer(Duration.class, new DurationReader())
                .addDeserializer(ZoneId.class, new ZoneReader())
                .addDeserializer(Long.class, new SizeReader())
                .addDeserializer(Long.TYPE, new SizeReader());
    }

    static Duration duration(String text) {
        Matcher m = DURATION.matcher(text);
        if (!m.matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "must be a duration such as 500ms, 10s, 5m, 2h or PT10S, was " + text);
            }
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }

    static long size(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "must be a whole number, or a size such as 500KB, 20MB or 1GiB, was " + text);
        }
        String unit = m.group(2) == null ? "B" : m.group(2).toUpperCase(Locale.ROOT);
        try {
            return Math.multiplyExact(Long.parseLong(m.group(1)), UNITS.get(unit));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("is too large a number: " + text);
        }
    }

    private static final class DurationReader extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return duration(parser.getText().strip());
        }
    }

    private static final class ZoneReader extends StdScalarDeserializer<ZoneId> {
        private static final long serialVersionUID = 1;

        ZoneReader() {
            super(ZoneId.class);
        }

        @Override
        public ZoneId deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String name = parser.getText().strip();
            try {
                return ZoneId.of(name);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("must be a region such as Europe/Berlin, was " + name);
            }
        }
    }

    private static final class SizeReader extends StdScalarDeserializer<Long> {
        private static final long serialVersionUID = 1;

        SizeReader() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return size(parser.getText().strip());
        }
    }
}
