package dev.lintel.gateway;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How the box is reached and how much it takes on. Anything but a loopback address needs at least one key.
 *
 * @param host address to listen on; default {@code 127.0.0.1}
 * @param port 0..65535, 0 for any free one; default 8000
 * @param keys who may call; without any, everybody who reaches the address
 * @param hostNames names besides localhost by which the box is known, such as that of a proxy in front of it. Pages of
 *     other sites may not use the API, and without keys other names are refused, so that no web site can reach the
 *     box through the browser of somebody who sits at it
 * @param openMetrics whether {@code /metrics} needs no key; default false
 * @param maxUpload largest image in bytes; default 20 MB
 * @param maxRequest largest request with images in bytes; default 40 MB
 * @param maxFiles most images in one request; default 16
 * @param maxImport largest backup in bytes that may be imported; default 128 MB
 * @param maxBuffered bytes of uploads held at once, by all requests together; default a sixth of the heap, at least
 *     {@code maxRequest} and at most 256 MB
 * @param concurrency requests about faces that are worked on at once; one more is answered 503; default four for
 *     each processor, at least 8
 * @param maxConnections open connections; one more is closed at once; default 256
 * @param requestTimeout how long the work on one image may take; a request with several has as many times more;
 *     default 10 s
 * @param uploadTimeout how long sending a request may take; default 30 s
 * @param idleTimeout how long a connection may stay open without a request; default 30 s
 * @param shutdownTimeout how long accepted requests may take to finish at shutdown; default 15 s
 */
public record GatewayConfig(
        String host,
        Integer port,
        List<ApiKey> keys,
        List<String> hostNames,
        Boolean openMetrics,
        Long maxUpload,
        Long maxRequest,
        Integer maxFiles,
        Long maxImport,
        Long maxBuffered,
        Integer concurrency,
        Integer maxConnections,
        Duration requestTimeout,
        Duration uploadTimeout,
        Duration idleTimeout,
        Duration shutdownTimeout) {

    private static final long MEGABYTE = 1_000_000;

    public GatewayConfig {
        host = host == null || host.isBlank() ? "127.0.0.1" : host.strip();
        port = port == null ? Integer.valueOf(8000) : port;
        keys = keys == null ? List.of() : List.copyOf(keys);
        hostNames = hostNames == null
                ? List.of()
                : hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        openMetrics = openMetrics != null && openMetrics;
        maxUpload = maxUpload == null ? Long.valueOf(20 * MEGABYTE) : maxUpload;
        maxRequest = maxRequest == null ? Long.valueOf(2 * maxUpload) : maxRequest;
        maxFiles = maxFiles == null ? Integer.valueOf(16) : maxFiles;
        maxImport = maxImport == null ? Long.valueOf(128 * MEGABYTE) : maxImport;
        maxBuffered = maxBuffered == null ? Long.valueOf(sixthOfTheHeap(maxRequest)) : maxBuffered;
        concurrency = concurrency == null
                ? Integer.valueOf(Math.max(8, 4 * Runtime.getRuntime().availableProcessors()))
                : concurrency;
        maxConnections = maxConnections == null ? Integer.valueOf(256) : maxConnections;
        requestTimeout = requestTimeout == null ? Duration.ofSeconds(10) : requestTimeout;
        uploadTimeout = uploadTimeout == null ? Duration.ofSeconds(30) : uploadTimeout;
        idleTimeout = idleTimeout == null ? Duration.ofSeconds(30) : idleTimeout;
        shutdownTimeout = shutdownTimeout == null ? Duration.ofSeconds(15) : shutdownTimeout;
        range("port", port, 0, 65535);
        range("max-upload", maxUpload, 1, Integer.MAX_VALUE / 2);
        range("max-request", maxRequest, maxUpload, Integer.MAX_VALUE / 2);
        range("max-files", maxFiles, 1, 1000);
        range("max-import", maxImport, 1, Integer.MAX_VALUE / 2);
        range("max-buffered", maxBuffered, maxRequest, Long.MAX_VALUE);
        range("concurrency", concurrency, 1, 10_000);
        range("max-connections", maxConnections, 1, 100_000);
        positive("request-timeout", requestTimeout);
        positive("upload-timeout", uploadTimeout);
        positive("idle-timeout", idleTimeout);
        positive("shutdown-timeout", shutdownTimeout);
        if (keys.stream().map(ApiKey::name).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("keys: two keys have the same name");
        }
        if (keys.isEmpty() && !loopback(host)) {
            throw new IllegalArgumentException("keys: at least one is needed, because " + host
                    + " can be reached from other machines: add the line that"
                    + " 'lintel new-key me --role admin' prints; or set host to 127.0.0.1");
        }
    }

    public static GatewayConfig defaults() {
        return on("127.0.0.1", 8000);
    }

    /** All other values by default. */
    public static GatewayConfig on(String host, int port) {
        return new GatewayConfig(
                host, port, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
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

    private static long sixthOfTheHeap(long atLeast) {
        return Math.max(atLeast, Math.min(256 * MEGABYTE, Runtime.getRuntime().maxMemory() / 6));
    }

    private static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + ": must be " + least + ".." + most + ", was " + value);
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + ": must be longer than nothing, was " + value);
        }
    }
}
