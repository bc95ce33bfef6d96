package dev.lintel.gateway;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Where a request comes from. */
final class Origins {
    /** What proxies add. */
    private static final List<String> OF_PROXIES = List.of(
            "Forwarded",
            "Via",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Port",
            "X-Forwarded-Server",
            "X-Forwarded-By",
            "X-Original-Host",
            "X-Real-IP",
            "X-Client-IP",
            "True-Client-IP",
            "CF-Connecting-IP");

    /** The network of connections from this machine. */
    static final String THIS_MACHINE = "here";

    private Origins() {}

    /** Whose connection it is: the number of a machine, or of IPv6 its network, as one has as many there as one likes. */
    static String network(SocketAddress remote) {
        String address = remote == null ? null : remote.hostAddress();
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return "unknown";
        }
        try {
            return InetAddress.getByAddress(bytes).isLoopbackAddress() ? THIS_MACHINE : network(bytes);
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String network(byte[] bytes) throws UnknownHostException {
        byte[] plain = InetAddress.getByAddress(bytes).getAddress(); // of an IPv4 number in IPv6, that
        if (plain.length == 16) {
            Arrays.fill(plain, 8, 16, (byte) 0);
        }
        return InetAddress.getByAddress(plain).getHostAddress() + (plain.length == 16 ? "/64" : "");
    }

    /**
     * From a program on this machine that speaks for nobody else. Browsers and curl speak HTTP/1.1; a proxy that was told
     * nothing about forwarding speaks HTTP/1.0.
     */
    static boolean direct(HttpServerRequest request) {
        return loopback(request)
                && request.version() == HttpVersion.HTTP_1_1
                && OF_PROXIES.stream().noneMatch(request.headers()::contains);
    }

    /**
     * Of whom it comes from, as far as it can be known: the address of the connection, or what a proxy on this machine says it
     * was asked by. Of IPv6, the network, as one has as many addresses there as one likes.
     */
    static String address(HttpServerRequest request) {
        String forwarded = loopback(request) ? request.getHeader("X-Forwarded-For") : null;
        String address = forwarded == null
                ? request.remoteAddress().hostAddress()
                : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return "unknown";
        }
        try {
            return network(bytes);
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Whether the connection comes from this machine, for whomever. */
    static boolean loopback(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        try {
            return address != null
                    && address.hostAddress() != null
                    && InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
