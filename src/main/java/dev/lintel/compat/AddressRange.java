package dev.lintel.compat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A machine or a network by its number, IPv4 or IPv6. */
record AddressRange(byte[] address, int bits) {
    /** Only numbers: a name would ask a server. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static Optional<AddressRange> parse(String text) {
        String[] parts = text.strip().split("/", -1);
        Optional<byte[]> address = bytes(parts[0]);
        if (address.isEmpty() || parts.length > 2) {
            return Optional.empty();
        }
        int all = address.get().length * 8;
        if (parts.length == 1) {
            return Optional.of(new AddressRange(address.get(), all));
        }
        return parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= all
                ? Optional.of(new AddressRange(address.get(), Integer.parseInt(parts[1])))
                : Optional.empty();
    }

    boolean holds(String other) {
        Optional<byte[]> bytes = bytes(other);
        if (bytes.isEmpty() || bytes.get().length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (bytes.get()[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> bytes(String number) {
        String bare = number.replaceFirst("%.*$", "");
        if (!NUMBER.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
