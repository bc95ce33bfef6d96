package dev.lintel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "http://cam/video                 |       |          | cam        | 80   | /video            | http://cam:80",
                "HTTP://cam_1.lan:8080            |       |          | cam_1.lan  | 8080 | /                 | http://cam_1.lan:8080",
                "rtsp://anna:pa#ss@10.0.0.5/live  | anna  | pa#ss    | 10.0.0.5   | 554  | /live             | rtsp://10.0.0.5:554",
                "rtsp://anna:pa/ss@10.0.0.5/live  | anna  | pa/ss    | 10.0.0.5   | 554  | /live             | rtsp://10.0.0.5:554",
                "rtsp://anna:p@ss@10.0.0.5/live   | anna  | p@ss     | 10.0.0.5   | 554  | /live             | rtsp://10.0.0.5:554",
                "rtsp://anna:pa%40ss@10.0.0.5/    | anna  | pa@ss    | 10.0.0.5   | 554  | /                 | rtsp://10.0.0.5:554",
                "rtsp://anna:100%+?@10.0.0.5/     | anna  | 100%+?   | 10.0.0.5   | 554  | /                 | rtsp://10.0.0.5:554",
                "rtsp://anna@10.0.0.5/live        | anna  |          | 10.0.0.5   | 554  | /live             | rtsp://10.0.0.5:554",
                "https://[fd00::5]:8443/v?x=1&y=2 |       |          | fd00::5    | 8443 | /v?x=1&y=2        | https://[fd00::5]:8443",
                "http://cam/snap?mail=a%40b       |       |          | cam        | 80   | /snap?mail=a%40b  | http://cam:80",
            })
    void shouldReadAnAddress(
            String text, String user, String password, String host, int port, String target, String shown) {
        RemoteAddress address = RemoteAddress.parse(text);

        assertThat(address.user()).isEqualTo(user == null ? "" : user);
        assertThat(address.password()).isEqualTo(password == null ? "" : password);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.actualPort()).isEqualTo(port);
        assertThat(address.target()).isEqualTo(target);
        assertThat(address).hasToString(shown);
        assertThat(RemoteAddress.parse(address.secretUrl())).isEqualTo(address);
    }

    @Test
    void shouldEncodeWhatOthersWouldMisread() {
        assertThat(RemoteAddress.parse("RTSP://anna:a/b#c@d@cam_1/live").secretUrl())
                .isEqualTo("rtsp://anna:a%2Fb%23c%40d@cam_1/live");
        assertThat(RemoteAddress.parse("http://anna:hush@x/").basicAuthorization())
                .contains("Basic YW5uYTpodXNo");
        assertThat(RemoteAddress.parse("http://x/").basicAuthorization()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hush",
                "anna:hush@host/x",
                "http://",
                "http://anna:hush@",
                "http://anna:hush@host:99999/",
                "http://anna:hush@ho st/",
                "http://anna:hush@host/a b",
                "http://anna:hush@host/live@2",
                "http://host:8080/hush?mail=anna@b.c",
                "http://host/hush?mail=anna@b.c",
                "://hush@x",
            })
    void shouldRefuseWithoutRepeatingTheAddress(String text) {
        assertThatThrownBy(() -> RemoteAddress.parse("url", text, "http", "https"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: must be an address such as http://")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush", "anna"));
    }

    @Test
    void shouldRefuseWhatIsSpokenElsewhere() {
        assertThatThrownBy(() -> RemoteAddress.parse("url", "ftp://anna:hush@x/", "http", "https"))
                .hasMessage(
                        "url: must be an address such as http://192.168.1.5:8123/path; this one begins with ftp://");
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, true",
        "broker_1, true",
        "fd00::5, true",
        "mqtt://broker, false",
        "broker:1883, false",
        "a@b, false",
        "'', false"
    })
    void shouldTellAHostFromAnAddress(String text, boolean host) {
        assertThat(RemoteAddress.isHost(text)).isEqualTo(host);
    }
}
