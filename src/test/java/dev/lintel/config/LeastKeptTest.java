package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.OnDeletion;
import dev.lintel.testkit.Configs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What docs/privacy.md says of a box whose configuration says nothing: it keeps least, and tells nobody. */
class LeastKeptTest {
    private final LintelConfig config = Configs.of(LintelConfig.class);

    @Test
    void shouldKeepNothingThatWasNotAskedFor() {
        assertThat(config.attendance().enabled()).isFalse();
        assertThat(config.attendance().onDeletion()).isEqualTo(OnDeletion.DELETE);
        assertThat(config.attendance().keepEvents()).isEqualTo(Duration.ofDays(90));
        assertThat(config.attendance().keepAttendance()).isEqualTo(Duration.ofDays(730));
        assertThat(config.visitors().keep()).isZero();
        assertThat(config.visitors().ignoreFor()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void shouldTellNobody() {
        assertThat(config.delivery().webhooks()).isEmpty();
        assertThat(config.delivery().mqtt().enabled()).isFalse();
        assertThat(config.delivery().mqtt().allowPicture()).isFalse();
        assertThat(config.delivery().frigate().enabled()).isFalse();
        assertThat(config.compat().compreface()).isFalse();
        assertThat(config.compat().deepstack()).isFalse();
    }
}
