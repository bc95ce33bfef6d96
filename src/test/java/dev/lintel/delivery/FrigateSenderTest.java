package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Naming;
import dev.lintel.delivery.Sender.Sent;
import dev.lintel.delivery.Sender.Sent.Result;
import dev.lintel.face.Label;
import dev.lintel.testkit.Configs;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrigateSenderTest {
    private static final double NOW = Events.NOW.getEpochSecond();

    private final Vertx vertx = Vertx.vertx();
    private final FakeFrigate frigate = new FakeFrigate();
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = frigate.start(vertx);
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private FrigateConfig config(String path) {
        return Configs.of(FrigateConfig.class, "url: http://127.0.0.1:" + port + path, "cameras: {front: front_door}");
    }

    private Sent send(DoorEvent event) throws Exception {
        FrigateConfig config = config("");
        HttpTarget target = new HttpTarget(
                vertx.createHttpClient(), config.address(), config.headers(), Duration.ofSeconds(5), () -> Events.NOW);
        return await(new FrigateSender(target, config.cameras(), Naming.FULL).send(Events.recorded(1, event)));
    }

    @Test
    void shouldNameTheEventThatGoesOn() throws Exception {
        frigate.event("1732521598.2-abc", "front_door", "person", NOW - 2, null);

        assertThat(send(Events.granted("1", Events.ANNA))).isEqualTo(Sent.delivered());

        assertThat(frigate.event("1732521598.2-abc").getString("sub_label")).isEqualTo("Anna Ärger");
        assertThat(frigate.event("1732521598.2-abc").getJsonObject("data").getDouble("sub_label_score"))
                .isEqualTo(0.7);
    }

    /** Frigate was down, and hears of a visit of an hour ago. */
    @Test
    void shouldNameTheEventOfThatTimeLater() throws Exception {
        frigate.event("before", "front_door", "person", NOW - 300, NOW - 200);
        frigate.event("then", "front_door", "person", NOW - 1, NOW + 20);
        frigate.event("after", "front_door", "person", NOW + 3000, null);

        send(Events.granted("1", Events.ANNA));

        assertThat(frigate.event("then").getString("sub_label")).isEqualTo("Anna Ärger");
        assertThat(frigate.event("before").getString("sub_label")).isNull();
        assertThat(frigate.event("after").getString("sub_label")).isNull();
    }

    @Test
    void shouldNameNothingElse() throws Exception {
        frigate.event("car", "front_door", "car", NOW - 1, null);
        frigate.event("yard", "yard", "person", NOW - 1, null);

        assertThat(send(Events.granted("1", Events.ANNA)).result()).isEqualTo(Result.REFUSED);

        assertThat(frigate.event("car").getString("sub_label")).isNull();
        assertThat(frigate.event("yard").getString("sub_label")).isNull();
    }

    @Test
    void shouldTakeOfTwoPeopleTheOneWhoCameWithTheVisit() throws Exception {
        frigate.event("waits", "front_door", "person", NOW - 600, null);
        frigate.event("came", "front_door", "person", NOW + 1, null);

        send(Events.granted("1", Events.ANNA));

        assertThat(frigate.event("came").getString("sub_label")).isEqualTo("Anna Ärger");
        assertThat(frigate.event("waits").getString("sub_label")).isNull();
    }

    @Test
    void shouldCutANameThatIsTooLongForFrigate() throws Exception {
        frigate.event("e", "front_door", "person", NOW, null);

        assertThat(send(Events.granted("1", Label.of("Ä".repeat(100)))).result())
                .isEqualTo(Result.DELIVERED);

        assertThat(frigate.event("e").getString("sub_label")).hasSize(100);
    }

    /** What it sends must not lead the box to other addresses. */
    @Test
    void shouldNotFollowAnIdThatIsAPath() throws Exception {
        frigate.event("../../config/save", "front_door", "person", NOW, null);

        assertThat(send(Events.granted("1", Events.ANNA)).result()).isEqualTo(Result.REFUSED);

        assertThat(frigate.asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"401", "404", "500", "503"})
    void shouldWaitWhileFrigateHasTrouble(int status) throws Exception {
        frigate.event("e", "front_door", "person", NOW, null);
        frigate.status = status;

        assertThat(send(Events.granted("1", Events.ANNA)).result()).isEqualTo(Result.FAILED);
    }

    @Test
    void shouldTellFrigateOnlyOfPeopleWhoWereRecognisedBeforeItsCameras() {
        FrigateConfig config = config("");
        FrigateConfig other = Configs.of(FrigateConfig.class, "url: http://127.0.0.1:" + port, "cameras: {back: yard}");

        assertThat(config.wants(Events.granted("1", Events.ANNA))).isTrue();
        assertThat(config.wants(Events.stranger("2"))).isFalse();
        assertThat(config.wants(Events.photo("3", Events.ANNA))).isFalse();
        assertThat(config.wants(Events.of("4", DoorEvent.Kind.DOOR_OPENED))).isFalse();
        assertThat(other.wants(Events.granted("1", Events.ANNA))).isFalse();
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> Configs.of(FrigateConfig.class, "url: http://frigate:5000"))
                .hasMessageContaining("cameras: must say which cameras are in Frigate");
        assertThatThrownBy(() -> Configs.of(
                        FrigateConfig.class, "url: http://frigate:5000", "cameras: {front: 'a/b?c'}", "names: none"))
                .hasMessageContaining("as in Frigate")
                .hasMessageContaining("names: must be full or ids");
    }
}
