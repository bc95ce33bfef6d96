package dev.lintel.camera;

import dev.lintel.inference.MissingLibrary;
import dev.lintel.inference.Natives;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/**
 * What all that opens something with FFmpeg has in common. FFmpeg's own words are not passed on, because they repeat the
 * address with its password; what it wants to print is switched off.
 */
final class Ffmpeg {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Linux's EPROTONOSUPPORT, which FFmpeg answers where a camera refuses the way it was asked to send. */
    static final int REFUSED_TRANSPORT = -93;

    /** Of memory at once: the largest picture that may be configured, in three bytes a pixel. */
    private static final long LARGEST_PIECE = 160L << 20;

    private Ffmpeg() {}

    /**
     * Loads FFmpeg; cheap after the first time.
     *
     * @param device also its part for devices, which needs libraries for sound and windows that a small system lacks
     */
    static void load(boolean device) throws SourceException {
        Natives.prepareJavaCpp();
        try {
            Loader.load(avformat.class);
            Loader.load(swscale.class);
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            avutil.av_max_alloc(LARGEST_PIECE);
        } catch (LinkageError e) {
            throw new SourceException("FFmpeg cannot be loaded: " + MissingLibrary.of(e));
        }
        if (device) {
            try {
                Loader.load(avdevice.class);
                avdevice.avdevice_register_all();
            } catch (LinkageError e) {
                throw new SourceException("FFmpeg cannot open devices on this system: " + MissingLibrary.of(e));
            }
        }
    }

    /** Clear words for the commonest faults of a network, before FFmpeg tries what cannot succeed. */
    static void reach(SourceAddress address) throws SourceException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) CONNECT.toMillis());
        } catch (UnknownHostException e) {
            throw new SourceException("the name of the host is unknown: check it, or give the number of the address");
        } catch (SocketTimeoutException e) {
            throw new SourceException("nothing answers at " + address + ": is the camera on, and on this network?");
        } catch (IOException e) {
            throw new SourceException("nothing can be reached at " + address + ": check address, port and network");
        }
    }

    /** To be freed by the caller. */
    static AVDictionary dictionary(Map<String, String> options) {
        AVDictionary dictionary = new AVDictionary(null);
        options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
        return dictionary;
    }

    /** FFmpeg's error by its number: the words around it hold the address. */
    static String reason(int error) {
        byte[] text = new byte[128];
        avutil.av_strerror(error, text, text.length);
        String words = new String(text, StandardCharsets.US_ASCII).split("\0", 2)[0];
        return "it cannot be opened: " + (words.isEmpty() ? "error " + error : words);
    }
}
