package dev.lintel.face;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the operator's own system says of a person. All texts are in normal form C, trimmed, without control characters (a note may
 * have several lines); what is empty is absent.
 *
 * @param externalId the person's number elsewhere, such as in a staff list, of at most {@value #LONGEST_ID} characters; nobody else has it
 * @param note at most {@value #LONGEST_NOTE} characters
 * @param fields of the operator's choice, by name: at most {@value #MOST_FIELDS}, of names of at most {@value #LONGEST_NAME} characters
 *     and values of at most {@value #LONGEST_VALUE}
 */
public record Details(String externalId, String note, Map<String, String> fields) implements Serializable {
    public static final int LONGEST_ID = 100;
    public static final int LONGEST_NOTE = 1000;
    public static final int MOST_FIELDS = 20;
    public static final int LONGEST_NAME = 40;
    public static final int LONGEST_VALUE = 200;

    /** Of somebody of whom nothing was said. */
    public static final Details NONE = new Details("", "", Map.of());

    /** @throws IllegalArgumentException that says what is wrong and what is right */
    public Details {
        externalId = line("external_id", externalId, LONGEST_ID);
        note = text("note", note, LONGEST_NOTE, true);
        Map<String, String> all = new TreeMap<>();
        for (var field : fields.entrySet()) {
            String name = line("fields: the name of a field", field.getKey(), LONGEST_NAME);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("fields: a field must have a name");
            }
            String value = line("fields: a value", field.getValue(), LONGEST_VALUE);
            if (!value.isEmpty() && all.put(name, value) != null) {
                throw new IllegalArgumentException("fields: a name comes twice");
            }
        }
        if (all.size() > MOST_FIELDS) {
            throw new IllegalArgumentException("fields: at most " + MOST_FIELDS + ", were " + all.size());
        }
        fields = Collections.unmodifiableMap(all);
    }

    /**
     * What is to be said instead.
     *
     * @param externalId null: as it is; empty: none
     * @param note likewise
     * @param fields null: as they are; else all that there are then
     */
    public record Change(String externalId, String note, Map<String, String> fields) implements Serializable {
        public static final Change NONE = new Change(null, null, null);

        public Change {
            new Details(
                    externalId == null ? "" : externalId, note == null ? "" : note, fields == null ? Map.of() : fields);
            fields = fields == null ? null : Collections.unmodifiableMap(new TreeMap<>(fields));
        }

        /** Redacted, see {@link Details#toString}. */
        @Override
        public String toString() {
            return "Change";
        }
    }

    public Details with(Change change) {
        return new Details(
                change.externalId == null ? externalId : change.externalId,
                change.note == null ? note : change.note,
                change.fields == null ? fields : change.fields);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether a {@link Label#plain plain} text is somewhere in it. */
    public boolean contains(String plain) {
        return Label.plain(externalId).contains(plain)
                || Label.plain(note).contains(plain)
                || fields.values().stream().anyMatch(value -> Label.plain(value).contains(plain));
    }

    /** As it is kept; refused as the constructor does. */
    public static String externalId(String raw) {
        return line("external_id", raw, LONGEST_ID);
    }

    private static String line(String what, String raw, int longest) {
        return text(what, raw, longest, false);
    }

    private static String text(String what, String raw, int longest, boolean lines) {
        String text = Normalizer.normalize(raw.replace("\r\n", "\n"), Normalizer.Form.NFC)
                .strip();
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw new IllegalArgumentException(what + ": at most " + longest + " characters, were " + length);
        }
        if (text.codePoints()
                .anyMatch(c -> (Character.isISOControl(c) && !(lines && (c == '\n' || c == '\t')))
                        || Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException(what + ": contains a control character or a broken one");
        }
        return text;
    }

    /** Redacted, because all of it is personal and strings end up in logs. */
    @Override
    public String toString() {
        return "Details[" + fields.keySet().stream().map(name -> "?").collect(Collectors.joining()) + "]";
    }
}
