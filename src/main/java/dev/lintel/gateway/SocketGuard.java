package dev.lintel.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a client may send over a WebSocket that only tells: that it is there, now and then, and that it leaves. All else ends
 * the connection before anything is made of it, as Vert.x would answer each ping into memory, whether the answer is read or not.
 * Confined to one event loop.
 */
final class SocketGuard extends ChannelInboundHandlerAdapter {
    /** RFC 6455, section 7.4.1: policy violation. */
    static final int POLICY = 1008;

    /** Browsers ping nobody, programs every few seconds at most. */
    private static final int MOST_SIGNS = 10;

    /** Vert.x's own handler, the last of a connection's. */
    private static final String VERTX = "handler";

    private static final Duration SPAN = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Runnable refused;
    private long since;
    private int signs;
    private boolean over;

    SocketGuard(LongSupplier nanos, Runnable refused) {
        this.nanos = nanos;
        this.refused = refused;
        this.since = nanos.getAsLong();
    }

    /**
     * @param connection over which the socket was opened
     * @param refused hears once that a client was cut off
     */
    static void install(HttpConnection connection, ServerWebSocket socket, Runnable refused) {
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .addBefore(VERTX, "socket-guard", new SocketGuard(System::nanoTime, refused));
        // What arrived together with the request has passed already.
        socket.frameHandler(frame -> {
            if (!frame.isClose() && !frame.isPing()) {
                socket.close((short) POLICY);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (over || (message instanceof WebSocketFrame frame && !allowed(context, frame))) {
            ReferenceCountUtil.release(message);
            if (!over) {
                over = true;
                refused.run();
                // From here on, not from the end, where Vert.x waits for the client.
                context.writeAndFlush(new CloseWebSocketFrame(POLICY, "only pings, and not many"))
                        .addListener(sent -> context.close());
                if (!context.channel().isWritable()) {
                    context.close();
                }
            }
            return;
        }
        context.fireChannelRead(message);
    }

    private boolean allowed(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            return true;
        }
        boolean sign = frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame;
        return sign && context.channel().isWritable() && few();
    }

    private boolean few() {
        long now = nanos.getAsLong();
        if (now - since > SPAN.toNanos()) {
            since = now;
            signs = 0;
        }
        return ++signs <= MOST_SIGNS;
    }
}
