package dev.lintel.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.door.lock.LockConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactTest {
    private static final String LINE = "gpiochip0/27";

    private final FakeChips chips = new FakeChips();

    private Contact contact(LockConfig.Level openWhen) {
        return new Contact(
                chips.input("gpiochip0", 27),
                new SensorConfig(SensorConfig.Type.GPIO, "gpiochip0", 27, openWhen, null, null));
    }

    @Test
    void shouldBelieveTwoReadingsInARow() {
        Contact contact = contact(LockConfig.Level.HIGH);
        chips.pull(LINE, false);
        assertThat(contact.read()).isEmpty();
        assertThat(contact.read()).contains(false);
        chips.pull(LINE, true);
        assertThat(contact.read()).as("it may bounce").isEmpty();
        chips.pull(LINE, false);
        assertThat(contact.read()).isEmpty();
        chips.pull(LINE, true);
        contact.read();
        assertThat(contact.read()).contains(true);
    }

    @Test
    void shouldReadAContactThatOpensTheOtherWay() {
        Contact contact = contact(LockConfig.Level.LOW);
        chips.pull(LINE, true);
        contact.read();

        assertThat(contact.read()).contains(false);
    }

    @Test
    void shouldSayNothingWhileItCannotBeRead() {
        Contact contact = contact(LockConfig.Level.HIGH);
        chips.broken = true;

        assertThat(contact.read()).isEqualTo(Optional.empty());
        assertThat(contact.read()).isEqualTo(Optional.empty());
    }
}
