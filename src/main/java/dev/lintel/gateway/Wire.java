package dev.lintel.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a connection ends whose client does not read: Vert.x's own {@code close} waits until all that was sent has been taken, which
 * such a client never does.
 */
final class Wire {
    private Wire() {}

    /** Ends it at once, whatever is still to be sent. Thread-safe. */
    static void cut(HttpConnection connection) {
        if (connection instanceof HttpServerConnection wire) {
            wire.channelHandlerContext().close();
        } else {
            connection.close();
        }
    }

    /**
     * Cuts a new connection as soon as its client has taken nothing for so long of what waits for it; a slow one that takes a little
     * stays.
     */
    static void watch(ChannelPipeline pipeline, Duration patience) {
        pipeline.addFirst(new IdleStateHandler(true, 0, patience.toMillis(), 0, TimeUnit.MILLISECONDS) {
            @Override
            protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
                ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
                if (event.state() == IdleState.WRITER_IDLE && waiting != null && !waiting.isEmpty()) {
                    context.close();
                }
            }
        });
    }
}
