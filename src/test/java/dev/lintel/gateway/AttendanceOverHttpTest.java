package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Direction;
import dev.lintel.attendance.Xlsx;
import dev.lintel.face.Label;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.SetAccess;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the event to the spreadsheet, with the real store behind the real server. */
@Tag("slow")
class AttendanceOverHttpTest extends StoreOverHttpBase {
    @Test
    void shouldTellWhoWasThere() throws Exception {
        JsonObject day = json(get("/attendance/day?date=2026-11-25"));

        JsonObject ben = day.getJsonArray("people").getJsonObject(0);
        JsonObject anna = day.getJsonArray("people").getJsonObject(1);
        assertThat(anna.getString("status")).isEqualTo("present");
        assertThat(anna.getLong("presence_seconds")).isEqualTo(8 * 3600);
        assertThat(anna.getLong("late_seconds")).isEqualTo(30 * 60);
        assertThat(anna.getJsonArray("entries").stream().map(entry -> ((JsonObject) entry).getString("state")))
                .containsExactly("counted", "duplicate", "counted");
        assertThat(ben.getString("label")).isEqualTo("=Ben");
        assertThat(day).isEqualTo(json(get("/attendance/day")));
        assertThat(json(get("/attendance/day?date=2026-11-24")).getJsonArray("people"))
                .isEmpty();
    }

