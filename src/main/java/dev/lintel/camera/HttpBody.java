package dev.lintel.camera;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The body of one answer over HTTP, as it arrives, through FFmpeg: so that login (basic, digest), TLS and redirects are the
 * same as for video. Confined to one thread; owns native memory until it is closed. {@link Ffmpeg#load} comes first.
 */
final class HttpBody implements AutoCloseable {
    private final AVIOContext io = new AVIOContext(null);
    private boolean closed;

    /**
     * Asks for it.
     *
     * @param patience how long the server may be silent, now and later
     * @throws SourceException if the server refuses it, or says nothing
     */
    HttpBody(String url, Duration patience) throws SourceException {
        AVDictionary options = Ffmpeg.dictionary(Map.of(
                "rw_timeout", Long.toString(patience.toMillis() * 1000),
                "protocol_whitelist", "http,https,tcp,tls,crypto",
                "seekable", "0", // no ranges, which small servers do not know
                "icy", "0"));
        int result = avformat.avio_open2(io, url, avformat.AVIO_FLAG_READ, (AVIOInterruptCB) null, options);
        avutil.av_dict_free(options);
        if (result < 0) {
            closed = true;
            throw new SourceException(Ffmpeg.reason(result));
        }
    }

    /** Its media type without parameters, in small letters; empty if it has none, or none that may be shown. */
    String type() {
        BytePointer value = new BytePointer((Pointer) null);
        if (avutil.av_opt_get(io, "mime_type", avutil.AV_OPT_SEARCH_CHILDREN, value) < 0) {
            return "";
        }
        String type =
                value.isNull() ? "" : value.getString().split(";")[0].strip().toLowerCase(Locale.ROOT);
        avutil.av_free(value);
        return type.matches("[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}") ? type : "";
    }

    /**
     * Waits for the next bytes.
     *
     * @return how many; -1 at the end
     * @throws SourceException if the connection broke or fell silent
     */
    int read(byte[] into) throws SourceException {
        int result = avformat.avio_read_partial(io, into, into.length);
        // An error is also the end of an answer that had neither a length nor said that the connection ends with it.
        if (result == 0 || result == avutil.AVERROR_EOF() || result == avutil.AVERROR_EIO()) {
            return -1;
        } else if (result < 0) {
            throw new SourceException("the stream ended or fell silent");
        }
        return result;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            avformat.avio_close(io);
        }
    }
}
