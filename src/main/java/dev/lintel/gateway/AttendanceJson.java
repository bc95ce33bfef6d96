package dev.lintel.gateway;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.EventDocument;
import dev.lintel.attendance.DayReport;
import dev.lintel.attendance.Marked;
import dev.lintel.attendance.MonthReport;
import dev.lintel.attendance.PersonDay;
import dev.lintel.attendance.Presence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;

/** Attendance as the contract has it. Durations are whole seconds. */
final class AttendanceJson {
    private AttendanceJson() {}

    static JsonObject json(DayReport report, ZoneId zone) {
        return new JsonObject()
                .put("date", report.date().toString())
                .put("time_zone", zone.getId())
                .put(
                        "people",
                        new JsonArray(report.people().stream()
                                .map(AttendanceJson::json)
                                .toList()));
    }

    static JsonObject json(MonthReport report, ZoneId zone) {
        return new JsonObject()
                .put("month", report.month().toString())
                .put("time_zone", zone.getId())
                .put(
                        "people",
                        new JsonArray(report.people().stream()
                                .map(AttendanceJson::json)
                                .toList()));
    }

    private static JsonObject json(MonthReport.Person person) {
        return new JsonObject()
                .put("label", person.person().text())
                .put("days_present", person.present())
                .put("days_absent", person.absent())
                .put("presence_seconds", person.total().toSeconds())
                .put("expected_seconds", person.expected().toSeconds())
                .put("days_late", person.lateDays())
                .put("late_seconds", person.lateBy().toSeconds())
                .put("days_early", person.earlyDays())
                .put("early_seconds", person.earlyBy().toSeconds())
                .put("days_open", person.openDays())
                .put("corrections", person.corrections())
                .put(
                        "days",
                        new JsonArray(
                                person.days().stream().map(AttendanceJson::json).toList()));
    }

    private static JsonObject json(PersonDay day) {
        Presence there = day.presence();
        return new JsonObject()
                .put("label", day.person().text())
                .put("date", day.date().toString())
                .put("status", EventDocument.word(day.status()))
                .put("first_in", EventJson.text(there.firstIn()))
                .put("last_out", EventJson.text(there.lastOut()))
                .put("presence_seconds", there.total().toSeconds())
                .put("open_since", EventJson.text(there.openSince()))
                .put("there", day.there())
                .put("unmatched", there.unmatched())
                .put("expected_seconds", day.expected().toSeconds())
                .put("late_seconds", day.lateBy().toSeconds())
                .put("early_seconds", day.earlyBy().toSeconds())
                .put("corrections", day.corrections())
                .put(
                        "entries",
                        new JsonArray(
                                day.entries().stream().map(AttendanceJson::json).toList()));
    }

    private static JsonObject json(Marked marked) {
        return json(marked.entry())
                .put("state", EventDocument.word(marked.state()))
                .put("corrected_by", marked.by());
    }

    static JsonObject json(AttendanceEntry entry) {
        return new JsonObject()
                .put("sequence", entry.sequence())
                .put("id", entry.id().toString())
                .put("kind", EventDocument.word(entry.kind()))
                .put("label", entry.person().text())
                .put("at", entry.at().toString())
                .put("direction", EventDocument.word(entry.direction()))
                .put("camera", entry.camera())
                .put("door", entry.door())
                .put("target", entry.target())
                .put("author", entry.author())
                .put("written_at", entry.writtenAt().toString())
                .put("reason", entry.reason());
    }
}
