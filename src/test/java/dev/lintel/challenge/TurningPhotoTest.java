package dev.lintel.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Movement;
import dev.lintel.testkit.ShippedModels;
import dev.lintel.vision.FaceReader;
import dev.lintel.vision.FrameView;
import dev.lintel.vision.SeenFace;
import dev.lintel.vision.VideoFrame;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Photos that are bent over the shape of a head and turned, seen by the shipped detector and landmarks. */
@Tag("slow")
class TurningPhotoTest {
    private static final List<String> PHOTOS = List.of("01-a", "02-a", "03-a", "05-a", "07-a", "09-a", "11-a", "13-a");
    private static FaceReader reader;

    @BeforeAll
    static void open() {
        reader = ShippedModels.reader();
    }

    @AfterAll
    static void close() {
        reader.close();
    }

    /** @param flat whether it stays a sheet that is turned */
    private record Turn(double yaw, double pitch, double scale, boolean flat) {}

    @Test
    void shouldSeeOfMostFacesWhichWayTheyTurn() throws Exception {
        int most = PHOTOS.size() - 2;
        assertThat(made(new Turn(28, 0, 1, false)).get(Movement.LEFT)).isGreaterThanOrEqualTo(most);
        assertThat(made(new Turn(-28, 0, 1, false)).get(Movement.RIGHT)).isGreaterThanOrEqualTo(most);
        assertThat(made(new Turn(0, 32, 1, false)).get(Movement.NOD)).isGreaterThanOrEqualTo(most);
        // A raised chin is seen, but a drawn one of 32 degrees only by half: it has to be raised clearly.
        assertThat(made(new Turn(0, -32, 1, false)).get(Movement.NOD)).isZero();
        assertThat(made(new Turn(0, 0, 1.25, false)).get(Movement.CLOSER)).isEqualTo(PHOTOS.size());
    }

    @Test
    void shouldSeeNoTurnInASheetThatIsTurned() throws Exception {
        for (double angle : new double[] {-35, 35}) {
            assertThat(made(new Turn(angle, 0, 1, true)).values()).containsOnly(0);
            assertThat(made(new Turn(0, angle, 1, true)).values()).containsOnly(0);
        }
    }

    /** Of how many photos each movement is seen as made. */
    private static Map<Movement, Integer> made(Turn turn) throws Exception {
        Map<Movement, Integer> made = new EnumMap<>(Movement.class);
        Map<Movement, List<String>> amounts = new EnumMap<>(Movement.class);
        for (String name : PHOTOS) {
            BufferedImage photo = ImageIO.read(new File("src/test/resources/faces/" + name + ".jpg"));
            HeadPose rest = HeadPose.of(0, look(photo).orElseThrow().landmarks());
            Optional<SeenFace> turned = look(bent(photo, rest, turn));
            for (Movement movement : Movement.values()) {
                double amount = turned.map(
                                seen -> new Amounts(rest, false).of(movement, HeadPose.of(1, seen.landmarks())))
                        .orElse(0.0);
                made.merge(movement, amount >= 1 ? 1 : 0, Integer::sum);
                amounts.computeIfAbsent(movement, m -> new ArrayList<>())
                        .add(String.format(Locale.ROOT, "%.2f", amount));
            }
        }
        System.out.println(turn + ": " + amounts);
        return made;
    }

    private static Optional<SeenFace> look(BufferedImage image) {
        ByteBuffer bgr = ByteBuffer.allocateDirect(3 * image.getWidth() * image.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                bgr.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
            }
        }
        bgr.flip();
        VideoFrame frame =
                new VideoFrame(bgr, image.getWidth(), image.getHeight(), 3 * image.getWidth(), FrameView.PLAIN);
        return reader.look(frame, 480).stream().findFirst();
    }

    /** For each pixel the one that comes to lie there, found by going back the way that it moves. */
    private static BufferedImage bent(BufferedImage photo, HeadPose head, Turn turn) {
        int width = photo.getWidth();
        int height = photo.getHeight();
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double[] to = new double[2];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sx = x;
                double sy = y;
                for (int i = 0; i < 8; i++) {
                    moved(sx, sy, head, turn, to);
                    sx += 0.7 * (x - to[0]);
                    sy += 0.7 * (y - to[1]);
                }
                int px = (int) Math.max(0, Math.min(width - 1, Math.round(sx)));
                int py = (int) Math.max(0, Math.min(height - 1, Math.round(sy)));
                out.setRGB(x, y, photo.getRGB(px, py));
            }
        }
        return out;
    }

    /** Where a point of the photo comes to lie. A head is half an ellipsoid with a nose, before an axis in the neck. */
    private static void moved(double x, double y, HeadPose head, Turn turn, double[] to) {
        double unit = head.size();
        double dx = (x - head.x()) / unit;
        double dy = (y - head.y()) / unit;
        double inside = 1 - (dx / 1.25) * (dx / 1.25) - (dy / 1.6) * (dy / 1.6);
        double depth = turn.flat() || inside <= 0 ? 0 : 1.05 * Math.sqrt(inside);
        depth += turn.flat() ? 0 : 0.32 * Math.exp(-(dx * dx / 0.05 + (dy - 0.05) * (dy - 0.05) / 0.09));
        double share = turn.flat() ? 1 : Math.max(0, Math.min(1, (inside + 0.5) / 0.5));
        double a = Math.toRadians(turn.yaw());
        double b = Math.toRadians(turn.pitch());
        double x1 = dx * Math.cos(a) + depth * Math.sin(a);
        double z1 = -dx * Math.sin(a) + depth * Math.cos(a);
        double y1 = dy * Math.cos(b) + z1 * Math.sin(b);
        to[0] = head.x() + unit * turn.scale() * (dx + share * (x1 - dx));
        to[1] = head.y() + unit * turn.scale() * (dy + share * (y1 - dy));
    }
}
