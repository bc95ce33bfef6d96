package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.face.Refusal;
import dev.lintel.messages.DeliveryMessages.Outbox;
import dev.lintel.messages.DeliveryMessages.OutboxStatus;
import dev.lintel.messages.DeliveryMessages.SetTargets;
import dev.lintel.messages.DeliveryMessages.SettleDeliveries;
import dev.lintel.messages.DeliveryMessages.TakeDeliveries;
import dev.lintel.messages.EventMessages.RecordEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest extends StoreTestBase {
    @Test
    void shouldTellATargetEverythingFromItsBeginningInOrder() {
        record(Events.denied(Events.MORNING));
        set("hook");
        DoorEvent second = record(Events.denied(Events.MORNING));
        DoorEvent third = record(Events.opened(second));
        set("hook", "late");

        assertThat(take("hook", 9))
                .extracting(recorded -> recorded.event().id())
                .containsExactly(second.id(), third.id());
        assertThat(take("hook", 1))
                .extracting(Recorded::sequence, Recorded::fresh)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, false));
        assertThat(take("late", 9)).isEmpty();
        assertThat(take("nobody", 9)).isEmpty();
        assertThat(refused(store.outbox().take(new TakeDeliveries("hook", 0, patient()))))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);
    }

    @Test
    void shouldKeepWhatIsNotSettledThroughARestart() {
        set("hook");
        record(Events.denied(Events.MORNING));
        record(Events.denied(Events.MORNING.plusSeconds(5)));

        assertThat(settle("hook", 1)).isEqualTo(new Outbox.Backlog("hook", 1, Events.MORNING.plusSeconds(5)));
        reopen();
        set("hook");

        assertThat(take("hook", 9)).extracting(Recorded::sequence).containsExactly(2L);
        assertThat(settle("hook", 1))
                .as("settled again")
                .isEqualTo(new Outbox.Backlog("hook", 1, Events.MORNING.plusSeconds(5)));
        assertThat(settle("hook", 2)).isEqualTo(new Outbox.Backlog("hook", 0, null));
    }

    @Test
    void shouldNotSettleWhatHasNotHappened() {
        set("hook");
        settle("hook", 1_000_000);

        record(Events.denied(Events.MORNING));

        assertThat(take("hook", 9)).hasSize(1);
        assertThat(settle("nobody", 5)).isEqualTo(new Outbox.Backlog("nobody", 0, null));
    }

    @Test
    void shouldDropWhatWaitsForTargetsThatAreNoMore() {
        set("hook", "other");
        record(Events.denied(Events.MORNING));

        assertThat(set("other").targets()).containsExactly(new Outbox.Backlog("other", 1, Events.MORNING));
        assertThat(take("hook", 9)).isEmpty();
        set("hook", "other");
        assertThat(done(store.outbox().status(new OutboxStatus(patient()))).targets())
                .containsExactly(new Outbox.Backlog("hook", 0, null), new Outbox.Backlog("other", 1, Events.MORNING));
        assertThat(set().targets()).isEmpty();
    }

    @Test
    void shouldTellWithoutTheNameOfWhoWasDeletedMeanwhile() {
        set("hook");
        enrolled("Anna", face(1));
        record(Events.granted("Anna", Events.MORNING));
        assertThat(take("hook", 9).get(0).event().person()).isEqualTo(label("Anna"));

        done(delete("Anna"));

        assertThat(take("hook", 9).get(0).event().person()).isNull();
    }

    private DoorEvent record(DoorEvent event) {
        return done(store.events().record(new RecordEvent(event, patient()), recorded -> {}))
                .event();
    }

    private Outbox set(String... targets) {
        return done(store.outbox().set(new SetTargets(List.of(targets), patient())));
    }

    private List<Recorded> take(String target, int limit) {
        return done(store.outbox().take(new TakeDeliveries(target, limit, patient())))
                .events();
    }

    private Outbox.Backlog settle(String target, long upTo) {
        return done(store.outbox().settle(new SettleDeliveries(target, upTo, patient())));
    }
}
