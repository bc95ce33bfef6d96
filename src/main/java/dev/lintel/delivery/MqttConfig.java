package dev.lintel.delivery;

import dev.lintel.access.Names;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The MQTT broker (3.1.1) that is told of events.
 *
 * @param host of the broker; without one there is no MQTT
 * @param port default 1883, with TLS 8883
 * @param tls whether to encrypt; the broker's certificate is checked
 * @param caFile PEM file with the authority of the broker's certificate; default those that Java trusts
 * @param username default none
 * @param password default none; this or {@code passwordFile}
 * @param passwordFile a file with nothing but the password
 * @param clientId also tells several boxes apart in Home Assistant; default lintel
 * @param topic before every topic; default lintel
 * @param qos of events: 1 (default) waits until the broker has each, 0 only sends
 * @param names how people are called: full or ids; default ids
 * @param homeAssistant whether Home Assistant finds the box by itself; default true
 * @param discoveryPrefix Home Assistant's own; default homeassistant
 * @param allowUnlock whether an {@code UNLOCK} on a door's topic opens it; default false. Whoever may publish at the
 *     broker can then open the door
 * @param allowPicture whether a picture is published with each decision; default false
 */
public record MqttConfig(
        String host,
        Integer port,
        Boolean tls,
        Path caFile,
        String username,
        String password,
        Path passwordFile,
        String clientId,
        String topic,
        Integer qos,
        Names names,
        Boolean homeAssistant,
        String discoveryPrefix,
        Boolean allowUnlock,
        Boolean allowPicture) {

    /** The broker's name in the outbox and in metrics. */
    static final String TARGET = "mqtt";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,23}");
    private static final Pattern TOPIC = Pattern.compile("[^+#/\\x00-\\x20]+(/[^+#/\\x00-\\x20]+)*");

    public MqttConfig {
        host = host == null || host.isBlank() ? null : host.strip();
        tls = tls != null && tls;
        port = port == null ? Integer.valueOf(tls ? 8883 : 1883) : port;
        clientId = clientId == null ? "lintel" : clientId;
        topic = topic == null ? "lintel" : topic;
        qos = qos == null ? Integer.valueOf(1) : qos;
        names = names == null ? Names.IDS : names;
        homeAssistant = homeAssistant == null || homeAssistant;
        discoveryPrefix = discoveryPrefix == null ? "homeassistant" : discoveryPrefix;
        allowUnlock = allowUnlock != null && allowUnlock;
        allowPicture = allowPicture != null && allowPicture;
        check(port >= 1 && port <= 65535, "port: must be 1..65535, was " + port);
        check(qos == 0 || qos == 1, "qos: must be 0..1, was " + qos);
        check(names != Names.NONE, "names: must be full or ids");
        check(ID.matcher(clientId).matches(), "client-id: must be 1 to 23 letters, digits, - or _");
        check(
                TOPIC.matcher(topic).matches(),
                "topic: must be words with / between them, without + and #, was " + topic);
        check(
                TOPIC.matcher(discoveryPrefix).matches(),
                "discovery-prefix: must be words with / between them, was " + discoveryPrefix);
        check(password == null || passwordFile == null, "password: give either password or password-file, not both");
        check(username != null || password == null && passwordFile == null, "username: is needed with a password");
    }

    static MqttConfig off() {
        return new MqttConfig(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public boolean enabled() {
        return host != null;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MqttConfig[" + host + ":" + port + (tls ? " TLS" : "") + ", topic " + topic + ", names " + names + "]";
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
