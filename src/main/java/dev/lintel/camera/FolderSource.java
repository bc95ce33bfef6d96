package dev.lintel.camera;

import dev.lintel.face.EncodedImage;
import dev.lintel.vision.FrameView;
import dev.lintel.vision.StillDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The images of a folder in the order of their names, as if a camera had taken them. Confined to one thread. */
final class FolderSource implements FrameSource {
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "webp", "bmp");

    private final StillDecoder decoder;
    private final Path folder;
    private final long micros;
    private final FrameView view;
    private List<Path> images = List.of();
    private int next;

    /**
     * @param fps images a second
     * @param maxPixels of the largest image
     */
    FolderSource(Path folder, int fps, int maxPixels, FrameView view) {
        this.decoder = new StillDecoder(maxPixels);
        this.folder = folder;
        this.micros = 1_000_000L / fps;
        this.view = view;
    }

    @Override
    public void open() throws SourceException {
        try (Stream<Path> files = Files.list(folder)) {
            images = files.filter(FolderSource::image).sorted().toList();
        } catch (IOException e) {
            throw new SourceException("the folder cannot be read: check its path and who may read it");
        }
        next = 0;
        if (images.isEmpty()) {
            throw new SourceException("the folder holds no image (jpg, png, webp or bmp)");
        }
    }

    private static boolean image(Path file) {
        String name = file.getFileName().toString();
        return IMAGES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<Captured> next() throws SourceException {
        if (next >= images.size()) {
            return Optional.empty();
        }
        Path image = images.get(next);
        try {
            var frame = decoder.decode(new EncodedImage(Files.readAllBytes(image)), view);
            return Optional.of(new Captured(frame, micros * next++));
        } catch (IOException e) {
            throw new SourceException("the image " + image.getFileName() + " cannot be read: replace or remove it");
        }
    }

    @Override
    public void close() {
        images = List.of();
    }
}
