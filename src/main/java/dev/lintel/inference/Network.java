package dev.lintel.inference;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A loaded network. Thread-safe: any number of threads may run it at once. {@link #close()} waits for the
 * runs in flight and then frees the native memory; a run after that throws {@link IllegalStateException}.
 */
public interface Network extends AutoCloseable {

    /**
     * Runs a batch of images.
     *
     * @param rgb direct buffer of {@code count * height * width * 3} bytes: 8-bit RGB, interleaved, whatever
     *     the network itself wants; read from position 0
     * @return each output by its name in the manifest, row-major, batch first
     * @throws IllegalArgumentException if the buffer or the geometry does not fit the network
     */
    Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width);

    @Override
    void close();
}
