package dev.lintel.gateway;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Direction;
import dev.lintel.attendance.AttendanceReports;
import dev.lintel.attendance.Csv;
import dev.lintel.attendance.Sheet;
import dev.lintel.attendance.Xlsx;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.AttendanceMessages;
import dev.lintel.messages.AttendanceMessages.AttendanceEntries;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.AttendanceMessages.ReadAttendance;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Working time: days, months, corrections. AttendanceReports are made off the event loop. */
final class AttendanceRoutes {
    private final Bus bus;
    private final AttendanceReports reports;

    AttendanceRoutes(Bus bus, AttendanceReports reports) {
        this.bus = bus;
        this.reports = reports;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("attendanceDay", this::day, "attendanceMonth", this::month, "correctAttendance", this::correct);
    }

    private Future<Reply> day(Call call) {
        LocalDate date = Times.date(call, "date").orElseGet(reports::today);
        return entries(call, date, date)
                .compose(found -> call.vertx()
                        .executeBlocking(
                                () -> {
                                    var report = reports.day(date, found.entries(), found.enrolled());
                                    return written(
                                            call,
                                            "attendance-" + date,
                                            () -> AttendanceJson.json(
                                                            report,
                                                            reports.days().zone())
                                                    .put("kept", reports.kept()),
                                            summary -> List.of(Sheet.of(report, reports.days())));
                                },
                                false));
    }

    private Future<Reply> month(Call call) {
        YearMonth month = Times.month(call, "month").orElseGet(() -> YearMonth.from(reports.today()));
        return entries(call, month.atDay(1), month.atEndOfMonth())
                .compose(found -> call.vertx()
                        .executeBlocking(
                                () -> {
                                    var report = reports.month(month, found.entries(), found.enrolled());
                                    return written(
                                            call,
                                            "attendance-" + month,
                                            () -> AttendanceJson.json(
                                                            report,
                                                            reports.days().zone())
                                                    .put("kept", reports.kept()),
                                            summary -> summary
                                                    ? List.of(Sheet.summary(report), Sheet.days(report, reports.days()))
                                                    : List.of(
                                                            Sheet.days(report, reports.days()), Sheet.summary(report)));
                                },
                                false));
    }

    private Future<AttendanceEntries> entries(Call call, LocalDate first, LocalDate last) {
        Outcome<Label> everybody = Outcome.done(null);
        return Call.valueOf(call.text("label").map(Label::parse).orElse(everybody))
                .compose(person -> bus.ask(
                        AttendanceMessages.READ,
                        new ReadAttendance(reports.from(first), reports.to(last), person, call.deadline(3))))
                .compose(Call::valueOf);
    }

    /** @param sheets given whether the summary comes first; a CSV is the first of them */
    private static Reply written(
            Call call, String name, Callable<JsonObject> json, Function<Boolean, List<Sheet>> sheets) throws Exception {
        boolean summary = call.text("rows", "days").equals("summary");
        return switch (Format.of(call)) {
            case JSON -> Reply.json(json.call());
            case CSV ->
                Reply.download(
                        "text/csv; charset=utf-8",
                        name + ".csv",
                        Buffer.buffer(
                                new Csv(call.text("separator", "comma").equals("comma") ? ',' : ';', call.flag("bom"))
                                        .write(sheets.apply(summary).get(0))));
            case XLSX -> Reply.download(Xlsx.TYPE, name + ".xlsx", Buffer.buffer(Xlsx.write(sheets.apply(true))));
        };
    }

    private Future<Reply> correct(Call call) {
        JsonObject body = call.json().getJsonObject();
        Outcome<Label> nobody = Outcome.done(null);
        String label = body.getString("label");
        String at = body.getString("at");
        String direction = body.getString("direction");
        return Call.valueOf(label == null ? nobody : Label.parse(label))
                .compose(person -> bus.ask(
                        AttendanceMessages.CORRECT,
                        new CorrectAttendance(
                                body.getString("id") == null
                                        ? UUID.randomUUID()
                                        : UUID.fromString(body.getString("id")),
                                AttendanceEntry.Kind.valueOf(
                                        body.getString("kind").toUpperCase(Locale.ROOT)),
                                body.getLong("target"),
                                person,
                                at == null ? null : Times.instant("at", at),
                                direction == null ? null : Direction.valueOf(direction.toUpperCase(Locale.ROOT)),
                                call.caller(),
                                body.getString("reason"),
                                call.deadline(1))))
                .compose(Call::valueOf)
                .map(entry -> Reply.json(201, AttendanceJson.json(entry)));
    }
}
