package dev.lintel.gateway;

import dev.lintel.holidays.PublicHolidays;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;

/** Public holidays, for whoever writes them into the hours of a door or the days off. */
final class HolidayRoutes {
    Map<String, ApiRouter.Handler> operations() {
        return Map.of("holidayCountries", this::countries, "holidays", this::holidays);
    }

    private Future<Reply> countries(Call call) {
        return call.vertx()
                .executeBlocking(
                        () -> Reply.json(new JsonObject().put("countries", new JsonArray(PublicHolidays.countries()))),
                        false);
    }

    private Future<Reply> holidays(Call call) {
        String country = call.text("country", "");
        Locale language = Locale.forLanguageTag(call.text("language", "en"));
        return call.vertx()
                .executeBlocking(
                        () -> {
                            JsonArray regions = new JsonArray();
                            PublicHolidays.regions(country, language)
                                    .forEach(region -> regions.add(new JsonObject()
                                            .put("code", region.code())
                                            .put("name", region.name())));
                            JsonArray days = new JsonArray();
                            PublicHolidays.days(country, call.text("region", ""), call.integer("year", 2000), language)
                                    .forEach(day -> days.add(new JsonObject()
                                            .put("date", day.date().toString())
                                            .put("name", day.name())));
                            return Reply.json(
                                    new JsonObject().put("regions", regions).put("days", days));
                        },
                        false);
    }
}
