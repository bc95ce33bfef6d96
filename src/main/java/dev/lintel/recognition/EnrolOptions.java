package dev.lintel.recognition;

/**
 * How strict an enrolment is.
 *
 * @param face {@link FaceChoice#ONE} or {@link FaceChoice#LARGEST}
 * @param acceptLowQuality store faces whatever their quality
 * @param allowDuplicate store a face that is enrolled under another label, and only mention it
 */
public record EnrolOptions(FaceChoice face, boolean acceptLowQuality, boolean allowDuplicate) {
    public EnrolOptions {
        if (face == FaceChoice.ALL) {
            throw new IllegalArgumentException("an image is enrolled as one person");
        }
    }

    public static EnrolOptions strict() {
        return new EnrolOptions(FaceChoice.ONE, false, false);
    }
}
