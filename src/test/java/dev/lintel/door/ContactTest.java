package dev.lintel.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.door.lock.Level;
import dev.lintel.testkit.Configs;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactTest {
    private static final String LINE = "gpiochip0/27";

    private final FakeChips chips = new FakeChips();

    private Contact contact(Level openWhen) {
        return new Contact(
                chips.input("gpiochip0", 27),
                Configs.with(
                        Configs.of(SensorConfig.class, "type: gpio", "chip: gpiochip0", "line: 27"),
                        Map.of("openWhen", openWhen)));
    }

    @Test
    void shouldBelieveTwoReadingsInARow() {
        Contact contact = contact(Level.HIGH);
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
        Contact contact = contact(Level.LOW);
        chips.pull(LINE, true);
        contact.read();

        assertThat(contact.read()).contains(false);
    }

    @Test
    void shouldSayNothingWhileItCannotBeRead() {
        Contact contact = contact(Level.HIGH);
        chips.broken = true;

        assertThat(contact.read()).isEqualTo(Optional.empty());
        assertThat(contact.read()).isEqualTo(Optional.empty());
    }
}
