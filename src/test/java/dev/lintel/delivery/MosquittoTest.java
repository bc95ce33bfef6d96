package dev.lintel.delivery;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The same against a real broker, where there is one. */
@Tag("slow")
@Tag("broker")
class MosquittoTest extends MqttContract {
    @Override
    Broker broker(Path folder) {
        assumeTrue(Mosquitto.installed(), "mosquitto is not installed: apt-get install mosquitto");
        return new Mosquitto(folder);
    }
}
