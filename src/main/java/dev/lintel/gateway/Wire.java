package dev.lintel.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.concurrent.Future;
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
        pipeline.addFirst(new Watch(patience.toMillis()));
    }

    /**
     * Looks now and then whether what waits to be sent has moved, if only by a byte: a write that is large completes late. Confined to the
     * channel's event loop.
     */
    private static final class Watch extends ChannelInboundHandlerAdapter {
        private static final int LOOKS = 4;

        private final long every;
        private Future<?> looks;
        private Object current;
        private long progress;
        private int still;

        Watch(long patience) {
            this.every = Math.max(1, patience / LOOKS);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            looks = context.executor().scheduleAtFixedRate(() -> look(context), every, every, TimeUnit.MILLISECONDS);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            looks.cancel(false);
        }

        private void look(ChannelHandlerContext context) {
            ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
            if (waiting == null || waiting.isEmpty()) {
                current = null;
                still = 0;
                return;
            }
            boolean moved = waiting.current() != current || waiting.currentProgress() != progress;
            current = waiting.current();
            progress = waiting.currentProgress();
            still = moved ? 0 : still + 1;
            if (still >= LOOKS) {
                context.close();
            }
        }
    }
}
