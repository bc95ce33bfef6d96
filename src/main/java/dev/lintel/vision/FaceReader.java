package dev.lintel.vision;

import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.inference.ModelPack;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An encoded image to its faces: decoded no finer than needed, upright, found, aligned and judged.
 * Thread-safe; owns the networks. Nothing native leaves it.
 */
public final class FaceReader implements AutoCloseable {
    /** The largest faces of an image; who stands behind them is not looked at. */
    public static final int MAX_FACES = 50;

    /** OpenCV's resampling counts in 16 bits. */
    private static final int MAX_SIDE = 32_000;

    /** How much of the surroundings a liveness check sees, in box sides. */
    private static final double SURROUNDINGS_MARGIN = 1.5;

    /** How much a crop may be enlarged before a finer decoding is worth its time. */
    private static final double MAX_ENLARGING = 1.1;

    /**
     * How much larger the picture is looked at again where nothing, or nothing but a doubtful face, was found. At 2560 pixels
     * a face of 60 pixels in 4000 still has 38, and the detector sees nearly all of these.
     */
    private static final double CLOSER = 4;

    /** Side of a face in pixels, as the detector sees it, from which nearly all are found. */
    private static final double SEEN_SIDE = 20;

    private static final Comparator<Detection> LARGEST_FIRST =
            Comparator.comparingDouble((Detection face) -> face.box().area()).reversed();

    /** As they are given: who is cut off only shows where the landmarks are placed for the last time. */
    private static final Comparator<SeenFace> WHOLE_AND_LARGEST_FIRST = Comparator.comparing(
                    (SeenFace face) -> face.quality().cutOff())
            .thenComparing(
                    Comparator.comparingDouble((SeenFace face) -> face.box().area())
                            .reversed());

    private final ImageDecoder decoder = new ImageDecoder();
    private final FaceFinder finder;
    private final QualityAssessor assessor;
    private final VisionConfig config;
    private final ApplianceMetrics metrics;

