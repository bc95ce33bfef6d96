package dev.lintel.bus;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** Typed questions and answers over the Vert.x event bus. Thread-safe. */
public final class Bus {
    /** How long after its deadline a command that was begun in time may be answered: a commit takes what the disk takes. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private final EventBus eventBus;

    private Bus(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** Installs the codec; once for each Vert.x instance. */
    public static Bus install(Vertx vertx) {
        EventBus eventBus = vertx.eventBus();
        eventBus.registerCodec(new WireCodec());
        eventBus.codecSelector(body -> body instanceof Message || body instanceof Outcome ? WireCodec.NAME : null);
        return new Bus(eventBus);
    }

    /**
     * Asks and waits no longer than the question's deadline; for a {@link Command}, which may come about shortly before it,
     * a little longer, so that the answer says what has happened. The future fails with a {@link ReplyException} if
     * nobody serves the address, the answer is late, or the server broke.
     */
    public <Q extends Message, R> Future<Outcome<R>> ask(Address<Q, R> to, Q question) {
        Duration grace = question instanceof Command ? GRACE : Duration.ZERO;
        var options = new DeliveryOptions()
                .setLocalOnly(to.scope() == Scope.BOX)
                .setSendTimeout(question.deadline().remaining().plus(grace).toMillis());
        return eventBus.<Outcome<R>>request(to.name(), question, options).map(io.vertx.core.eventbus.Message::body);
    }

    /**
     * Answers the questions that arrive at an address, on the caller's context. A question whose deadline has
     * passed is refused unseen. Whatever the handler throws or fails with reaches the asker at once.
     */
    public <Q extends Message, R> Future<Void> serve(Address<Q, R> at, Function<Q, Future<Outcome<R>>> handler) {
        MessageConsumer<Q> consumer = consumer(at.name(), at.scope());
        consumer.handler(message -> Future.succeededFuture(message.body())
                .compose(question ->
                        question.deadline().expired() ? Future.succeededFuture(expired()) : handler.apply(question))
                .onComplete(
                        message::reply,
                        failure -> message.fail(0, failure.getClass().getSimpleName() + ": " + failure.getMessage())));
        return consumer.completion();
    }

    /** Announces something to whoever listens at the moment. */
    public <T extends Serializable> void publish(Topic<T> topic, T value) {
        var options =
                new DeliveryOptions().setLocalOnly(topic.scope() == Scope.BOX).setCodecName(WireCodec.NAME);
        eventBus.publish(topic.name(), value, options);
    }

    /** Hears what is announced, on the caller's context, until the returned handle is run. */
    public <T extends Serializable> Runnable listen(Topic<T> topic, Consumer<T> listener) {
        MessageConsumer<T> consumer = consumer(topic.name(), topic.scope());
        consumer.handler(message -> listener.accept(message.body()));
        return consumer::unregister;
    }

    private <T> MessageConsumer<T> consumer(String name, Scope scope) {
        return scope == Scope.BOX ? eventBus.localConsumer(name) : eventBus.consumer(name);
    }

    /** The refusal of a question whose asker has stopped waiting. */
    public static <R> Outcome<R> expired() {
        return Outcome.refused(Refusal.Code.EXPIRED, "the deadline passed before the work began: try again later");
    }
}
