package dev.lintel.face;

import java.io.Serializable;

/**
 * A face that was found, judged and cut out.
 *
 * @param detectionScore the detector's confidence, 0..1
 * @param crop the face aligned to the ArcFace template, {@value FaceCrop#ALIGNED} pixels square
 */
public record ScreenedFace(
        FaceBox box, Landmarks landmarks, double detectionScore, Quality quality, Liveness liveness, FaceCrop crop)
        implements Serializable {}
