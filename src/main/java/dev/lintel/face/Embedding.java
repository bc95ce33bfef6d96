package dev.lintel.face;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A face as a point on the unit sphere, and the model that put it there. Special-category data: its
 * {@code toString} shows no component. Embeddings of different models are not comparable.
 */
public final class Embedding implements Serializable {
    private static final long serialVersionUID = 1;

    private final String modelId;
    private final float[] vector;

    /**
     * @param modelId id of the model pack that made it
     * @param raw any finite vector whose length is not below what a float can hold whole; copied and scaled to length 1
     * @throws IllegalArgumentException if a component is not finite, or all are zero or nearly so
     */
    public Embedding(String modelId, float[] raw) {
        double sum = 0;
        for (float v : raw) {
            sum += (double) v * v;
        }
        double length = Math.sqrt(sum);
        if (!(length >= Float.MIN_NORMAL) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("an embedding needs finite components, not all zero or nearly so");
        }
        // A unit vector stays as it is, bit for bit, so that what was stored or exported comes back equal.
        double scale = Math.abs(sum - 1) < 1e-6 ? 1 : 1 / length;
        float[] unit = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            unit[i] = (float) (raw[i] * scale);
        }
        this.modelId = modelId;
        this.vector = unit;
    }

    public String modelId() {
        return modelId;
    }

    public int dimension() {
        return vector.length;
    }

    /** The unit vector itself, not a copy; read only. */
    public float[] vector() {
        return vector;
    }

    /**
     * Cosine similarity, -1..1.
     *
     * @throws IllegalArgumentException if the other one is of another model
     */
    public float similarity(Embedding other) {
        if (!modelId.equals(other.modelId) || vector.length != other.vector.length) {
            throw new IllegalArgumentException(
                    "embeddings of " + modelId + " and " + other.modelId + " cannot be compared");
        }
        float sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * other.vector[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Embedding e && e.modelId.equals(modelId) && Arrays.equals(e.vector, vector);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Embedding[" + modelId + ", " + vector.length + "]";
    }
}
