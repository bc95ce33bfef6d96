package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.tls.MachineNames;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a new box says to whoever sets it up: its address in the network, a QR code of it, and the setup code. */
final class SetupInvitation {
    private SetupInvitation() {}

    /**
     * Asks the box for a code and prints it.
     *
     * @return whether the box is new; nothing is printed otherwise
     */
    static boolean print(Client client, PrintWriter out) {
        Client.Answer answer = client.json("POST", "/setup/code", Map.of());
        if (answer.status() == 409 || answer.status() == 401 || answer.status() == 403) {
            return false;
        }
        JsonNode made = answer.orFail();
        lines(
                        made.path("code").asText(),
                        made.path("valid_seconds").asLong() / 60,
                        made.path("tls_port").asInt(),
                        MachineNames.inNetwork(),
                        Charset.defaultCharset().newEncoder().canEncode('█'))
                .forEach(out::println);
        out.flush();
        return true;
    }

    /** @param addresses of this machine, the likeliest first */
    static List<String> lines(String code, long minutes, int tlsPort, List<String> addresses, boolean halves) {
        if (tlsPort == 0 || addresses.isEmpty()) {
            return List.of("This box is new. Set it up on this machine; for others there is no "
                    + (tlsPort == 0 ? "HTTPS (gateway.tls)." : "network."));
        }
        String first = address(addresses.get(0), tlsPort);
        List<String> more = addresses.stream()
                .skip(1)
                .limit(3)
                .map(other -> "  or " + address(other, tlsPort))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("This box is new. Set it up in a browser of this network:");
        lines.add("  " + first);
        lines.addAll(more);
        lines.add("  Setup code: " + code + "   (good once, for " + minutes + " minutes)");
        lines.add("");
        lines.addAll(QrText.of(first + "#setup=" + code, halves).lines().toList());
        lines.add("");
        lines.add(
                "The browser warns once, because the box made its certificate itself. 'lintel setup-code' makes a new code.");
        return lines;
    }

    private static String address(String host, int port) {
        return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }
}
