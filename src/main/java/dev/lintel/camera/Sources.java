package dev.lintel.camera;

import dev.lintel.vision.FrameView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Which source a configured camera has. */
final class Sources {
    private Sources() {}

    /** Sources of one camera, one after another, that know whether the one before could be opened. */
    static Supplier<FrameSource> again(CameraConfig camera) {
        AtomicBoolean failed = new AtomicBoolean();
        return () -> of(camera, failed);
    }

    /** A source that was not opened yet. */
    static FrameSource of(CameraConfig camera) {
        return of(camera, new AtomicBoolean());
    }

    private static FrameSource of(CameraConfig camera, AtomicBoolean failed) {
        SourceAddress address = camera.address();
        if (address.kind() == SourceAddress.Kind.PATH && Files.isDirectory(Path.of(camera.source()))) {
            return new FolderSource(Path.of(camera.source()), camera.fps(), view(camera));
        }
        if (address.kind() == SourceAddress.Kind.RPICAM) {
            return new RpicamSource(camera, view(camera));
        }
        return new FfmpegSource(camera, view(camera), failed);
    }

    static FrameView view(CameraConfig camera) {
        RegionConfig region = camera.region();
        return new FrameView(
                camera.rotation(), camera.mirror(), region.left(), region.top(), region.right(), region.bottom());
    }
}
