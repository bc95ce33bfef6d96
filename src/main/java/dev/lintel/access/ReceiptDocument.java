package dev.lintel.access;

import dev.lintel.face.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A receipt as a document for JSON, as a text and as a page to print. Stateless. */
public final class ReceiptDocument {
    private static final String TITLE = "Receipt for the deletion of a person's data";
    private static final String STYLE =
            "@page{size:A4;margin:20mm}body{font:11pt/1.5 sans-serif;max-width:170mm;margin:0 auto;"
                    + "color:#000;background:#fff}h1{font-size:16pt}table{border-collapse:collapse;width:100%}td,th{border:0.5pt solid #000;"
                    + "padding:2mm;text-align:left;vertical-align:top}code{font-size:8pt;overflow-wrap:anywhere}";

    private ReceiptDocument() {}

    /** Times are ISO 8601 in UTC, to the millisecond. */
    public static Map<String, Object> write(Receipt receipt) {
        Map<String, Object> gone = new LinkedHashMap<>();
        gone.put("templates", receipt.gone().templates());
        gone.put("rights", receipt.gone().rights());
        gone.put("pin", receipt.gone().pin());
        gone.put("consent", receipt.gone().consent());
        gone.put("visits", receipt.gone().visits());
        gone.put("attendance", receipt.gone().attendance());
        gone.put("pictures", receipt.gone().pictures());
        gone.put("details", receipt.gone().details());
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("attendance", receipt.kept().attendance());
        kept.put("attendance_until", text(receipt.kept().attendanceUntil()));
        kept.put("events", receipt.kept().events());
        kept.put("events_until", text(receipt.kept().eventsUntil()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", receipt.id().toString());
        document.put("label", receipt.person().text());
        document.put("at", receipt.at().toString());
        document.put("deleted", gone);
        document.put("attendance", receipt.attendance().name().toLowerCase(Locale.ROOT));
        document.put("kept", kept);
        document.put("key", receipt.key());
        document.put("seal", receipt.seal());
        return document;
    }

    /** @throws IllegalArgumentException if it is no receipt; says what is missing or wrong */
    public static Receipt read(Map<String, ?> document) {
        Members receipt = new Members(document);
        Members gone = receipt.object("deleted");
        Members kept = receipt.object("kept");
        return new Receipt(
                receipt.uuid("id"),
                Label.stored(receipt.text("label")),
                receipt.time("at"),
                new Receipt.Gone(
                        gone.integer("templates"),
                        yes(gone, "rights"),
                        yes(gone, "pin"),
                        yes(gone, "consent"),
                        gone.integer("visits"),
                        gone.integer("attendance"),
                        gone.has("pictures") ? gone.integer("pictures") : 0,
                        gone.has("details") && yes(gone, "details")),
                receipt.word("attendance", OnDeletion.class),
                new Receipt.Kept(
                        kept.integer("attendance"),
                        kept.has("attendance_until") ? kept.time("attendance_until") : null,
                        kept.integer("events"),
                        kept.has("events_until") ? kept.time("events_until") : null),
                receipt.text("key"),
                receipt.text("seal"));
    }

    /** For people, in English. */
    public static String text(Receipt receipt) {
        StringBuilder text = new StringBuilder(TITLE + "\n\n");
        rows(receipt)
                .forEach((what, said) ->
                        text.append(what).append(": ").append(said).append('\n'));
        notes(receipt).forEach(note -> text.append('\n').append(note).append('\n'));
        return text.toString();
    }

    /** The same as a page without scripts, for A4. */
    public static String html(Receipt receipt) {
        StringBuilder page = new StringBuilder(
                        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(TITLE)
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(TITLE)
                .append("</h1><table>");
        rows(receipt)
                .forEach((what, said) -> page.append("<tr><th>")
                        .append(escaped(what))
                        .append("</th><td>")
                        .append(what.equals("Seal") ? "<code>" + escaped(said) + "</code>" : escaped(said))
                        .append("</td></tr>"));
        page.append("</table>");
        notes(receipt).forEach(note -> page.append("<p>").append(escaped(note)).append("</p>"));
        return page.append("</body></html>\n").toString();
    }

    private static Map<String, String> rows(Receipt receipt) {
        Receipt.Gone gone = receipt.gone();
        Receipt.Kept kept = receipt.kept();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("Person", receipt.person().text());
        rows.put("Deleted at", receipt.at().toString());
        rows.put("Deleted: enrolled views with their vectors", Integer.toString(gone.templates()));
        rows.put("Deleted: pictures of these views", Integer.toString(gone.pictures()));
        rows.put("Deleted: groups and dates", gone.rights() ? "yes" : "there were none");
        rows.put("Deleted: PIN", gone.pin() ? "yes" : "there was none");
        rows.put("Deleted: record of consent", gone.consent() ? "yes" : "there was none");
        rows.put("Deleted: number elsewhere, note and other fields", gone.details() ? "yes" : "there were none");
        rows.put("Deleted: remembered visits of an unknown person who looked alike", Integer.toString(gone.visits()));
        rows.put("Deleted: entries of attendance", Integer.toString(gone.attendance()));
        rows.put("Kept: entries of attendance", keptAttendance(receipt));
        rows.put(
                "Kept: entries of the event log",
                kept.events() == 0 ? "0" : kept.events() + ", without the name, until " + kept.eventsUntil());
        rows.put("Kept: waiting messages to other programs", "none with the name");
        rows.put("Receipt", receipt.id().toString());
        rows.put("Key of the box", receipt.key());
        rows.put("Seal", receipt.seal());
        return rows;
    }

    private static String keptAttendance(Receipt receipt) {
        Receipt.Kept kept = receipt.kept();
        if (kept.attendance() == 0) {
            return "0";
        }
        return kept.attendance()
                + (receipt.attendance() == OnDeletion.KEEP
                        ? ", under the name, because whoever deleted chose to keep them"
                        : ", as times of nobody")
                + ", until " + kept.attendanceUntil();
    }

    private static List<String> notes(Receipt receipt) {
        List<String> notes = new ArrayList<>();
        if (receipt.attendance() == OnDeletion.KEEP && receipt.kept().attendance() > 0) {
            notes.add("Why attendance is kept (such as a law on working time), says whoever hands this out:");
        }
        notes.add(
                "Not reached: backups that were made before, until they are deleted in their turn (backup.keep in the configuration)"
                        + " or by hand, exports that were made before, and what was sent to other programs before.");
        notes.add(
                "The seal is an HMAC-SHA256 with the key of the box that made this. That box tells whether it is genuine:"
                        + " lintel verify-receipt, with the receipt as JSON.");
        return notes;
    }

    private static boolean yes(Members members, String name) {
        Object value = members.values().get(name);
        if (value instanceof Boolean is) {
            return is;
        }
        throw new IllegalArgumentException(name + ": must be true or false");
    }

    private static String text(java.time.Instant time) {
        return time == null ? null : time.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
