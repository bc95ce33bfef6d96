package dev.lintel.delivery;

import dev.lintel.access.ScreenState;
import dev.lintel.bus.Bus;
import dev.lintel.messages.ScreenMessages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What the screens beside the doors show, for other displays, lamps and loudspeakers; never a name. Sent once and kept nowhere: a
 * prompt of before is none. Belongs to one event loop.
 */
final class ScreenTopic {
    private final MqttLink link;
    private final StateTopics topics;

    ScreenTopic(MqttLink link, StateTopics topics) {
        this.link = link;
        this.topics = topics;
    }

    /** @return ends it */
    Runnable listen(Bus bus) {
        return bus.listen(
                ScreenMessages.CHANGED,
                state -> link.publish(topics.screen(state.door()), Buffer.buffer(text(state)), 0, false));
    }

    static String text(ScreenState state) {
        return new JsonObject()
                .put("shows", state.shows().name().toLowerCase(Locale.ROOT))
                .put(
                        "movement",
                        state.movement() == null ? null : state.movement().text())
                .put("step", state.step())
                .put("steps", state.steps())
                .encode();
    }
}
