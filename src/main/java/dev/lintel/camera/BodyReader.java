package dev.lintel.camera;

import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Gives FFmpeg a video that arrives over HTTP, so that FFmpeg itself goes nowhere. Confined to one thread; owns native memory. */
final class BodyReader {
    private static final FfmpegHandles<BodyReader> OPEN = new FfmpegHandles<>();
    private static final Read_packet_Pointer_BytePointer_int ASKED = new Asked();
    private static final int PIECE = 1 << 15;

    private final HttpBody body;
    private final byte[] piece = new byte[PIECE];
    private final byte[] head;
    private FfmpegHandles.Handle handle;
    private AVIOContext context;
    private int given;

    /** @param head what was read of it already */
    BodyReader(byte[] head, HttpBody body) {
        this.head = head.clone();
        this.body = body;
    }

    /** For {@code AVFormatContext.pb}; {@link #free} it after that. */
    AVIOContext context() {
        handle = OPEN.add(this);
        context = avformat.avio_alloc_context(
                new BytePointer(avutil.av_malloc(PIECE)),
                PIECE,
                0,
                handle,
                ASKED,
                (Write_packet_Pointer_BytePointer_int) null,
                (Seek_Pointer_long_int) null);
        context.seekable(0);
        return context;
    }

    void free() {
        if (context != null) {
            avutil.av_free(context.buffer());
            avformat.avio_context_free(context);
            context = null;
            OPEN.remove(handle);
        }
    }

    private int read(BytePointer into, int size) throws SourceException {
        if (given < head.length) {
            int length = Math.min(size, head.length - given);
            into.put(head, given, length);
            given += length;
            return length;
        }
        byte[] next = size >= PIECE ? piece : new byte[size];
        int length = body.read(next);
        if (length <= 0) {
            return avutil.AVERROR_EOF();
        }
        into.put(next, 0, length);
        return length;
    }

    private static final class Asked extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer handle, BytePointer into, int size) {
            try {
                BodyReader reader = OPEN.of(handle);
                return reader == null ? avutil.AVERROR_EOF() : reader.read(into, size);
            } catch (SourceException | RuntimeException | Error e) { // none may pass through FFmpeg
                return avutil.AVERROR_EIO();
            }
        }
    }
}
