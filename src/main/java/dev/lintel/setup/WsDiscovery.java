package dev.lintel.setup;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;

/**
 * Finds network cameras: a WS-Discovery probe for ONVIF's NetworkVideoTransmitter by multicast (OASIS WS-Discovery 1.0 of 2005,
 * ONVIF core specification, chapter 7). What comes back is from anybody in the network, so an address counts only if it is that
 * of whoever sent it.
 */
final class WsDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(WsDiscovery.class);
    private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);
    private static final int LARGEST = 64 * 1024;
    private static final int MOST = 64;
    private static final String NAME_SCOPE = "onvif://www.onvif.org/name/";
    private static final String MODEL_SCOPE = "onvif://www.onvif.org/hardware/";

    private static final String PROBE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
            xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:n="http://www.onvif.org/ver10/network/wsdl">\
            <s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>uuid:%s</a:MessageID>\
            <a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>\
            <s:Body><d:Probe><d:Types>n:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>""";

    private final InetSocketAddress group;

    WsDiscovery() {
        this(GROUP);
    }

    /** @param group who is asked */
    WsDiscovery(InetSocketAddress group) {
        this.group = group;
    }

    /**
     * A camera that answered.
     *
     * @param service where it is asked for its streams
     * @param name what it calls itself; may be empty
     */
    record Device(URI service, String name) {}

    /** Whoever answers within a time, each once, in the order of the answers. Reads and waits. */
    List<Device> search(Duration patience) {
        String id = UUID.randomUUID().toString();
        Map<URI, Device> found = new LinkedHashMap<>();
        try (MulticastSocket socket = new MulticastSocket(0)) {
            socket.setTimeToLive(1);
            ask(socket, id);
            long end = System.nanoTime() + patience.toNanos();
            byte[] buffer = new byte[LARGEST];
            while (found.size() < MOST) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                socket.setSoTimeout((int) left);
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                device(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getAddress(), id)
                        .ifPresent(device -> found.putIfAbsent(device.service(), device));
            }
        } catch (SocketTimeoutException e) {
            LOG.debug("nobody answers any more");
        } catch (IOException e) {
            LOG.info("the network cannot be searched for cameras: {}", e.getMessage());
        }
        return List.copyOf(found.values());
    }

    /** Through every network that this machine is in. */
    private void ask(MulticastSocket socket, String id) throws IOException {
        byte[] probe = PROBE.formatted(id).getBytes(StandardCharsets.UTF_8);
        DatagramPacket packet = new DatagramPacket(probe, probe.length, group);
        if (!group.getAddress().isMulticastAddress()) {
            socket.send(packet);
            return;
        }
        List<String> failures = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp()
                    && !network.isLoopback()
                    && network.supportsMulticast()
                    && network.inetAddresses().anyMatch(Inet4Address.class::isInstance)) {
                try {
                    socket.setNetworkInterface(network);
                    socket.send(packet);
                } catch (IOException e) {
                    failures.add(network.getName() + ": " + e.getMessage());
                }
            }
        }
        if (!failures.isEmpty()) {
            LOG.info("not every network could be searched for cameras: {}", failures);
        }
    }

    /** What an answer says; empty if it is none to this question, or sends somewhere else. */
    static Optional<Device> device(byte[] answer, InetAddress sender, String id) {
        try {
            Document document = Soap.parse(answer);
            if (Soap.texts(document, "RelatesTo").stream().noneMatch(related -> related.endsWith(id))) {
                return Optional.empty();
            }
            String scopes = String.join(" ", Soap.texts(document, "Scopes"));
            return Soap.texts(document, "XAddrs").stream()
                    .flatMap(addresses -> Arrays.stream(addresses.strip().split("\\s+")))
                    .map(WsDiscovery::uri)
                    .flatMap(Optional::stream)
                    .filter(address -> sender.getHostAddress().equals(address.getHost()))
                    .findFirst()
                    .map(address -> new Device(address, name(scopes)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            URI address = URI.create(text);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return web && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Its name and its model, where they differ. */
    private static String name(String scopes) {
        String name = scope(scopes, NAME_SCOPE);
        String model = scope(scopes, MODEL_SCOPE);
        return name.contains(model) ? name : (name + " " + model).strip();
    }

    private static String scope(String scopes, String prefix) {
        return Arrays.stream(scopes.strip().split("\\s+"))
                .filter(scope -> scope.startsWith(prefix))
                .map(scope -> URLDecoder.decode(
                        scope.substring(prefix.length()).replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25"),
                        StandardCharsets.UTF_8))
                .map(text -> text.replaceAll("\\p{Cntrl}", "").strip())
                .map(text -> text.length() > 60 ? text.substring(0, 60) : text)
                .findFirst()
                .orElse("");
    }
}
