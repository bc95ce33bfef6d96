package dev.lintel.compat;

import dev.lintel.accounts.Role;
import dev.lintel.settings.Checks;
import java.util.List;

/**
 * Which other programs' APIs are spoken.
 *
 * @param compreface whether CompreFace's, below {@code /api/v1}
 * @param deepstack whether DeepStack's and CodeProject.AI's, below {@code /v1/vision/face}
 * @param keylessFrom addresses of machines or networks (192.168.1.20, 192.168.1.0/24) whose clients need no key below
 *     {@code /v1/vision}: those of CodeProject.AI cannot send one
 * @param keylessRole what these may do
 */
public record CompatConfig(boolean compreface, boolean deepstack, List<String> keylessFrom, Role keylessRole) {
    public CompatConfig {
        keylessFrom = List.copyOf(keylessFrom);
        Checks checks = new Checks();
        keylessFrom.forEach(network -> checks.that(
                AddressRange.parse(network).isPresent(),
                "keyless-from: must be addresses such as 192.168.1.20 or 192.168.1.0/24, was '" + network + "'"));
        checks.that(
                        keylessRole == Role.IDENTIFY || keylessRole == Role.ENROL || keylessRole == Role.ADMIN,
                        "keyless-role: must be identify, enrol or admin, which may delete people too")
                .done();
    }

    /** Whether the client at this address needs no key. */
    boolean keyless(String address) {
        return keylessFrom.stream()
                .anyMatch(network -> AddressRange.parse(network).orElseThrow().holds(address));
    }
}
