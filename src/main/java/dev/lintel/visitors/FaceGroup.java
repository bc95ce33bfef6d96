package dev.lintel.visitors;

/**
 * Faces that seem to be one person's, as the sum of their unit vectors. Likeness is the mean over all pairs of faces
 * (average linkage), so that one odd face between two people cannot bridge them, as it would if the nearest pair
 * counted. Immutable.
 */
public final class FaceGroup {
    private final long id;
    private final boolean ignored;
    private final int faces;
    private final float[] sum;

    /**
     * @param ignored whether the operator does not want to see it
     * @param faces how many, at least 1
     * @param sum of their unit vectors; not copied
     */
    public FaceGroup(long id, boolean ignored, int faces, float[] sum) {
        if (faces < 1) {
            throw new IllegalArgumentException("a group has at least one face, not " + faces);
        }
        this.id = id;
        this.ignored = ignored;
        this.faces = faces;
        this.sum = sum;
    }

    /** @param face a unit vector */
    public static FaceGroup of(long id, float[] face) {
        return new FaceGroup(id, false, 1, face);
    }

    public long id() {
        return id;
    }

    public boolean ignored() {
        return ignored;
    }

    public int faces() {
        return faces;
    }

    /** Not a copy; read only. */
    public float[] sum() {
        return sum;
    }

    /** The direction of all its faces, as a unit vector; a new one. */
    public float[] mean() {
        double length = Math.sqrt(dot(sum, sum));
        float[] mean = sum.clone();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (mean[i] / Math.max(length, Float.MIN_NORMAL));
        }
        return mean;
    }

    /** Mean cosine similarity of a face to those of the group, -1..1. */
    public double similarity(float[] face) {
        return dot(sum, face) / faces;
    }

    /** Mean cosine similarity of the faces of two groups, -1..1. */
    public double similarity(FaceGroup other) {
        return dot(sum, other.sum) / ((double) faces * other.faces);
    }

    /** With another group's faces, under this one's id. */
    public FaceGroup with(FaceGroup other) {
        return new FaceGroup(id, ignored, faces + other.faces, combined(other.sum, 1));
    }

    public FaceGroup with(float[] face) {
        return new FaceGroup(id, ignored, faces + 1, combined(face, 1));
    }

    /** Without one of its faces, of which it must have another. */
    public FaceGroup without(float[] face) {
        return new FaceGroup(id, ignored, faces - 1, combined(face, -1));
    }

    private float[] combined(float[] other, int sign) {
        float[] result = sum.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += sign * other[i];
        }
        return result;
    }

    private static double dot(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("vectors of " + a.length + " and " + b.length + " components");
        }
        float total = 0;
        for (int i = 0; i < a.length; i++) {
            total += a[i] * b[i];
        }
        return total;
    }

    /** Without a component of the vector: special-category data. */
    @Override
    public String toString() {
        return "FaceGroup[" + id + ", " + faces + " faces" + (ignored ? ", ignored" : "") + "]";
    }
}
