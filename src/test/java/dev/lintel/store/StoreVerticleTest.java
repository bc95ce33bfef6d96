package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.bus.Address;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Message;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.StoreMessages.StoreStatus;
import dev.lintel.metrics.ApplianceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreVerticleTest extends StoreTestBase {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Bus bus;

    @BeforeEach
    void deploy() {
        bus = Bus.install(vertx);
        await(vertx.deployVerticle(new StoreVerticle(bus, store, new ApplianceMetrics(meters), () -> true)));
    }

    @Test
    void shouldAnswerEveryQuestionOfTheStore() {
        var templates = List.of(new EnrolTemplates.NewTemplate(face(1), 1), new EnrolTemplates.NewTemplate(face(2), 1));
        var anna = label("Anna");

        var enrolment = ask(PeopleMessages.ENROL, new EnrolTemplates(anna, templates, DUPLICATE, false, patient()));
        assertThat(enrolment.total()).isEqualTo(2);
        assertThat(ask(PeopleMessages.MATCH, new MatchFaces(List.of(face(1)), 1, patient()))
                        .size()
                        .templates())
                .isEqualTo(2);
        assertThat(ask(PeopleMessages.MATCH_PERSON, new MatchPerson(anna, face(2), patient()))
                        .templates())
                .isEqualTo(2);
        assertThat(ask(PeopleMessages.LIST, new ListPeople("", 5, patient())).total())
                .isEqualTo(1);
        assertThat(ask(PeopleMessages.GET, new GetPerson(anna, patient())).templates())
                .hasSize(2);
        assertThat(ask(StoreMessages.STATUS, new StoreStatus(patient())).writable())
                .isTrue();
        var dump = ask(BackupMessages.EXPORT, new ExportGallery(patient()));
        assertThat(ask(PeopleMessages.RENAME, new RenamePerson(anna, label("Berta"), false, patient()))
                        .label())
                .isEqualTo(label("Berta"));
        long id = enrolment.results().get(0).id();
        assertThat(ask(PeopleMessages.DELETE_TEMPLATE, new DeleteTemplate(label("Berta"), id, patient()))
                        .remaining())
                .isEqualTo(1);
        assertThat(ask(PeopleMessages.DELETE, new DeletePerson(label("Berta"), patient()))
                        .templates())
                .isEqualTo(1);
        assertThat(ask(BackupMessages.IMPORT, new ImportGallery(dump, patient()))
                        .imported())
                .isEqualTo(2);
    }

    @Test
    void shouldMeasureMatchesAndShowTheGallerysSize() {
        enrolled("Anna", face(1), face(2));

        ask(PeopleMessages.MATCH, new MatchFaces(List.of(face(1)), 1, patient()));

        assertThat(meters.get("lintel.stage").tag("stage", "match").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("lintel.gallery.people").gauge().value()).isEqualTo(1);
        assertThat(meters.get("lintel.gallery.templates").gauge().value()).isEqualTo(2);
    }

    @Test
    void shouldServeManyAtOnceWithoutMixingThemUp() {
        List<Future<?>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var template = List.of(new EnrolTemplates.NewTemplate(face(i), 1));
            asked.add(bus.ask(
                    PeopleMessages.ENROL,
                    new EnrolTemplates(label("Person " + i), template, DUPLICATE, false, patient())));
            asked.add(bus.ask(PeopleMessages.MATCH, new MatchFaces(List.of(face(i)), 3, patient())));
            if (i % 5 == 4) {
                asked.add(bus.ask(PeopleMessages.DELETE, new DeletePerson(label("Person " + (i - 2)), patient())));
            }
        }

        await(Future.all(asked));

        assertThat(list("", 1000).total()).isEqualTo(160);
        assertThat(store.people().templates()).isEqualTo(160);
        for (int i = 0; i < 200; i++) {
            assertThat(nearest(face(i), 1).get(0).similarity() > 0.99).isEqualTo(i % 5 != 2);
        }
    }

    private <Q extends Message, R> R ask(Address<Q, R> address, Q question) {
        return done(bus.ask(address, question));
    }
}
