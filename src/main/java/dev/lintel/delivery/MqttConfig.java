package dev.lintel.delivery;

import dev.lintel.access.Names;
import dev.lintel.settings.Checks;
import dev.lintel.settings.RemoteAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The MQTT broker (3.1.1) that is told of events.
 *
 * @param host of the broker; without one there is no MQTT
 * @param port of the broker
 * @param tls whether to encrypt; the broker's certificate is checked
 * @param caFile PEM file with the authority of the broker's certificate; empty: those that Java trusts
 * @param username empty for none
 * @param password this or {@code passwordFile}
 * @param passwordFile a file with nothing but the password
 * @param clientId also tells several boxes apart in Home Assistant
 * @param topic before every topic
 * @param qos of events: 1 waits until the broker has each, 0 only sends
 * @param names how people are called: full or ids
 * @param homeAssistant whether Home Assistant finds the box by itself
 * @param discoveryPrefix Home Assistant's own
 * @param allowUnlock whether an {@code UNLOCK} on a door's topic opens it. Whoever may publish at the
 *     broker can then open the door
 * @param allowPicture whether a picture is published with each decision
 */
public record MqttConfig(
        Optional<String> host,
        int port,
        boolean tls,
        Optional<Path> caFile,
        Optional<String> username,
        Optional<String> password,
        Optional<Path> passwordFile,
        String clientId,
        String topic,
        int qos,
        Names names,
        boolean homeAssistant,
        String discoveryPrefix,
        boolean allowUnlock,
        boolean allowPicture) {

    /** The broker's name in the outbox and in metrics. */
    public static final String TARGET = "mqtt";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,23}");
    private static final Pattern TOPIC = Pattern.compile("[^+#/\\x00-\\x20]+(/[^+#/\\x00-\\x20]+)*");

    public MqttConfig {
        host = host.map(String::strip).filter(name -> !name.isEmpty());
        new Checks()
                .that(
                        host.isEmpty() || RemoteAddress.isHost(host.get()),
                        "host: must be the broker's name or number alone, such as 192.168.1.5: the port goes into port,"
                                + " tls: true stands for mqtts://, user and password have keys of their own")
                .range("port", port, 1, 65535)
                .range("qos", qos, 0, 1)
                .that(names != Names.NONE, "names: must be full or ids, was none")
                .that(
                        ID.matcher(clientId).matches(),
                        "client-id: must be 1 to 23 letters, digits, - or _, was '" + clientId + "'")
                .that(
                        TOPIC.matcher(topic).matches(),
                        "topic: must be words with / between them, without + and #, was " + topic)
                .that(
                        TOPIC.matcher(discoveryPrefix).matches(),
                        "discovery-prefix: must be words with / between them, was " + discoveryPrefix)
                .that(
                        password.isEmpty() || passwordFile.isEmpty(),
                        "password: give either password or password-file, not both")
                .that(
                        username.isPresent() || password.isEmpty() && passwordFile.isEmpty(),
                        "username: is needed with a password")
                .done();
    }

    public boolean enabled() {
        return host.isPresent();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MqttConfig[" + host.orElse("none") + ":" + port + (tls ? " TLS" : "") + ", topic " + topic + ", names "
                + names + "]";
    }
}
