package dev.lintel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.store.sqlite.Passphrases;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class BackupKeyTest {
    private static final byte[] SALT = new byte[16];
    private static final String COMPOSED =
            Normalizer.normalize("zw\u00f6lf T\u00fcren \u00f6ffnen", Normalizer.Form.NFC);
    private static final String DECOMPOSED = Normalizer.normalize(COMPOSED, Normalizer.Form.NFD);

    private static BackupHeader header(int rounds, String check) {
        return new BackupHeader(
                "0.1.0", "box", Instant.EPOCH, "ab", 15, HexFormat.of().formatHex(SALT), rounds, check);
    }

    /** A backup of an older Lintel, which took a passphrase as it was typed. */
    private static BackupHeader former(String typed) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Passphrases.derive(typed.toCharArray(), SALT, 100_000), "HmacSHA256"));
        return header(
                100_000, HexFormat.of().formatHex(mac.doFinal("check".getBytes(StandardCharsets.US_ASCII)), 0, 8));
    }

    @Test
    void shouldTakeAPassphraseForTheSameHoweverItsAccentsAreTyped() {
        assertThat(COMPOSED).isNotEqualTo(DECOMPOSED);
        String check = BackupKey.chosen(DECOMPOSED.toCharArray(), SALT).check();

        assertThat(BackupKey.of(COMPOSED.toCharArray(), header(Passphrases.ROUNDS, check))
                        .check())
                .isEqualTo(check);
        assertThat(BackupKey.of(DECOMPOSED.toCharArray(), header(Passphrases.ROUNDS, check))
                        .check())
                .isEqualTo(check);
    }

    @Test
    void shouldOpenAFormerBackupWhicheverWayItsPassphraseWasTyped() throws Exception {
        for (BackupHeader former : new BackupHeader[] {former(COMPOSED), former(DECOMPOSED)}) {
            assertThatCode(() -> BackupKey.of(COMPOSED.toCharArray(), former)).doesNotThrowAnyException();
            assertThatCode(() -> BackupKey.of(DECOMPOSED.toCharArray(), former)).doesNotThrowAnyException();
            assertThatThrownBy(() -> BackupKey.of((COMPOSED + ".").toCharArray(), former))
                    .isInstanceOf(BackupException.class);
        }
    }

    @Test
    void shouldCountTheCharactersThatAreSeen() {
        String eleven = Normalizer.normalize("\u00f6".repeat(11), Normalizer.Form.NFD);
        assertThat(eleven).hasSize(22);

        assertThatThrownBy(() -> BackupKey.chosen(eleven.toCharArray(), SALT))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("12 characters");
    }
}
