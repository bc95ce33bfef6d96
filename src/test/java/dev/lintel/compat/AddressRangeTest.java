package dev.lintel.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.accounts.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.20,192.168.1.20,true",
        "192.168.1.20,192.168.1.21,false",
        "192.168.1.0/24,192.168.1.255,true",
        "192.168.1.0/24,192.168.2.1,false",
        "10.0.0.0/9,10.127.3.4,true",
        "10.0.0.0/9,10.128.3.4,false",
        "0.0.0.0/0,8.8.8.8,true",
        "0.0.0.0/0,::1,false",
        "fd00::/8,fd12::3,true",
        "::1,0:0:0:0:0:0:0:1,true",
        "::1,::2,false",
        "192.168.1.20,nonsense,false"
    })
    void shouldHoldItsMachines(String network, String address, boolean held) {
        assertThat(AddressRange.parse(network).orElseThrow().holds(address)).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.168.1",
                "192.168.1.0/33",
                "192.168.1.0/",
                "::1/129",
                "1.2.3.4/5/6",
                "300.1.1.1"
            })
    void shouldTakeNumbersOnly(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
        assertThatThrownBy(() -> new CompatConfig(true, true, List.of(text), Role.IDENTIFY))
                .hasMessageContaining("keyless-from");
    }

    @Test
    void shouldKnowOnlyTheRolesThatTheirClientsNeed() {
        assertThatThrownBy(() -> new CompatConfig(true, true, List.of(), Role.OPERATOR))
                .hasMessageContaining("keyless-role");
    }
}
