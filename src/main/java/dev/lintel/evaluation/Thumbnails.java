package dev.lintel.evaluation;

import dev.lintel.evaluation.report.Worst;
import dev.lintel.face.FaceCrop;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;

/** Images as the report shows them: the file's name, and the face only if that was asked for. Not thread-safe. */
final class Thumbnails {
    private final List<Path> roots;
    private final Function<Path, Optional<FaceCrop>> crops;
    private final Map<Path, Optional<String>> made = new HashMap<>();

    /**
     * @param roots the evaluated folders; names are shown relative to the one that holds the file
     * @param crops finds the face in a file; answers nothing where no pictures are wanted
     */
    Thumbnails(List<Path> roots, Function<Path, Optional<FaceCrop>> crops) {
        this.roots = roots;
        this.crops = crops;
    }

    static Thumbnails none(Path... roots) {
        return new Thumbnails(List.of(roots), file -> Optional.empty());
    }

    Worst.Image image(Path file) {
        return new Worst.Image(
                name(file), made.computeIfAbsent(file, f -> crops.apply(f).map(Thumbnails::jpeg)));
    }

    private String name(Path file) {
        return roots.stream()
                .filter(file::startsWith)
                .findFirst()
                .map(root -> root.relativize(file))
                .orElse(file)
                .toString();
    }

    private static String jpeg(FaceCrop crop) {
        BufferedImage image = new BufferedImage(crop.side(), crop.side(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = crop.rgb();
        for (int i = 0; i < crop.side() * crop.side(); i++) {
            int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
            image.setRGB(i % crop.side(), i / crop.side(), pixel);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
