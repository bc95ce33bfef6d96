package dev.lintel.gateway;

import dev.lintel.settings.Checks;
import dev.lintel.settings.RemoteAddress;
import dev.lintel.tls.TlsConfig;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the box is reached and how much it takes on. Without keys and accounts only programs on the same machine are let in.
 *
 * @param place name of the place where the box stands, at most 60 characters, for people to see; may be empty
 * @param host address to listen on
 * @param port 0..65535, 0 for any free one
 * @param keys programs that may call, besides those whose keys were made while the box ran
 * @param hostNames names besides localhost by which the box is known, such as that of a proxy in front of it. Pages of
 *     other sites may not use the API, and without keys other names are refused, so that no web site can reach the
 *     box through the browser of somebody who sits at it
 * @param origins of web pages elsewhere that may use the API, such as {@code https://desk.example}
 * @param tls HTTPS for other machines
 * @param pinDigits fewest digits of a new PIN, 4..12
 * @param openMetrics whether {@code /metrics} needs no key
 * @param maxUpload largest image in bytes
 * @param maxRequest largest request with images in bytes
 * @param maxFiles most images in one request
 * @param maxImport largest backup in bytes that may be imported
 * @param maxBuffered bytes of uploads held at once, by all requests together
 * @param concurrency requests about faces that are worked on at once; others wait
 * @param queueTime how long a request about faces waits for its turn, 0 to 30 s; beyond, it is answered 503
 * @param maxConnections open connections; for one more, one that asks for nothing is closed
 * @param maxPerAddress of them from one address of another machine, 1 to maxConnections
 * @param requestTimeout how long the work on one image may take; a request with several has as many times more
 * @param headerTimeout how long the first request of a connection may take to come up to its body, and how long the body of
 *     somebody who is not known may take
 * @param uploadTimeout how long sending a request may take
 * @param sessionIdle how long somebody who has logged in stays so without doing anything
 * @param sessionLongest how long at most
 * @param idleTimeout how long a connection may stay open without a request
 * @param shutdownTimeout how long accepted requests may take to finish at shutdown
 */
public record GatewayConfig(
        String place,
        String host,
        int port,
        List<ApiKey> keys,
        List<String> hostNames,
        List<String> origins,
        TlsConfig tls,
        int pinDigits,
        boolean openMetrics,
        long maxUpload,
        long maxRequest,
        int maxFiles,
        long maxImport,
        long maxBuffered,
        int concurrency,
        Duration queueTime,
        int maxConnections,
        int maxPerAddress,
        Duration requestTimeout,
        Duration headerTimeout,
        Duration uploadTimeout,
        Duration sessionIdle,
        Duration sessionLongest,
        Duration idleTimeout,
        Duration shutdownTimeout) {
    private static final int LONGEST_PLACE = 60;

    /** Controls, ends of lines and of paragraphs, direction marks; the joiners of Persian and of emoji are none of them. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF]");

    public GatewayConfig {
        place = place.strip();
        host = host.strip();
        keys = List.copyOf(keys);
        hostNames =
                hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        origins = List.copyOf(origins);
        List<String> names = keys.stream().map(ApiKey::name).toList();
        new Checks()
                .that(
                        place.length() <= LONGEST_PLACE
                                && !INVISIBLE.matcher(place).find(),
                        "place: must be one line of at most " + LONGEST_PLACE
                                + " characters, without control characters and marks of the writing direction")
                .that(!host.isEmpty(), "host: must be an address to listen on, such as 127.0.0.1 or 0.0.0.0")
                .that(
                        host.isEmpty() || RemoteAddress.isHost(host.replaceAll("^\\[|\\]$", "")),
                        "host: must be a name or number of this machine alone; the port goes into port")
                .range("port", port, 0, 65535)
                .range("pin-digits", pinDigits, 4, 12)
                .range("max-upload", maxUpload, 1, Integer.MAX_VALUE / 2)
                .range("max-request", maxRequest, maxUpload, Integer.MAX_VALUE / 2)
                .range("max-files", maxFiles, 1, 1000)
                .range("max-import", maxImport, 1, Integer.MAX_VALUE / 2)
                .range("max-buffered", maxBuffered, maxRequest, Long.MAX_VALUE)
                .range("concurrency", concurrency, 1, 10_000)
                .range("max-connections", maxConnections, 1, 100_000)
                .range("max-per-address", maxPerAddress, 1, 100_000)
                .range("queue-time", queueTime, Duration.ZERO, Duration.ofSeconds(30))
                .that(
                        origins.stream().allMatch(GatewayConfig::origin),
                        "origins: must be such as https://desk.example or http://192.168.1.5:1880, without a path, was "
                                + origins)
                .positive("request-timeout", requestTimeout)
                .positive("header-timeout", headerTimeout)
                .positive("upload-timeout", uploadTimeout)
                .range("session-idle", sessionIdle, Duration.ofMinutes(1), Duration.ofDays(1))
                .range("session-longest", sessionLongest, Duration.ofMinutes(1), Duration.ofDays(30))
                .positive("idle-timeout", idleTimeout)
                .positive("shutdown-timeout", shutdownTimeout)
                .that(Set.copyOf(names).size() == names.size(), "keys: two keys have the same name: " + names)
                .done();
    }

    /** The same box under another name. */
    public GatewayConfig withPlace(String other) {
        return new GatewayConfig(
                other,
                host,
                port,
                keys,
                hostNames,
                origins,
                tls,
                pinDigits,
                openMetrics,
                maxUpload,
                maxRequest,
                maxFiles,
                maxImport,
                maxBuffered,
                concurrency,
                queueTime,
                maxConnections,
                maxPerAddress,
                requestTimeout,
                headerTimeout,
                uploadTimeout,
                sessionIdle,
                sessionLongest,
                idleTimeout,
                shutdownTimeout);
    }

    private static boolean origin(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && text.equals(uri.getScheme() + "://" + uri.getAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whether only programs on the same machine can reach this address. Asks no name server. */
    static boolean loopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
