package dev.lintel.store.people;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Unit vectors as they lie in the database: float32, little endian. */
public final class StoredVectors {
    /** Cosine similarity from which two vectors are one: rounding only, far nearer than two photos come. */
    public static final float SAME = 0.99999f;

    private static final double NORM_TOLERANCE = 1e-3;

    private StoredVectors() {}

    public static byte[] toBytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    /** Of no components if these are not the bytes of a unit vector. */
    public static float[] fromBytes(byte[] bytes) {
        float[] vector = anyFromBytes(bytes);
        double norm = Math.sqrt(dot(vector, vector));
        return bytes.length % Float.BYTES == 0 && Math.abs(norm - 1) < NORM_TOLERANCE ? vector : new float[0];
    }

    /** The unit vector in a column; of no components if it is damaged, or null because its seal was broken. */
    public static float[] of(Row row, int column) {
        Buffer bytes = row.getBuffer(column);
        return bytes == null ? new float[0] : fromBytes(bytes.getBytes());
    }

    /** Of any length, such as a sum. */
    public static float[] anyFromBytes(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    public static boolean same(float[] a, float[] b) {
        return a.length == b.length && dot(a, b) >= SAME;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
