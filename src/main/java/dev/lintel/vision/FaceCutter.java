package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import java.nio.DoubleBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Cuts faces out of a picture at a fixed size, without aliasing where the face is much larger: the cut is made
 * at a whole multiple of its size and averaged down. Turning upright is part of the one resampling.
 */
final class FaceCutter {
    private static final int MAX_SUPERSAMPLING = 8;

    private FaceCutter() {}

    /**
     * The face on the ArcFace template, {@value FaceCrop#ALIGNED} pixels square.
     *
     * @param landmarks in pixels of the upright image
     */
    static FaceCrop aligned(Picture picture, Landmarks landmarks) {
        return cut(picture, alignment(landmarks), FaceCrop.ALIGNED, opencv_core.BORDER_REPLICATE);
    }

    /**
     * The square of {@code margin} times the box's longer side around its centre, reflected at the edges.
     *
     * @param box in pixels of the upright image
     */
    static FaceCrop around(Picture picture, FaceBox box, double margin, int side) {
        return cut(picture, frame(box, margin, side), side, opencv_core.BORDER_REFLECT_101);
    }

    /** Result pixels for each pixel of the full-size image, the finer of the two cuts. */
    static double scale(Detection face, double margin, int side) {
        return Math.max(
                alignment(face.landmarks()).scale(),
                frame(face.box(), margin, side).scale());
    }

    private static Affine alignment(Landmarks landmarks) {
        return SimilarityTransform.toTemplate(landmarks).toAffine();
    }

    private static Affine frame(FaceBox box, double margin, int side) {
        double square = Math.max(1, Math.max(box.width(), box.height())) * margin;
        double scale = side / square;
        double x = box.centreX() - square / 2;
        double y = box.centreY() - square / 2;
        return new Affine(1, 0, -x, 0, 1, -y).then(Affine.resampling(scale, scale));
    }

    private static FaceCrop cut(Picture picture, Affine fromUpright, int side, int border) {
        Affine fromPicture = picture.toUpright().then(fromUpright);
        int factor = (int) Math.max(1, Math.min(MAX_SUPERSAMPLING, Math.round(1 / fromPicture.scale())));
        Affine t = fromPicture.then(Affine.resampling(factor, factor));
        try (Mat matrix = new Mat(2, 3, opencv_core.CV_64F);
                Mat large = new Mat();
                Mat small = new Mat();
                Size enlarged = new Size(side * factor, side * factor);
                Size size = new Size(side, side);
                Scalar black = new Scalar(0, 0, 0, 0)) {
            matrix.<DoubleBuffer>createBuffer().put(new double[] {t.a(), t.b(), t.c(), t.d(), t.e(), t.f()});
            opencv_imgproc.warpAffine(
                    picture.pixels(), large, matrix, enlarged, opencv_imgproc.INTER_LINEAR, border, black);
            opencv_imgproc.resize(large, small, size, 0, 0, opencv_imgproc.INTER_AREA);
            opencv_imgproc.cvtColor(small, small, opencv_imgproc.COLOR_BGR2RGB);
            byte[] rgb = new byte[side * side * 3];
            small.data().get(rgb);
            return new FaceCrop(side, rgb);
        }
    }
}
