package dev.lintel.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.StoreMessages.StoreHealth;
import dev.lintel.messages.StoreMessages.StoreStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusTest {
    private static final StoreHealth HEALTH = new StoreHealth(true, 1, 2, 2, 0, 0, 3, 4);

    private static StoreStatus question(Duration patience) {
        return new StoreStatus(Deadline.after(patience));
    }

    @Test
    void shouldBringTheAnswerBack(Vertx vertx, VertxTestContext test) {
        Bus bus = Bus.install(vertx);

        bus.serve(StoreMessages.STATUS, q -> Future.succeededFuture(Outcome.done(HEALTH)))
                .compose(v -> bus.ask(StoreMessages.STATUS, question(Duration.ofSeconds(20))))
                .onComplete(test.succeeding(answer -> test.verify(() -> {
                    assertThat(answer).isEqualTo(Outcome.done(HEALTH));
                    test.completeNow();
                })));
    }

    @Test
    void shouldFailAtOnceWhenTheServerThrows(Vertx vertx, VertxTestContext test) {
        Bus bus = Bus.install(vertx);

        bus.serve(StoreMessages.STATUS, q -> {
                    throw new IllegalStateException("broken");
                })
                .compose(v -> bus.ask(StoreMessages.STATUS, question(Duration.ofSeconds(20))))
                .onComplete(test.failing(failure -> test.verify(() -> {
                    assertThat(failure).isInstanceOf(ReplyException.class).hasMessageContaining("broken");
                    assertThat(((ReplyException) failure).failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
                    test.completeNow();
                })));
    }

    @Test
    void shouldNotShowAWorkerWhatNobodyWaitsFor(Vertx vertx, VertxTestContext test) {
        Bus bus = Bus.install(vertx);
        StoreStatus question = question(Duration.ofSeconds(20));
        question.deadline().cancel();

        bus.serve(StoreMessages.STATUS, q -> Future.failedFuture("the handler saw it"))
                .compose(v -> bus.ask(StoreMessages.STATUS, question))
                .onComplete(test.succeeding(answer -> test.verify(() -> {
                    assertThat(answer.fold(done -> null, Refusal::code)).isEqualTo(Refusal.Code.EXPIRED);
                    test.completeNow();
                })));
    }

    /** It was begun in time, so that it may come about: saying that it was not done would be wrong. */
    @Test
    void shouldWaitForTheAnswerToACommandBeyondItsDeadline(Vertx vertx, VertxTestContext test) {
        Bus bus = Bus.install(vertx);
        DeletePerson command = new DeletePerson(Label.of("Anna"), Deadline.after(Duration.ofSeconds(1)));

        bus.serve(PeopleMessages.DELETE, q -> {
                    Promise<Outcome<Deletion>> committed = Promise.promise();
                    vertx.setPeriodic(10, timer -> {
                        if (q.deadline().expired() && vertx.cancelTimer(timer)) {
                            committed.complete(Outcome.done(new Deletion(q.label(), 1, 0)));
                        }
                    });
                    return committed.future();
                })
                .compose(v -> bus.ask(PeopleMessages.DELETE, command))
                .onComplete(test.succeeding(answer -> test.verify(() -> {
                    assertThat(command.deadline().expired()).isTrue();
                    assertThat(answer).isEqualTo(Outcome.done(new Deletion(Label.of("Anna"), 1, 0)));
                    test.completeNow();
                })));
    }

    @Test
    void shouldSayThatNobodyServesTheAddress(Vertx vertx, VertxTestContext test) {
        Bus bus = Bus.install(vertx);

        bus.ask(StoreMessages.STATUS, question(Duration.ofSeconds(20)))
                .onComplete(test.failing(failure -> test.verify(() -> {
                    assertThat(((ReplyException) failure).failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
                    test.completeNow();
                })));
    }
}
