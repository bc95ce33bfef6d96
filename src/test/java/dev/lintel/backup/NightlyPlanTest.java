package dev.lintel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.settings.SettingsException;
import dev.lintel.testkit.Configs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NightlyPlanTest {
    private static final NightlyPlan PLAN = new NightlyPlan(LocalTime.of(3, 30), ZoneId.of("Europe/Vienna"));
    private static final Instant TODAYS = Instant.parse("2026-11-30T02:30:00Z");

    @Test
    void shouldBeDueOnceAfterEachTime() {
        assertThat(PLAN.due(TODAYS, TODAYS.minus(Duration.ofDays(1)), null)).isTrue();
        assertThat(PLAN.due(TODAYS.plusSeconds(90), TODAYS.plusSeconds(20), null))
                .isFalse();
        assertThat(PLAN.due(TODAYS.minusSeconds(1), TODAYS.minus(Duration.ofDays(1)), null))
                .isFalse();
    }

    @Test
    void shouldMakeUpForANightInWhichTheBoxWasOff() {
        assertThat(PLAN.due(TODAYS.plus(Duration.ofHours(8)), TODAYS.minus(Duration.ofDays(1)), null))
                .isTrue();
        assertThat(PLAN.due(TODAYS.plus(Duration.ofHours(8)), null, null)).isTrue();
    }

    @Test
    void shouldTryAgainAnHourAfterAFailure() {
        Instant tried = TODAYS.plusSeconds(5);
        assertThat(PLAN.due(tried.plus(Duration.ofMinutes(59)), null, tried)).isFalse();
        assertThat(PLAN.due(tried.plus(Duration.ofMinutes(60)), null, tried)).isTrue();
    }

    @Test
    void shouldBeLateWhenOneIsMissingForHours() {
        Instant yesterdays = TODAYS.minus(Duration.ofDays(1));
        assertThat(PLAN.late(TODAYS.plus(Duration.ofHours(2)), yesterdays)).isFalse();
        assertThat(PLAN.late(TODAYS.plus(Duration.ofHours(3)), yesterdays)).isTrue();
        assertThat(PLAN.late(TODAYS.plus(Duration.ofHours(2)), yesterdays.minusSeconds(1)))
                .isTrue();
        assertThat(PLAN.late(TODAYS, null)).isTrue();
    }

    /** 02:30 is not there on the day on which clocks go forward, and twice on the day on which they go back. */
    @Test
    void shouldComeOnceOnDaysOnWhichTheClocksChange() {
        NightlyPlan plan = new NightlyPlan(LocalTime.of(2, 30), ZoneId.of("Europe/Vienna"));
        for (String noon : new String[] {"2026-03-29T10:00:00Z", "2026-10-25T11:00:00Z"}) {
            Instant now = Instant.parse(noon);
            assertThat(plan.due(now, now.minus(Duration.ofHours(24)), null)).isTrue();
            assertThat(plan.due(now, now.minus(Duration.ofHours(7)), null)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"25:00", "12.5", "noon", "12600"})
    void shouldRefuseWhatIsNoTimeOfDay(String at) {
        assertThatThrownBy(() -> Configs.of(BackupConfig.class, "at: '" + at + "'", "passphrase-file: /etc/secret"))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("at: must be a time such as \"03:30\"");
    }

    @Test
    void shouldFindThePassphraseThatNobodyTypes() {
        Path database = Path.of("/data/lintel.db");
        assertThat(Configs.of(BackupConfig.class, "at: '3:30'").passphraseFile(database))
                .isEqualTo(Path.of("/data/lintel.db.backup-passphrase"));
        assertThat(Configs.of(BackupConfig.class, "passphrase-file: /etc/secret")
                        .passphraseFile(database))
                .isEqualTo(Path.of("/etc/secret"));
        assertThat(Configs.of(BackupConfig.class, "at: '3:30'", "passphrase-file: /etc/secret")
                        .time())
                .contains(LocalTime.of(3, 30));
        assertThatThrownBy(() -> new BackupConfig(
                        java.util.Optional.empty(), true, java.util.Optional.empty(), 14, java.util.Optional.empty()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("folder: is missing");
    }

    @Test
    void shouldMakeNoneByItselfUnlessItIsToldTo() {
        BackupConfig config = Configs.of(BackupConfig.class);
        assertThat(config.time()).isEmpty();
        assertThat(config.folder(Path.of("/data/lintel.db"))).isEqualTo(Path.of("/data/backups"));
    }
}
