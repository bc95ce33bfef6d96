package dev.lintel.tls;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Under which names and addresses this machine may be asked for. */
public final class MachineNames {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    /** Networks that are inside this machine. */
    private static final Pattern INSIDE = Pattern.compile("^(docker|br-|veth|virbr|vmnet|cni|flannel|lxc|podman)");

    private MachineNames() {}

    /** With those, as far as a certificate can hold them. */
    public static Set<String> with(Collection<String> more) {
        Set<String> names = new TreeSet<>(Set.of("localhost", "127.0.0.1"));
        try {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            names.add(host);
            if (!host.contains(".")) {
                names.add(host + ".local");
            }
        } catch (UnknownHostException e) {
            // it has no name; its addresses do
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress()
                            && !address.isAnyLocalAddress())
                    .forEach(address -> names.add(plain(address.getHostAddress())));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        more.forEach(name -> names.add(plain(name)));
        names.removeIf(name -> !isAddress(name) && !NAME.matcher(name).matches());
        return names;
    }

    /** Addresses at which others in the network reach this machine, IPv4 first, without those of containers and virtual machines. */
    public static List<String> inNetwork() {
        List<String> found = new ArrayList<>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (one.isUp()
                        && !one.isLoopback()
                        && !INSIDE.matcher(one.getName()).find()) {
                    one.inetAddresses()
                            .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                            .forEach(address -> found.add(plain(address.getHostAddress())));
                }
            }
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.comparing(address -> address.contains(":")));
        return List.copyOf(found);
    }

    static boolean isAddress(String name) {
        return ADDRESS.matcher(name).matches();
    }

    /** One way of writing for each: addresses without a zone, IPv6 in full. */
    static String plain(String name) {
        String bare = name.toLowerCase(Locale.ROOT).replaceAll("%.*$|^\\[|\\]$", "");
        try {
            return isAddress(bare) ? InetAddress.getByName(bare).getHostAddress() : bare;
        } catch (UnknownHostException e) {
            return bare;
        }
    }
}
