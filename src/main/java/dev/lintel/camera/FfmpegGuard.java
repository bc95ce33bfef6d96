package dev.lintel.camera;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Asked by FFmpeg before it waits, reads or writes: ends what takes too long, also where bytes never stop coming, such as a head
 * without an end, and what goes to another address than it should. Confined to one thread; keep it as long as FFmpeg may ask.
 */
final class FfmpegGuard {
    private static final FfmpegHandles<FfmpegGuard> OPEN = new FfmpegHandles<>();
    private static final AVIOInterruptCB.Callback_Pointer ASKED = new Asked();

    private final AVIOInterruptCB callback = new AVIOInterruptCB();
    private final FfmpegHandles.Handle handle = OPEN.add(this);
    private final Supplier<BytePointer> address;
    private final Predicate<String> allowed;
    private long until = Long.MAX_VALUE;
    private boolean bounded;
    private long looked;
    private boolean astray;

    /**
     * @param address which FFmpeg has at the moment; null: never another one
     * @param allowed whether it may go there
     */
    FfmpegGuard(Supplier<BytePointer> address, Predicate<String> allowed) {
        this.address = address;
        this.allowed = allowed;
        callback.callback(ASKED);
        callback.opaque(handle);
    }

    /** From now on, what is done may take so long. */
    void allow(Duration time) {
        bounded = true;
        until = System.nanoTime() + time.toNanos();
    }

    AVIOInterruptCB callback() {
        return callback;
    }

    /** Whether it was ended because it led elsewhere. */
    boolean astray() {
        return astray;
    }

    /** Frees its native memory, once FFmpeg asks no more. */
    void free() {
        OPEN.remove(handle);
        callback.close();
    }

    private boolean ends() {
        return astray || (bounded && System.nanoTime() - until > 0) || leadsAstray();
    }

    private boolean leadsAstray() {
        if (address == null) {
            return false;
        }
        BytePointer now = address.get();
        if (now == null || now.isNull() || now.address() == looked) {
            return false;
        }
        looked = now.address();
        astray = !allowed.test(now.getString());
        return astray;
    }

    private static final class Asked extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer handle) {
            try {
                FfmpegGuard guard = OPEN.of(handle);
                return guard == null || guard.ends() ? 1 : 0;
            } catch (RuntimeException | Error e) { // none may pass through FFmpeg
                return 1;
            }
        }
    }
}
