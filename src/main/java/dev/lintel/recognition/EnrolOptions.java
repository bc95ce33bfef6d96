package dev.lintel.recognition;

/**
 * How strict an enrolment is.
 *
 * @param face {@link FaceChoice#ONE} or {@link FaceChoice#LARGEST}
 * @param acceptLowQuality store faces whatever their quality
 * @param allowDuplicate store a face that is enrolled under another label, and only mention it
 * @param allowMixed store faces that are unlike the person's others, or unlike each other
 * @param mustBeLive refuse a face that does not look live, as a printed or scanned photo does not
 * @param overRights whether a face may be added to somebody to whom rights at a door were given
 */
public record EnrolOptions(
        FaceChoice face,
        boolean acceptLowQuality,
        boolean allowDuplicate,
        boolean allowMixed,
        boolean mustBeLive,
        boolean overRights) {

    /** As somebody who is no administrator. */
    public EnrolOptions(
            FaceChoice face, boolean acceptLowQuality, boolean allowDuplicate, boolean allowMixed, boolean mustBeLive) {
        this(face, acceptLowQuality, allowDuplicate, allowMixed, mustBeLive, false);
    }

    public EnrolOptions {
        if (face == FaceChoice.ALL) {
            throw new IllegalArgumentException("an image is enrolled as one person");
        }
    }

    public static EnrolOptions strict() {
        return new EnrolOptions(FaceChoice.ONE, false, false, false, true);
    }
}
