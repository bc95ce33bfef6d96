package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.delivery.MqttConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.door.FakeChips;
import dev.lintel.testkit.Configs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoorCheckTest {
    private static final MqttConfig NO_BROKER = Configs.of(MqttConfig.class);

    private final FakeChips chips = new FakeChips();

    private List<Finding> findings(MqttConfig mqtt, boolean running, String... door) {
        return new DoorCheck(List.of(Configs.of(DoorConfig.class, door)), mqtt, chips, running).findings();
    }

    @Test
    void shouldLookAtTheLinesOfLockAndContact() {
        chips.input("gpiochip0", 27);

        List<Finding> found = findings(
                NO_BROKER,
                false,
                "id: main",
                "lock: {type: gpio, chip: gpiochip0, line: 17}",
                "sensor: {type: gpio, chip: gpiochip0, line: 27}");

        assertThat(found).extracting(Finding::subject).containsExactly("lock of door main", "contact of door main");
        assertThat(found).extracting(Finding::state).containsExactly(Finding.State.OK, Finding.State.FAIL);
        assertThat(chips.driven).as("nothing was moved").isEmpty();
    }

    @Test
    void shouldLeaveTheLinesToAnApplianceThatRuns() {
        assertThat(findings(NO_BROKER, true, "id: main", "lock: {type: gpio, chip: gpiochip9, line: 1}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).contains("left to the appliance"));
    }

    @Test
    void shouldSayThatALockNeedsABroker() {
        assertThat(findings(NO_BROKER, false, "id: main", "lock: {type: mqtt, topic: doors/main/set}"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(Finding.State.FAIL);
                    assertThat(finding.detail()).contains("doors/main/set", "delivery.mqtt.host");
                });
    }

    @Test
    void shouldTryWhetherTheBrokerOfALockTakesConnections() throws IOException {
        MqttConfig mqtt;
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            mqtt = Configs.of(MqttConfig.class, "host: 127.0.0.1", "port: " + broker.getLocalPort());
            assertThat(findings(mqtt, false, "id: main", "lock: {type: mqtt, topic: t}"))
                    .singleElement()
                    .extracting(Finding::state)
                    .isEqualTo(Finding.State.OK);
        }

        assertThat(findings(mqtt, false, "id: main", "lock: {type: mqtt, topic: t}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).contains("cannot be reached"));
    }

    @Test
    void shouldSayNothingOfADoorWithoutALock() {
        assertThat(findings(NO_BROKER, false, "id: main")).isEmpty();
    }
}
