package dev.lintel.door.lock;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine without the chip says; lines themselves need hardware. */
class DiozeroChipsTest {
    @TempDir
    Path devices;

    private DiozeroChips chips() {
        return new DiozeroChips(devices);
    }

    @Test
    void shouldSayThatAChipIsMissing() {
        assertThatThrownBy(() -> chips().output("gpiochip0", 17, false))
                .isInstanceOf(LockException.class)
                .hasMessageContaining("there is no")
                .hasMessageContaining("gpiochip0");
    }

    @Test
    void shouldOpenNothingThatIsNoDevice() throws IOException {
        Files.writeString(devices.resolve("gpiochip0"), "no chip");

        assertThatThrownBy(() -> chips().input("gpiochip0", 17))
                .isInstanceOf(LockException.class)
                .hasMessageContaining("is no device");
    }

    @Test
    void shouldLoadTheNativeLibraryToLookForALabel() {
        assertThatThrownBy(() -> chips().output("no-such-label", 17, false))
                .isInstanceOf(LockException.class)
                .hasMessageContaining("no GPIO chip is labelled no-such-label");
    }

    @Test
    void shouldSurviveADeviceThatIsNoGpioChip() throws IOException {
        Files.createSymbolicLink(devices.resolve("gpiochip0"), Path.of("/dev/null"));

        assertThatThrownBy(() -> chips().output("gpiochip0", 17, false))
                .isInstanceOf(LockException.class)
                .hasMessageContaining("no GPIO chip that can be used");
    }
}
