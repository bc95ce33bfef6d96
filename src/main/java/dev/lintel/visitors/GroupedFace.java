package dev.lintel.visitors;

/** One visit's face and the group that it is in. Immutable. */
public final class GroupedFace {
    private final String sighting;
    private final long group;
    private final float[] vector;

    /**
     * @param sighting id of the visit
     * @param vector of unit length; not copied
     */
    public GroupedFace(String sighting, long group, float[] vector) {
        this.sighting = sighting;
        this.group = group;
        this.vector = vector;
    }

    public String sighting() {
        return sighting;
    }

    public long group() {
        return group;
    }

    /** Not a copy; read only. */
    public float[] vector() {
        return vector;
    }

    @Override
    public String toString() {
        return "GroupedFace[" + sighting + " in " + group + "]";
    }
}