    @Test
    void shouldCorrectUnderTheNameOfTheKey() throws Exception {
        HttpResponse<byte[]> added =
                post("{\"kind\":\"replaced\",\"target\":1,\"at\":\"2026-11-25T07:25:00+01:00\",\"reason\":\"queue\"}");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(added).getString("author")).isEqualTo("payroll");
        JsonObject anna =
                json(get("/attendance/day?label=Anna")).getJsonArray("people").getJsonObject(0);
        assertThat(anna.getLong("late_seconds")).isZero();
        assertThat(anna.getString("first_in")).isEqualTo("2026-11-25T06:25:00Z");
        assertThat(anna.getInteger("corrections")).isEqualTo(1);
        assertThat(post("{\"kind\":\"voided\",\"target\":1,\"reason\":\"again\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post("{\"kind\":\"voided\",\"target\":77,\"reason\":\"none\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("{\"kind\":\"voided\",\"target\":1}").statusCode()).isEqualTo(400);
        assertThat(json(get("/events/verification")).getBoolean("intact")).isTrue();
    }

    @Test
    void shouldExportForSpreadsheets() throws Exception {
        HttpResponse<byte[]> csv = get("/attendance/month?month=2026-11&format=csv&rows=summary");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"attendance-2026-11.csv\"");
        assertThat(new String(csv.body(), StandardCharsets.UTF_8).lines().skip(1))
                .containsExactly(
                        "2026-11,'=Ben,0,1,0:00,0,510,-510,0,0,0,0,0,0",
                        "2026-11,Anna,1,0,8:00,480,510,-30,1,30,0,0,0,0");

        HttpResponse<byte[]> xlsx = http.send(
                request("/attendance/month?month=2026-11", ADMIN)
                        .header("Accept", Xlsx.TYPE)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(xlsx.body()))) {
            assertThat(book.getSheets().map(org.dhatim.fastexcel.reader.Sheet::getName))
                    .containsExactly("summary", "days");
            assertThat(book.getFirstSheet().read().get(2).getCellText(1)).isEqualTo("Anna");
        }
    }

    /** 24 November, 22:10 to 06:05, and the clock on the wall in Vienna is an hour ahead. */
    @Test
    void shouldCountANightOnTheDayItBegan() throws Exception {
        enrol("Cleo", MORNING.minus(Duration.ofDays(30)));
        await(bus.ask(
                AccessMessages.SET,
                new SetAccess(
                        Label.of("Cleo"), new AccessRights(List.of("nights"), null, null, false), null, patient())));
        came("Cleo", Instant.parse("2026-11-24T21:10:00Z"), Direction.IN);
        came("Cleo", Instant.parse("2026-11-25T05:05:00Z"), Direction.OUT);

        JsonObject night = json(get("/attendance/day?date=2026-11-24&label=Cleo"))
                .getJsonArray("people")
                .getJsonObject(0);

        assertThat(night.getString("status")).isEqualTo("present");
        assertThat(night.getLong("presence_seconds")).isEqualTo(7 * 3600 + 55 * 60);
        assertThat(night.getLong("expected_seconds")).isEqualTo(8 * 3600);
        assertThat(night.getLong("late_seconds")).isEqualTo(600);
        assertThat(night.getBoolean("there")).isFalse();
        assertThat(json(get("/attendance/day?date=2026-11-25&label=Cleo")).getJsonArray("people"))
                .singleElement()
                .satisfies(day ->
                        assertThat(((JsonObject) day).getString("status")).isEqualTo("off"));
        assertThat(new String(
                        get("/attendance/month?month=2026-11&label=Cleo&format=csv&rows=summary")
                                .body(),
                        StandardCharsets.UTF_8))
                .endsWith("\r\n2026-11,Cleo,1,3,7:55,475,1920,-1445,1,10,0,0,0,0\r\n");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(
                get("/attendance/day?date=2026-11-24&label=Cleo&format=xlsx").body()))) {
            Row row = book.getFirstSheet().read().get(1);
            assertThat(row.getCellAsDate(3)).contains(LocalDateTime.parse("2026-11-24T22:10:00"));
            assertThat(row.getCellAsDate(4)).contains(LocalDateTime.parse("2026-11-25T06:05:00"));
            assertThat(row.getCellAsNumber(6).orElseThrow().intValue()).isEqualTo(475);
        }
    }

    @Test
    void shouldPageThroughEventsNewestFirst() throws Exception {
        JsonObject page = json(get("/events?limit=2&door=main&label=Anna"));

        assertThat(page.getJsonArray("events").stream().map(event -> ((JsonObject) event).getLong("sequence")))
                .containsExactly(3L, 2L);
        JsonObject last = json(get("/events?limit=2&before=" + page.getLong("next")));
        assertThat(last.getJsonArray("events")).hasSize(1);
        assertThat(last.getValue("next")).isNull();
        assertThat(last.getJsonArray("events")
                        .getJsonObject(0)
                        .getJsonObject("decision")
                        .getJsonObject("sighting")
                        .getDouble("distance"))
                .isEqualTo(0.31);
        assertThat(last.encode()).doesNotContain("embedding\"").doesNotContain("vector");
        assertThat(json(get("/events?from=2026-11-25T10:00:00Z")).getJsonArray("events"))
                .hasSize(1);
        assertThat(get("/events?label=Nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldKeepTheAttendanceOfWhoIsDeletedUntilItIsDeletedToo() throws Exception {
        String before = csv("Anna");

        assertThat(delete("/people/Anna?attendance=keep")).isEqualTo(200);

        assertThat(csv("Anna")).isEqualTo(before).contains("2026-11-25,Anna,present");
        assertThat(get("/people/Anna").statusCode()).isEqualTo(404);
        assertThat(json(get("/list")).getJsonArray("people")).hasSize(1);
        assertThat(json(get("/list")).getInteger("total")).isEqualTo(1);
        JsonObject data = json(get("/people/Anna/data"));
        assertThat(data.getJsonArray("templates")).isEmpty();
        assertThat(data.getJsonArray("events")).isEmpty();
        assertThat(data.getJsonArray("attendance")).hasSize(3);

        enrol("Anna");
        assertThat(json(get("/people/Anna")).getJsonArray("templates")).hasSize(1);
        assertThat(csv("Anna")).contains("2026-11-25,Anna,present");

        assertThat(delete("/people/Anna?attendance=delete")).isEqualTo(200);
        assertThat(get("/attendance/day?label=Anna").statusCode()).isEqualTo(404);
        assertThat(get("/people/Anna/data").statusCode()).isEqualTo(404);
        assertThat(delete("/people/Anna?attendance=delete")).isEqualTo(404);
    }

    @Test
    void shouldAnonymiseWhatWasKept() throws Exception {
        assertThat(delete("/delete?label=Anna&attendance=keep")).isEqualTo(200);
        assertThat(delete("/delete?label=Anna&attendance=anonymise")).isEqualTo(200);

        assertThat(get("/attendance/day?label=Anna").statusCode()).isEqualTo(404);
        assertThat(json(get("/events/verification")).getBoolean("intact")).isTrue();
        assertThat(delete("/delete?label=%3DBen&attendance=burn")).isEqualTo(400);
    }

    @Test
    void shouldHandOutEverythingAboutAPerson() throws Exception {
        JsonObject data = json(get("/people/Anna/data"));

        assertThat(data.getJsonArray("templates")).hasSize(1);
        assertThat(data.getJsonArray("events")).hasSize(3);
        assertThat(data.getJsonArray("attendance")).hasSize(3);
        assertThat(get("/people/Nobody/data").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldShowNamesToAdminsOnly() throws Exception {
        for (String path : List.of(
                "/events", "/events/verification", "/attendance/day", "/attendance/month", "/people/Anna/data")) {
            assertThat(http.send(request(path, ENROL).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    private int delete(String address) throws Exception {
        return http.send(request(address, ADMIN).DELETE().build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String csv(String label) throws Exception {
        return new String(
                get("/attendance/day?date=2026-11-25&format=csv&label=" + label).body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> post(String body) throws Exception {
        return http.send(
                request("/attendance/corrections", ADMIN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