    private FaceReader(FaceFinder finder, VisionConfig config, ApplianceMetrics metrics) {
        this.finder = finder;
        this.assessor = new QualityAssessor(config.quality());
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Loads the networks of the packs.
     *
     * @throws dev.lintel.inference.ModelException if one cannot be used
     */
    public static FaceReader open(
            ModelPack detection, ModelPack landmarks, VisionConfig config, ApplianceMetrics metrics) {
        double threshold = config.scoreThreshold().orElse(detection.manifest().threshold());
        double sure = orZero(detection.manifest().sureScore());
        double beside = orZero(detection.manifest().besideScore());
        FaceDetector detector = new FaceDetector(detection.open(), (float) threshold);
        try {
            return new FaceReader(
                    new FaceFinder(detector, LandmarkRefiner.open(landmarks), config.detectSize(), sure, beside),
                    config,
                    metrics);
        } catch (RuntimeException e) {
            detector.close();
            throw e;
        }
    }

    private static double orZero(Double score) {
        return score == null ? 0 : score;
    }

    /** Refused if the bytes are no image that can be read, are too many pixels, or show no face. */
    public Outcome<SeenImage> read(EncodedImage image) {
        return ImageHeader.read(image.bytes()).fold(header -> read(image.bytes(), header), Outcome::refused);
    }

    private Outcome<SeenImage> read(byte[] bytes, ImageHeader header) {
        long pixels = (long) header.width() * header.height();
        if (pixels > config.maxPixels() || Math.max(header.width(), header.height()) > MAX_SIDE) {
            return Outcome.refused(
                    Refusal.Code.IMAGE_TOO_LARGE,
                    "the image has " + header.width() + "x" + header.height() + " pixels, at most " + config.maxPixels()
                            + " and " + MAX_SIDE + " a side are read: send a smaller one");
        }
        try {
            return look(bytes, header);
        } catch (DamagedImage e) {
            return Outcome.refused(Refusal.Code.UNREADABLE_IMAGE, e.getMessage() + ": send the image again");
        }
    }

    private Outcome<SeenImage> look(byte[] bytes, ImageHeader header) {
        Orientation orientation = Orientation.ofExif(bytes, header.format());
        Look look = look(bytes, header, orientation, config.detectSize(), finder::find);
        if (finder.doubtful(header, look.found) && longer(header) > config.detectSize()) {
            Look closer = look(bytes, header, orientation, closerLook(), p -> finder.closer(p, closerLook()));
            boolean better = closer.found.merit() > look.found.merit()
                    || look.found.all().isEmpty()
                    || look.found.faces().isEmpty() && !closer.found.faces().isEmpty();
            look = better ? closer : look;
        }
        if (look.found.all().isEmpty()) {
            return none(header);
        }
        if (look.image.isPresent()) {
            return Outcome.done(look.image.get());
        }
        try (Picture finer = decode(bytes, header, orientation.turnedBy(look.found.turn()), look.needed)) {
            List<Detection> faces = look.found.all();
            return Outcome.done(
                    seen(finer, look.found.turn(), metrics.timed(Stage.ALIGN, () -> finder.sharpen(finer, faces))));
        }
    }

    /**
     * What one look found.
     *
     * @param image the faces' crops; empty if the picture must be decoded finer for them
     * @param needed how far the picture may be reduced for the crops
     */
    private record Look(FaceFinder.Found found, Optional<SeenImage> image, int needed) {}

    /** Decodes, finds, and cuts where these pixels do. Nothing stays decoded, so that no two pictures wait for one budget. */
    private Look look(
            byte[] bytes,
            ImageHeader header,
            Orientation orientation,
            int detectSize,
            Function<Picture, FaceFinder.Found> search) {
        try (Picture picture = decode(bytes, header, orientation, reduceFor(header, detectSize))) {
            FaceFinder.Found found = largest(metrics.timed(Stage.DETECT, () -> search.apply(picture)));
            double scale = found.all().stream()
                    .mapToDouble(f -> FaceCutter.scale(f, SURROUNDINGS_MARGIN, SeenFace.SURROUNDINGS))
                    .max()
                    .orElse(1);
            int reduce = picture.reduce();
            while (reduce > 1 && reduce * scale > MAX_ENLARGING && header.format() == ImageFormat.JPEG) {
                reduce /= 2;
            }
            boolean doubtful =
                    finder.doubtful(header, found) && detectSize < closerLook() && longer(header) > detectSize;
            return reduce < picture.reduce() || doubtful || found.all().isEmpty()
                    ? new Look(found, Optional.empty(), reduce)
                    : new Look(
                            found,
                            Optional.of(seen(picture.turnedBy(found.turn()), found.turn(), found.all())),
                            reduce);
        }
    }

    private static FaceFinder.Found largest(FaceFinder.Found found) {
        return new FaceFinder.Found(
                found.turn(),
                found.faces().stream().sorted(LARGEST_FIRST).limit(MAX_FACES).toList(),
                found.cut().stream()
                        .sorted(LARGEST_FIRST)
                        .limit(Math.max(0, MAX_FACES - found.faces().size()))
                        .toList());
    }

    private Outcome<SeenImage> none(ImageHeader header) {
        double shown = Math.min(1, closerLook() / (double) longer(header));
        return Outcome.refused(
                Refusal.Code.NO_FACE,
                "no face detected: in a picture of " + header.width() + "x" + header.height()
                        + " pixels a face needs about "
                        + Math.round(SEEN_SIDE / shown)
                        + " pixels from ear to ear, upright or turned by quarter turns, well lit and not covered");
    }

    /** Longer side at which the detector looks again where it found nothing. */
    private int closerLook() {
        return (int) (config.detectSize() * CLOSER);
    }

    private static int longer(ImageHeader header) {
        return Math.max(header.width(), header.height());
    }

    /**
     * The faces of a camera's frame, upright as the frame's view has it: other quarter turns are not tried, because a
     * camera's faces stand the same way all day.
     *
     * @param detectSize longer side in pixels at which faces are searched
     * @return highest detection score first; may be empty
     */
    public List<SeenFace> look(VideoFrame frame, int detectSize) {
        try (FrameMats mats = new FrameMats(frame)) {
            Picture picture = mats.picture();
            List<Detection> found = metrics.timed(Stage.DETECT, () -> finder.findUpright(picture, detectSize));
            return found.stream()
                    .limit(MAX_FACES)
                    .map(face -> metrics.timed(Stage.ALIGN, () -> cut(picture, face)))
                    .toList();
        }
    }

    /** The coarsest fraction whose longer side still has the detector's size. */
    static int reduceFor(ImageHeader header, int detectSize) {
        int reduce = 1;
        while (reduce < 8 && longer(header) / (reduce * 2) >= detectSize) {
            reduce *= 2;
        }
        return reduce;
    }

    private Picture decode(byte[] bytes, ImageHeader header, Orientation orientation, int reduce) {
        return metrics.timed(Stage.DECODE, () -> {
            try {
                return decoder.decode(bytes, header, orientation, reduce);
            } catch (IOException e) {
                throw new DamagedImage(e);
            }
        });
    }

    /** @param found in the picture as it is turned */
    private SeenImage seen(Picture picture, int turn, List<Detection> found) {
        List<SeenFace> faces = found.stream()
                .map(face -> metrics.timed(Stage.ALIGN, () -> cut(picture, face)))
                .sorted(WHOLE_AND_LARGEST_FIRST)
                .toList();
        return new SeenImage(picture.uprightWidth(), picture.uprightHeight(), turn, faces);
    }

    private SeenFace cut(Picture picture, Detection face) {
        FaceCrop aligned = FaceCutter.aligned(picture, face.landmarks());
        FaceCrop around = FaceCutter.around(picture, face.box(), SURROUNDINGS_MARGIN, SeenFace.SURROUNDINGS);
        Quality quality = assessor.assess(
                face.box(),
                face.landmarks(),
                aligned,
                picture.shown(face.landmarks()),
                picture.intact(),
                picture.shows(face.box()));
        return new SeenFace(face.box(), face.landmarks(), face.score(), quality, aligned, around);
    }

    @Override
    public void close() {
        finder.close();
    }

    /** Carries a decoder's complaint through the stage timer. */
    private static final class DamagedImage extends RuntimeException {
        private static final long serialVersionUID = 1;

        DamagedImage(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
