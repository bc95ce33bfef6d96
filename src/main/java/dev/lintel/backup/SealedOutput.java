package dev.lintel.backup;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a backup's chunks. Closing it writes the last one, which tells that nothing was cut off, and leaves what is below open. */
final class SealedOutput extends OutputStream {
    private final OutputStream below;
    private final BackupKey key;
    private final byte[] beginning;
    private final byte[] chunk = new byte[BackupKey.CHUNK];
    private int filled;
    private long number;
    private boolean closed;

    SealedOutput(OutputStream below, BackupKey key, byte[] beginning) {
        this.below = below;
        this.key = key;
        this.beginning = beginning;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == chunk.length) {
                flushChunk(false);
            }
            int part = Math.min(length - done, chunk.length - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, part);
            filled += part;
            done += part;
        }
    }

    private void flushChunk(boolean last) throws IOException {
        below.write(key.seal(chunk, filled, number, last, beginning));
        number++;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            flushChunk(true);
        }
    }
}
