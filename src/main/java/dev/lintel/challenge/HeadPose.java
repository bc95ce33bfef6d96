package dev.lintel.challenge;

import dev.lintel.face.Landmarks;
import dev.lintel.liveness.FaceShape;

/**
 * How a head is held in one frame, estimated from the five landmarks. The angles are rough in themselves; what counts is how they
 * change for the same person.
 *
 * @param nanos capture of the frame, by a clock that does not jump
 * @param x middle of the face in pixels
 * @param y likewise
 * @param size distance of the eyes in pixels, as if the head were neither turned nor bowed
 * @param yaw degrees, positive where the nose points to the picture's right: the person's left
 * @param pitch degrees, positive where the chin is lowered
 * @param roll degrees, positive clockwise
 * @param aside how far the nose stands to the right of where a flat picture has it, in distances of the eyes; of a flat picture it is
 *     the same however it is turned
 * @param down likewise, below
 */
public record HeadPose(
        long nanos, double x, double y, double size, double yaw, double pitch, double roll, double aside, double down) {
    /** How far the nose's tip stands before the plane of the eyes, in their distances. */
    private static final double NOSE_DEPTH = 0.6;

    /** Where the nose's tip lies between eyes (0) and mouth (1) in a level face. */
    private static final double NOSE_LEVEL = 0.55;

    /** Distance from eyes to mouth in distances of the eyes. */
    private static final double FACE_HEIGHT = 1.155;

    public static HeadPose of(long nanos, Landmarks l) {
        double roll = Math.toRadians(l.roll());
        double eyesX = (l.leftEye().x() + l.rightEye().x()) / 2;
        double eyesY = (l.leftEye().y() + l.rightEye().y()) / 2;
        double mouthX = (l.mouthLeft().x() + l.mouthRight().x()) / 2;
        double mouthY = (l.mouthLeft().y() + l.mouthRight().y()) / 2;
        double eyes = Math.max(1e-3, l.interocularDistance());
        double mouth = Math.max(1e-3, -(mouthX - eyesX) * Math.sin(roll) + (mouthY - eyesY) * Math.cos(roll));
        double noseX = l.nose().x() - eyesX;
        double noseY = l.nose().y() - eyesY;
        double aside = noseX * Math.cos(roll) + noseY * Math.sin(roll);
        double down = -noseX * Math.sin(roll) + noseY * Math.cos(roll);
        FaceShape shape = FaceShape.of(l);
        return new HeadPose(
                nanos,
                (eyesX + mouthX) / 2,
                (eyesY + mouthY) / 2,
                // Turning narrows the one, bowing shortens the other.
                Math.max(eyes, mouth / FACE_HEIGHT),
                Math.toDegrees(Math.atan(aside / eyes / NOSE_DEPTH)),
                Math.toDegrees(Math.atan((down / mouth - NOSE_LEVEL) * FACE_HEIGHT / NOSE_DEPTH)),
                l.roll(),
                shape == null ? 0 : shape.nose()[0],
                shape == null ? 0 : shape.nose()[1]);
    }
}
