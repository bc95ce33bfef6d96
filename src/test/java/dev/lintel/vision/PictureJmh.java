package dev.lintel.vision;

import dev.lintel.bench.Pictures;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Landmarks;
import dev.lintel.testkit.ShippedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** JMH: a JPEG decoded as finely as the detector needs it, and the alignment of its face: {@code scripts/bench micro}, which says how long and how often. */
@State(Scope.Benchmark)
public class PictureJmh {
    private static final int DETECT_SIZE = 640;
    private static final Map<String, Pictures.Kind> KINDS =
            Map.of("250x250", Pictures.CROP, "1280x720", Pictures.FRAME, "4000x3000", Pictures.PHOTO);

    @Param({"250x250", "1280x720", "4000x3000"})
    public String size;

    private final ImageDecoder decoder = new ImageDecoder();
    private byte[] jpeg;
    private ImageHeader header;
    private Orientation orientation;
    private Picture picture;
    private Landmarks face;

    @Setup
    public void open() throws IOException {
        jpeg = Pictures.jpeg(KINDS.get(size), Path.of("src/test/resources/faces/01-b.jpg"));
        header = ImageHeader.read(jpeg).fold(read -> read, refused -> {
            throw new IllegalStateException(refused.detail());
        });
        orientation = Orientation.ofExif(jpeg, header.format());
        try (FaceReader reader = ShippedModels.reader()) {
            face = reader.read(new EncodedImage(jpeg))
                    .fold(seen -> seen.faces().get(0).landmarks(), refused -> {
                        throw new IllegalStateException(refused.detail());
                    });
        }
        picture = decoded();
    }

    private Picture decoded() throws IOException {
        return decoder.decode(jpeg, header, orientation, FaceReader.reduceFor(header, DETECT_SIZE));
    }

    @TearDown
    public void close() {
        picture.close();
    }

    @Benchmark
    public int decode() throws IOException {
        try (Picture one = decoded()) {
            return one.width();
        }
    }

    @Benchmark
    public Object align() {
        return FaceCutter.aligned(picture, face);
    }
}
