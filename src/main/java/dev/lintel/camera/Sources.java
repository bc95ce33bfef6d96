package dev.lintel.camera;

import dev.lintel.vision.FrameView;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which source a configured camera has. */
final class Sources {
    private Sources() {}

    /** A source that was not opened yet. */
    static FrameSource of(CameraConfig camera) {
        SourceAddress address = camera.address();
        if (address.kind() == SourceAddress.Kind.PATH && Files.isDirectory(Path.of(camera.source()))) {
            return new FolderSource(Path.of(camera.source()), camera.fps(), camera.maxPixels(), view(camera));
        }
        if (address.kind() == SourceAddress.Kind.RPICAM) {
            return new RpicamSource(camera, view(camera));
        }
        if (address.kind() == SourceAddress.Kind.HTTP) {
            return new HttpSource(camera, view(camera));
        }
        return new FfmpegSource(camera, view(camera));
    }

    static FrameView view(CameraConfig camera) {
        RegionConfig region = camera.region();
        return new FrameView(
                camera.rotation(), camera.mirror(), region.left(), region.top(), region.right(), region.bottom());
    }
}
