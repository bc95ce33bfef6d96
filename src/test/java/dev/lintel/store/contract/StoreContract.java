package dev.lintel.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.bus.Address;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Message;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.EnrolTemplates.NewTemplate;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.testkit.FakeFaces;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What a store answers, whoever plays it: the real one and every fake pass the same tests, which know nothing of it but its
 * addresses on the bus. It is empty before each test, and its model is that of {@link FakeFaces}, whose photos of one person
 * are named {@code anna1}, {@code anna2}.
 */
public interface StoreContract {
    double DUPLICATE = 0.6;

    Bus bus();

    default <Q extends Message, R> Outcome<R> ask(Address<Q, R> address, Q question) {
        try {
            return bus().ask(address, question).await(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    default <Q extends Message, R> R done(Address<Q, R> address, Q question) {
        return ask(address, question).fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        });
    }

    default <Q extends Message, R> void assertRefused(Refusal.Code code, Address<Q, R> address, Q question) {
        assertThat(ask(address, question).<Object>fold(value -> value, Refusal::code))
                .isEqualTo(code);
    }

    default Enrolment enrol(String label, String... photos) {
        return done(PeopleMessages.ENROL, enrolment(label, false, photos));
    }

    static EnrolTemplates enrolment(String label, boolean duplicates, String... photos) {
        return new EnrolTemplates(
                label(label),
                Arrays.stream(photos)
                        .map(photo -> new NewTemplate(FakeFaces.embeddingOf(photo), 0.8))
                        .toList(),
                DUPLICATE,
                duplicates,
                patient());
    }

    static Label label(String text) {
        return Label.of(text);
    }

    static Deadline patient() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
