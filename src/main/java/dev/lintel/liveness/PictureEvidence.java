package dev.lintel.liveness;

import dev.lintel.access.Reason;
import java.util.Arrays;
import java.util.List;

/** What the pixels of the aligned face do over time: nothing at all, or a blink; and whether an edge runs around it. */
final class PictureEvidence {
    /** Mean change of a grey level between frames that no real camera stays below: its noise alone is more. */
    private static final double PERFECT = 0.2;

    /** Frames that must be equal. */
    private static final int LEAST_EQUAL = 4;

    /** How much more than the rest of the face the eyes must change, and at least so many grey levels. */
    private static final double BLINK_LEAD = 2;

    private static final double BLINK_LEAST = 8;

    /** Typical strength from which on a border is suspected, and where it is certain. */
    private static final double BORDER_FROM = 0.6;

    private static final double BORDER_SURE = 0.95;

    private static final double FOR_PERFECT = -5;
    private static final double FOR_BLINK = 0.7;
    private static final double FOR_BORDER = -3;

    private PictureEvidence() {}

    /** Frames that are equal but for nothing: a still picture, or a stream that hangs. */
    static Evidence perfect(List<FrameEvidence> frames) {
        if (frames.size() < LEAST_EQUAL) {
            return Evidence.NONE;
        }
        double largest = 0;
        for (int i = 1; i < frames.size(); i++) {
            largest = Math.max(
                    largest, difference(frames.get(i - 1).face(), frames.get(i).face()));
        }
        return largest < PERFECT ? new Evidence(FOR_PERFECT, new Reason("no-noise")) : Evidence.NONE;
    }

    /** The eyes change for a moment, the rest of the face does not. */
    static Evidence blink(List<FrameEvidence> frames) {
        if (frames.size() < LEAST_EQUAL) {
            return Evidence.NONE;
        }
        byte[] eyes = median(frames.stream().map(FrameEvidence::eyes).toList());
        byte[] face = median(frames.stream().map(FrameEvidence::face).toList());
        long open = frames.stream().filter(f -> !blinks(f, eyes, face)).count();
        return open < frames.size() && open > frames.size() / 2
                ? new Evidence(FOR_BLINK, new Reason("eyes"))
                : Evidence.NONE;
    }

    private static boolean blinks(FrameEvidence frame, byte[] eyes, byte[] face) {
        double change = difference(frame.eyes(), eyes);
        return change >= BLINK_LEAST && change >= BLINK_LEAD * difference(frame.face(), face);
    }

    static Evidence border(List<FrameEvidence> frames) {
        double[] found =
                frames.stream().mapToDouble(FrameEvidence::border).sorted().toArray();
        double typical = found.length == 0 ? 0 : found[found.length / 2];
        if (typical < BORDER_FROM) {
            return Evidence.NONE;
        }
        double sure = Math.min(1, (typical - BORDER_FROM) / (BORDER_SURE - BORDER_FROM));
        return new Evidence(FOR_BORDER * Math.max(0.1, sure), new Reason("edges"));
    }

    private static double difference(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return (double) sum / a.length;
    }

    private static byte[] median(List<byte[]> pictures) {
        byte[] out = new byte[pictures.get(0).length];
        int[] values = new int[pictures.size()];
        for (int i = 0; i < out.length; i++) {
            for (int k = 0; k < values.length; k++) {
                values[k] = pictures.get(k)[i] & 0xff;
            }
            Arrays.sort(values);
            out[i] = (byte) values[values.length / 2];
        }
        return out;
    }
}
