package dev.lintel.door.lock;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What releases the door.
 *
 * @param type none, gpio (a relay at a line), http (a relay that is called) or mqtt. Default none
 * @param pulse how long the lock stays released, 200ms..5m. Default 5s
 * @param hold in free passage, keep the lock released (true) or pulse for each person who is seen (false), for strikes
 *     that are not made for it and for relays that time themselves. Default true
 * @param chip gpio: the chip as {@code gpiochip0}, or its label as {@code pinctrl-rp1}
 * @param line gpio: of the chip, 0..1023
 * @param releasedWhen gpio: level of the line while the lock is released, high or low. Default high
 * @param url http: called to release; {@code {pulse}} in it or in the body becomes the pulse in whole seconds
 * @param method http: GET, POST or PUT. Default POST
 * @param body http: sent with the call. Default: none
 * @param headers http: sent with each call, such as an authorisation. Default: none
 * @param lockUrl http: called after the pulse. Default: none, for relays that time themselves
 * @param lockBody http: sent with that call. Default: none
 * @param timeout http and mqtt: how long a call may take, 100ms..10s; a call that failed is made once more within the
 *     pulse. Default 2s
 * @param topic mqtt: published to
 * @param unlockPayload mqtt: Default {@code UNLOCK}
 * @param lockPayload mqtt: published after the pulse; an empty text for nothing. Default {@code LOCK}
 * @param qos mqtt: 0..2. Default 1
 */
public record LockConfig(
        Type type,
        Duration pulse,
        Boolean hold,
        String chip,
        Integer line,
        Level releasedWhen,
        String url,
        String method,
        String body,
        Map<String, String> headers,
        String lockUrl,
        String lockBody,
        Duration timeout,
        String topic,
        String unlockPayload,
        String lockPayload,
        Integer qos) {
    private static final Pattern CHIP = Pattern.compile("[A-Za-z0-9@._:-]{1,64}");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

    public enum Type {
        NONE,
        GPIO,
        HTTP,
        MQTT
    }

    /** Of a line. */
    public enum Level {
        HIGH,
        LOW
    }

    public LockConfig {
        type = type == null ? Type.NONE : type;
        pulse = pulse == null ? Duration.ofSeconds(5) : pulse;
        hold = hold == null || hold;
        releasedWhen = releasedWhen == null ? Level.HIGH : releasedWhen;
        method = method == null ? "POST" : method;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        timeout = timeout == null ? Duration.ofSeconds(2) : timeout;
        unlockPayload = unlockPayload == null ? "UNLOCK" : unlockPayload;
        lockPayload = lockPayload == null ? "LOCK" : lockPayload;
        qos = qos == null ? 1 : qos;
        check(
                pulse.compareTo(Duration.ofMillis(200)) >= 0 && pulse.compareTo(Duration.ofMinutes(5)) <= 0,
                "pulse: must be 200ms..5m, was " + pulse);
        check(
                timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(Duration.ofSeconds(10)) <= 0,
                "timeout: must be 100ms..10s, was " + timeout);
        check(METHODS.contains(method), "method: must be GET, POST or PUT, was " + method);
        check(qos >= 0 && qos <= 2, "qos: must be 0..2, was " + qos);
        switch (type) {
            case NONE -> {}
            case GPIO -> checkLine(chip, line);
            case HTTP -> {
                checkUrl("url", url);
                if (lockUrl != null) {
                    checkUrl("lock-url", lockUrl);
                }
            }
            case MQTT ->
                check(
                        topic != null && !topic.isBlank() && !topic.contains("#") && !topic.contains("+"),
                        "topic: must name the topic to publish to, without # and +");
        }
    }

    public static LockConfig none() {
        return new LockConfig(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public static void checkLine(String chip, Integer line) {
        check(
                chip != null && CHIP.matcher(chip).matches(),
                "chip: must be the GPIO chip, such as gpiochip0 or its label (gpiodetect lists them), was " + chip);
        check(line != null && line >= 0 && line <= 1023, "line: must be the line of the chip, 0..1023, was " + line);
    }

    private static void checkUrl(String key, String url) {
        boolean fits;
        try {
            URI address = URI.create(url == null ? "" : url.replace("{pulse}", "1"));
            fits = address.getHost() != null
                    && ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()));
        } catch (IllegalArgumentException e) {
            fits = false;
        }
        check(fits, key + ": must be an address such as http://192.168.1.30/relay/0?turn=on");
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "LockConfig[" + type + ", pulse " + pulse + "]";
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
