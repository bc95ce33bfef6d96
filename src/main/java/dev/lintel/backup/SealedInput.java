package dev.lintel.backup;

import java.io.IOException;
import java.io.InputStream;

/** Reads a backup's chunks; nothing is given out that was not checked before. */
final class SealedInput extends InputStream {
    private final InputStream below;
    private final BackupKey key;
    private final byte[] beginning;
    private byte[] ahead;
    private byte[] plain = new byte[0];
    private int taken;
    private long number;
    private boolean ended;

    SealedInput(InputStream below, BackupKey key, byte[] beginning) throws IOException {
        this.below = below;
        this.key = key;
        this.beginning = beginning;
        this.ahead = below.readNBytes(BackupKey.CHUNK + BackupKey.TAG);
    }

    @Override
    public int read() throws IOException {
        return more() ? plain[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int part = Math.min(length, plain.length - taken);
        System.arraycopy(plain, taken, bytes, offset, part);
        taken += part;
        return part;
    }

    /** The last chunk is known by that none follows; one of them is always read ahead. */
    private boolean more() throws IOException {
        while (taken == plain.length) {
            if (ended) {
                return false;
            }
            byte[] now = ahead;
            ahead = below.readNBytes(BackupKey.CHUNK + BackupKey.TAG);
            ended = ahead.length == 0;
            plain = key.open(now, now.length, number++, ended, beginning);
            taken = 0;
        }
        return true;
    }

    /** Reads and checks what is left. */
    void finish() throws IOException {
        while (more()) {
            taken = plain.length;
        }
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
