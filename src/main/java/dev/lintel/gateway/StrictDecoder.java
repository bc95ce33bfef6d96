package dev.lintel.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Vert.x's own decoder, which gets to see a head only once it is whole and {@link RequestHead} finds nothing wrong with it: what
 * Netty repairs in silence (both lengths, folded lines) cannot be told from its result. Confined to one event loop.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private final int longest;
    private int looked;
    private boolean within;
    private boolean broken;

    private StrictDecoder(HttpServerOptions options) {
        super(options);
        this.longest = options.getMaxInitialLineLength() + options.getMaxHeaderSize() + 64;
    }

    /** Takes the place of a new connection's decoder. */
    static void install(ChannelPipeline pipeline, HttpServerOptions options) {
        ChannelHandlerContext before = pipeline.context(HttpRequestDecoder.class);
        pipeline.replace(before.handler(), before.name(), new StrictDecoder(options));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!within) {
            while (in.readableBytes() >= 2
                    && in.getByte(in.readerIndex()) == '\r'
                    && in.getByte(in.readerIndex() + 1) == '\n') {
                in.skipBytes(2); // old clients send one behind a body
            }
            int size = headSize(in);
            if (size < 0 && in.readableBytes() <= longest) {
                return;
            }
            if (size >= 0 && size <= longest) {
                byte[] head = new byte[size];
                in.getBytes(in.readerIndex(), head);
                Optional<String> fault = RequestHead.fault(head);
                if (fault.isPresent()) {
                    refuse(fault.get(), in, out);
                    return;
                }
            }
            looked = 0;
            within = true;
        }
        int before = out.size();
        super.decode(context, in, out);
        for (int i = before; i < out.size(); i++) {
            if (out.get(i) instanceof LastHttpContent) {
                within = false;
            }
        }
    }

    /** Up to and with the first empty line, whatever ends its lines; -1 if it has not come yet. */
    private int headSize(ByteBuf in) {
        int from = in.readerIndex();
        int readable = in.readableBytes();
        for (int i = Math.max(looked, 1); i < readable; i++) {
            if (in.getByte(from + i) == '\n') {
                byte last = in.getByte(from + i - 1);
                boolean empty = last == '\n' || (last == '\r' && i >= 2 && in.getByte(from + i - 2) == '\n');
                if (empty) {
                    return i + 1;
                }
            }
        }
        looked = readable;
        return -1;
    }

    private void refuse(String fault, ByteBuf in, List<Object> out) {
        broken = true;
        in.skipBytes(in.readableBytes());
        HttpMessage message = createInvalidMessage();
        message.setDecoderResult(DecoderResult.failure(
                fault.contains("header fields") ? new TooLongHttpHeaderException(fault) : new AmbiguousRequest(fault)));
        out.add(message);
    }

    /** What was wrong, for the answer. */
    static final class AmbiguousRequest extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        AmbiguousRequest(String fault) {
            super(fault);
        }
    }
}
