package dev.lintel.camera;

import dev.lintel.vision.FrameView;
import dev.lintel.vision.VideoFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The video in what FFmpeg opens, packet by packet, so that it is known what arrives before there is a picture. Confined to
 * one thread; owns native memory until it is closed. {@link Ffmpeg#load} comes first.
 */
final class FfmpegStream implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    /** What one step brought. */
    enum Step {
        /** A picture, which {@link #picture} gives. */
        PICTURE,
        /** A piece of video that is of no use yet: none came with which a picture can begin. */
        WAITS_FOR_KEY,
        /** Nothing yet. */
        NOTHING,
        /** Nothing now, from a device that is not waited for. */
        AGAIN,
        /** The end, an error or a silence that lasted too long. */
        END
    }

    private final AVFormatContext format = avformat.avformat_alloc_context();
    private final Bounds bounds;
    private final FfmpegGuard guard;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame decoded = avutil.av_frame_alloc();
    private final AVFrame turned = avutil.av_frame_alloc();
    private final PointerPointer<AVFrame> decodedPlanes = new PointerPointer<>(decoded);
    private final PointerPointer<AVFrame> turnedPlanes = new PointerPointer<>(turned);
    private AVCodecContext decoder;
    private AVStream stream;
    private SwsContext scaler;
    private BytePointer pixels;
    private ByteBuffer bgr;
    private int stride;
    private boolean key;
    private boolean flushing;
    private boolean closed;
    private String refused = "";
    private BodyReader reader;

    /**
     * What it may open.
     *
     * @param fromKey whether everything before the first key frame is passed over: some decoders make grey smears of it
     * @param maxPixels largest picture; a larger one is not decoded
     * @param codecs FFmpeg's names of the decoders that may be used, with commas between; empty: all
     * @param patience how long opening and each further step may take, however many bytes come; empty: for ever
     * @param leadsTo whether it may go on to an address that it is told on the way
     */
    record Bounds(
            boolean fromKey, int maxPixels, String codecs, Optional<Duration> patience, Predicate<String> leadsTo) {}

    FfmpegStream(Bounds bounds) {
        this.bounds = bounds;
        this.key = !bounds.fromKey;
        this.guard = new FfmpegGuard(format::url, bounds.leadsTo);
        format.interrupt_callback(guard.callback());
    }

    /** Whether it was ended because it was sent elsewhere. */
    boolean astray() {
        return guard.astray();
    }

    /** Why its pictures are not decoded; empty if they are. */
    String refused() {
        return refused;
    }

    /**
     * Opens; once, close it in any case.
     *
     * @param body what is read instead of the address; otherwise null
     * @param driver FFmpeg's name of an input format; null lets it find out
     * @param analyse whether to look into the stream, for a time that the options say, even where its head names a video
     * @return FFmpeg's error, negative; otherwise 0
     */
    int open(BodyReader body, String url, String driver, Map<String, String> options, boolean analyse) {
        AVInputFormat input = driver == null ? null : avformat.av_find_input_format(driver);
        bounds.patience.ifPresent(guard::allow);
        reader = body;
        if (body != null) {
            format.pb(body.context());
        }
        AVDictionary dictionary = Ffmpeg.dictionary(options);
        if (!bounds.codecs.isEmpty()) {
            avutil.av_dict_set(dictionary, "codec_whitelist", bounds.codecs, 0);
        }
        int result = avformat.avformat_open_input(format, body == null ? url : "", input, dictionary);
        avutil.av_dict_free(dictionary);
        for (int i = 0; result >= 0 && i < format.nb_streams(); i++) {
            // Asked now, because what looks into the stream forgets a size that it may not decode.
            AVCodecParameters said = format.streams(i).codecpar();
            if ((long) said.width() * said.height() > bounds.maxPixels) {
                refused = tooLarge(said.width(), said.height());
                return avutil.AVERROR_INVALIDDATA();
            }
        }
        if (result >= 0 && (analyse || video() < 0)) {
            result = analyse();
        }
        return result < 0 ? result : decode();
    }

    /** Looking into a stream decodes pictures of it. */
    private int analyse() {
        int count = format.nb_streams();
        AVDictionary[] each = new AVDictionary[count];
        try (PointerPointer<AVDictionary> all = new PointerPointer<>(Math.max(1, count))) {
            for (int i = 0; i < count; i++) {
                each[i] = Ffmpeg.dictionary(Map.of("max_pixels", Integer.toString(bounds.maxPixels)));
                all.put(i, each[i]);
            }
            int result = avformat.avformat_find_stream_info(format, count == 0 ? null : all);
            for (int i = 0; i < count; i++) {
                avutil.av_dict_free(new AVDictionary(all.get(i)));
            }
            return result;
        }
    }

    private int video() {
        return avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    }

    private int decode() {
        int index = video();
        if (index < 0) {
            return index;
        }
        for (int i = 0; i < format.nb_streams(); i++) {
            format.streams(i).discard(i == index ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
        }
        stream = format.streams(index);
        AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        if (codec == null) {
            return avutil.AVERROR_DECODER_NOT_FOUND();
        }
        String name = codec.name().getString();
        if (!bounds.codecs.isEmpty() && !List.of(bounds.codecs.split(",")).contains(name)) {
            refused =
                    "it sends video as " + name + ", which is not read from a network camera: set it to H.264 or H.265";
            return avutil.AVERROR_DECODER_NOT_FOUND();
        }
        long pixels = (long) stream.codecpar().width() * stream.codecpar().height();
        if (pixels > bounds.maxPixels) {
            refused = tooLarge(stream.codecpar().width(), stream.codecpar().height());
            return avutil.AVERROR_INVALIDDATA();
        }
        decoder = avcodec.avcodec_alloc_context3(codec);
        int result = avcodec.avcodec_parameters_to_context(decoder, stream.codecpar());
        if (result < 0) {
            return result;
        }
        decoder.pkt_timebase(stream.time_base());
        decoder.thread_count(0);
        // Threads that work on one frame, not on several at once: those would each hold a frame back.
        AVDictionary options = Ffmpeg.dictionary(
                Map.of("thread_type", "slice", "flags", "low_delay", "max_pixels", Integer.toString(bounds.maxPixels)));
        result = avcodec.avcodec_open2(decoder, codec, options);
        avutil.av_dict_free(options);
        return Math.min(result, 0);
    }

    private String tooLarge(int width, int height) {
        return "its picture has " + width + "x" + height + " pixels, more than max-pixels allows (" + bounds.maxPixels
                + "): set the camera to a smaller one";
    }

    /** Whether what is read has a length, as recordings have. */
    boolean hasLength() {
        return format.duration() > 0;
    }

    /** Whether nothing more arrives; the decoder may hold pictures still. */
    boolean ended() {
        return flushing;
    }

    /** Takes the next picture out of the decoder, or gives it one packet more. Waits as long as the options allow. */
    Step step() {
        bounds.patience.ifPresent(guard::allow);
        if (avcodec.avcodec_receive_frame(decoder, decoded) >= 0) {
            return Step.PICTURE;
        }
        if (flushing) {
            return Step.END;
        }
        int result = avformat.av_read_frame(format, packet);
        if (result == avutil.AVERROR_EAGAIN()) {
            return Step.AGAIN;
        }
        if (result < 0) {
            flushing = true;
            avcodec.avcodec_send_packet(decoder, null);
            return avcodec.avcodec_receive_frame(decoder, decoded) >= 0 ? Step.PICTURE : Step.END;
        }
        try {
            if (packet.stream_index() != stream.index()) {
                return Step.NOTHING;
            }
            key |= (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
            if (!key) {
                return Step.WAITS_FOR_KEY;
            }
            // A damaged one is passed over, and one that begins a larger picture than may be decoded.
            avcodec.avcodec_send_packet(decoder, packet);
        } finally {
            avcodec.av_packet_unref(packet);
        }
        return avcodec.avcodec_receive_frame(decoder, decoded) >= 0 ? Step.PICTURE : Step.NOTHING;
    }

    /** When the picture is to be shown, in microseconds of the stream's own time. */
    long micros() {
        long time = decoded.best_effort_timestamp();
        return time == avutil.AV_NOPTS_VALUE
                ? 0
                : 1_000_000L
                        * time
                        * stream.time_base().num()
                        / stream.time_base().den();
    }

    /** The picture that the last step brought. Its pixels hold until the next call. */
    VideoFrame picture(FrameView view) {
        int width = decoded.width();
        int height = decoded.height();
        fit(width, height);
        scaler = swscale.sws_getCachedContext(
                scaler,
                width,
                height,
                decoded.format(),
                width,
                height,
                avutil.AV_PIX_FMT_BGR24,
                swscale.SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        if (scaler == null) {
            throw new IllegalStateException("pixels of format " + decoded.format() + " cannot be converted");
        }
        swscale.sws_scale(scaler, decodedPlanes, decoded.linesize(), 0, height, turnedPlanes, turned.linesize());
        return new VideoFrame(bgr, width, height, stride, view);
    }

    private void fit(int width, int height) {
        int row = (3 * width + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (row == stride && bgr.capacity() == (long) row * height) {
            return;
        }
        avutil.av_free(pixels);
        stride = row;
        // The scaler may write a little beyond the last row.
        pixels = new BytePointer(avutil.av_malloc((long) row * height + ALIGNMENT)).capacity((long) row * height);
        bgr = pixels.asByteBuffer();
        turned.data(0, pixels);
        turned.linesize(0, row);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        swscale.sws_freeContext(scaler);
        avutil.av_free(pixels);
        avutil.av_frame_free(decoded);
        avutil.av_frame_free(turned);
        avcodec.av_packet_free(packet);
        if (decoder != null) {
            avcodec.avcodec_free_context(decoder);
        }
        avformat.avformat_close_input(format);
        if (reader != null) {
            reader.free();
        }
        decodedPlanes.close();
        turnedPlanes.close();
        guard.free();
    }
}
