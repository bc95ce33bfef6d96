package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.label;
import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.VisitorMessages;
import dev.lintel.messages.VisitorMessages.AssignVisitors;
import dev.lintel.messages.VisitorMessages.ForgetVisitors;
import dev.lintel.messages.VisitorMessages.IgnoreVisitors;
import dev.lintel.messages.VisitorMessages.ListVisitors;
import dev.lintel.messages.VisitorMessages.VisitorGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Unknown people: listed, enrolled, ignored, forgotten. */
public interface VisitorsContract extends StoreContract {

    /** Somebody whom nobody knows was seen once, live or not proven to be. */
    void visited(String photo, boolean live);

    private List<VisitorGroup> groups(boolean ignored) {
        return done(VisitorMessages.LIST, new ListVisitors(ignored, 0.6, patient()))
                .groups();
    }

    private AssignVisitors assignment(long group, String name, boolean unproven) {
        return new AssignVisitors(group, label(name), DUPLICATE, false, unproven, patient());
    }

    @Test
    default void shouldEnrolAVisitorAndForgetTheVisits() {
        visited("stranger1", true);
        VisitorGroup group = groups(false).get(0);
        assertThat(group.visits()).isEqualTo(1);
        assertThat(group.live()).isEqualTo(1);

        Enrolment enrolment = done(VisitorMessages.ASSIGN, assignment(group.id(), "Anna", false));

        assertThat(enrolment.total()).isEqualTo(1);
        assertThat(done(PeopleMessages.GET, new GetPerson(label("Anna"), patient()))
                        .templates())
                .hasSize(1);
        assertThat(groups(false)).isEmpty();
    }

    @Test
    default void shouldKeepTheGroupOfSomebodyWhoIsEnrolledUnderAnotherLabel() {
        enrol("Anna", "stranger7");
        visited("stranger1", true);
        long group = groups(false).get(0).id();

        Enrolment enrolment = done(VisitorMessages.ASSIGN, assignment(group, "Ben", false));

        assertThat(enrolment.results()).noneMatch(Enrolment.Result::stored);
        assertThat(groups(false)).hasSize(1);
    }

    @Test
    default void shouldNotEnrolAFaceThatWasNotProvenLiveUnlessTold() {
        visited("stranger1", false);
        long group = groups(false).get(0).id();

        assertRefused(Code.SPOOF_SUSPECTED, VisitorMessages.ASSIGN, assignment(group, "Anna", false));
        assertThat(done(VisitorMessages.ASSIGN, assignment(group, "Anna", true)).total())
                .isEqualTo(1);
    }

    @Test
    default void shouldIgnoreAVisitor() {
        visited("stranger1", true);
        long group = groups(false).get(0).id();

        VisitorGroup ignored = done(VisitorMessages.IGNORE, new IgnoreVisitors(group, patient()));

        assertThat(ignored.ignored()).isTrue();
        assertThat(ignored.visits()).isZero();
        assertThat(groups(false)).isEmpty();
        assertThat(groups(true)).extracting(VisitorGroup::id).containsExactly(group);
        assertRefused(Code.UNKNOWN_VISITOR, VisitorMessages.IGNORE, new IgnoreVisitors(group, patient()));
        assertRefused(Code.UNKNOWN_VISITOR, VisitorMessages.ASSIGN, assignment(group, "Anna", true));
    }

    @Test
    default void shouldForgetAVisitor() {
        visited("stranger1", true);
        long group = groups(false).get(0).id();

        assertThat(done(VisitorMessages.FORGET, new ForgetVisitors(group, patient()))
                        .visits())
                .isEqualTo(1);

        assertThat(groups(false)).isEmpty();
        assertRefused(Code.UNKNOWN_VISITOR, VisitorMessages.FORGET, new ForgetVisitors(group, patient()));
    }
}
