package dev.lintel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.face.Embedding;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class NetworkTest {
    private static final Path EMBEDDER = Path.of("models/lintel-embed");
    private static final int SIDE = 112;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldAgreeWithTheTrainersGoldenVectors(Engine engine) throws Exception {
        JsonNode golden = new ObjectMapper().readTree(new File("src/test/resources/golden/embedder.json"));
        ModelPack pack = ModelPack.load(EMBEDDER, engine);
        assertThat(pack.manifest().id())
                .as("the golden vectors belong to the shipped pack")
                .isEqualTo(golden.get("id").asText());
        try (Network network = pack.open(1)) {
            for (JsonNode face : golden.get("faces")) {
                ByteBuffer pixels = rgb(face.get("file").asText());

                float[] raw = network.run(pixels, 1, SIDE, SIDE).get("embedding");

                float[] unit = new Embedding("m", raw).vector();
                for (int i = 0; i < unit.length; i++) {
                    assertThat((double) unit[i])
                            .isCloseTo(
                                    face.get("embedding").get(i).asDouble(),
                                    org.assertj.core.data.Offset.offset(
                                            golden.get("tolerance").asDouble()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayOfAPictureWhatTheExportedDetectorSays(Engine engine) throws Exception {
        JsonNode golden = new ObjectMapper().readTree(new File("src/test/resources/golden/detector.json"));
        ModelPack pack = ModelPack.load(Path.of("models/lintel-detect"), engine);
        assertThat(pack.manifest().id())
                .as("the golden outputs belong to the shipped pack")
                .isEqualTo(golden.get("id").asText());
        BufferedImage image = ImageIO.read(
                Path.of("src/test/resources/golden", golden.get("file").asText())
                        .toFile());
        ByteBuffer rgb = ByteBuffer.allocateDirect(image.getWidth() * image.getHeight() * 3);
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            int p = image.getRGB(i % image.getWidth(), i / image.getWidth());
            rgb.put((byte) (p >> 16)).put((byte) (p >> 8)).put((byte) p);
        }
        try (Network network = pack.open(1)) {
            Map<String, float[]> outputs = network.run(rgb.flip(), 1, image.getHeight(), image.getWidth());

            assertThat(outputs.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            pack.manifest().output().names());
            outputs.forEach((name, values) -> {
                JsonNode wanted = golden.get("outputs").get(name);
                assertThat(values).as(name).hasSize(wanted.size());
                for (int i = 0; i < values.length; i++) {
                    assertThat((double) values[i])
                            .as("%s[%d]", name, i)
                            .isCloseTo(
                                    wanted.get(i).asDouble(),
                                    org.assertj.core.data.Offset.offset(
                                            golden.get("tolerance").asDouble()));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayOfTwoPicturesWhatTheTrainersLivenessNetworkSays(Engine engine) throws Exception {
        JsonNode golden = new ObjectMapper().readTree(new File("src/test/resources/golden/liveness.json"));
        ModelPack pack = ModelPack.load(Path.of("models/lintel-live"), engine);
        assertThat(pack.manifest().id())
                .as("the golden probabilities belong to the shipped pack")
                .isEqualTo(golden.get("id").asText());
        int side = pack.manifest().input().width();
        BufferedImage image = ImageIO.read(
                Path.of("src/test/resources/golden", golden.get("file").asText())
                        .toFile());
        try (Network network = pack.open(1)) {
            for (int i = 0; i < golden.get("left").size(); i++) {
                ByteBuffer rgb = ByteBuffer.allocateDirect(side * side * 3);
                ByteBuffer bgr = ByteBuffer.allocateDirect(side * side * 3);
                for (int k = 0; k < side * side; k++) {
                    int p = image.getRGB(golden.get("left").get(i).asInt() + k % side, k / side);
                    rgb.put((byte) (p >> 16)).put((byte) (p >> 8)).put((byte) p);
                    bgr.put((byte) p).put((byte) (p >> 8)).put((byte) (p >> 16));
                }

                assertLive(network, side, rgb.flip(), golden, "live", i);
                assertLive(network, side, bgr.flip(), golden, "liveOfBgr", i);
            }
        }
    }

    private static void assertLive(
            Network network, int side, ByteBuffer pixels, JsonNode golden, String name, int index) {
        assertThat((double) network.run(pixels, 1, side, side).get("live")[0])
                .as("%s %d", name, index)
                .isCloseTo(
                        golden.get(name).get(index).asDouble(),
                        org.assertj.core.data.Offset.offset(
                                golden.get("tolerance").asDouble()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveEachImageOfABatchWhatItGetsAlone(Engine engine) throws Exception {
        ModelPack pack = ModelPack.load(EMBEDDER, engine);
        try (Network network = pack.open(1)) {
            assertBatchEqualsSingles(
                    network, "embedding", pack.manifest().output().dimension());
        }
    }

    /** How many cores are free must not decide who is let in. On x86-64 nothing differs, on ARM the seventh digit. */
    @ParameterizedTest
    @ValueSource(strings = {"embed", "landmarks", "live", "detect"})
    void shouldSayTheSameOnOneCoreAndOnSeveral(String name) {
        ModelPack pack = ModelPack.load(Path.of("models/lintel-" + name), Engine.LITE);
        int fixed = pack.manifest().input().width();
        int side = fixed > 0 ? fixed : 96;
        ByteBuffer picture = noise(side * side * 3);
        try (Network one = pack.open(1);
                Network several = pack.open(4)) {
            Map<String, float[]> wanted = one.run(picture, 1, side, side);

            assertThat(several.run(picture, 1, side, side))
                    .containsOnlyKeys(wanted.keySet())
                    .allSatisfy(
                            (output, values) -> assertThat(values).containsExactly(wanted.get(output), within(1e-5f)));
        }
    }

    /** The cameras' and the photos' sizes in turn, more of them than are kept planned. */
    @Test
    void shouldSayTheSameOfAPictureOnBothEngines() throws Exception {
        Path detector = Path.of("models/lintel-detect");
        try (Network one = ModelPack.load(detector, Engine.TENSORFLOW).open(1);
                Network other = ModelPack.load(detector, Engine.LITE).open(1)) {
            for (int turn = 0; turn < 2; turn++) {
                for (int side = 64; side <= 320; side += 32) {
                    ByteBuffer picture = noise(side * 96 * 3);
                    Map<String, float[]> wanted = one.run(picture, 1, 96, side);

                    Map<String, float[]> got = other.run(picture, 1, 96, side);

                    assertThat(got.keySet()).isEqualTo(wanted.keySet());
                    wanted.forEach((name, values) -> assertThat(got.get(name))
                            .as(name)
                            .usingComparatorWithPrecision(1e-3f)
                            .containsExactly(values));
                }
            }
        }
    }

    private static ByteBuffer noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteBuffer.allocateDirect(size).put(bytes).flip();
    }

    @Test
    void shouldRunABatchOnANetworkWithAFixedBatchOfOne() throws Exception {
        Path onnx = PackFolder.PUBLIC.resolve("MobileFaceNet.onnx");
        assumeThat(onnx).as("public networks beside the project").exists();
        try (Network network = ModelPack.load(PackFolder.write(folder, onnx, PackFolder.mobileFaceNet()), Engine.LITE)
                .open(2)) {
            assertBatchEqualsSingles(network, "output0", 128);
        }
    }

    @Test
    void shouldSeparatePeopleWithAPublicOnnxNetwork() throws Exception {
        Path onnx = PackFolder.PUBLIC.resolve("MobileFaceNet.onnx");
        assumeThat(onnx).as("public networks beside the project").exists();
        try (Network network = ModelPack.load(PackFolder.write(folder, onnx, PackFolder.mobileFaceNet()), Engine.LITE)
                .open(1)) {
            Embedding first = new Embedding(
                    "m", network.run(rgb("face-01-a.png"), 1, SIDE, SIDE).get("output0"));
            Embedding other = new Embedding(
                    "m", network.run(rgb("face-02-a.png"), 1, SIDE, SIDE).get("output0"));
            Embedding mirrored = new Embedding(
                    "m",
                    network.run(mirror(rgb("face-01-a.png")), 1, SIDE, SIDE).get("output0"));

            assertThat(first.similarity(mirrored)).isGreaterThan(0.8f);
            assertThat(first.similarity(other)).isLessThan(0.4f);
        }
    }

    @Test
    void shouldTakeAnyMultipleOf32WithAPublicDetector() throws Exception {
        assumeThat(PackFolder.PUBLIC.resolve("yunet_n_640_640.onnx"))
                .as("public networks beside the project")
                .exists();
        try (Network network =
                ModelPack.load(PackFolder.yunet(folder), Engine.LITE).open(1)) {
            for (int[] size : new int[][] {{640, 480}, {96, 64}, {480, 640}}) {
                Map<String, float[]> out =
                        network.run(ByteBuffer.allocateDirect(size[0] * size[1] * 3), 1, size[1], size[0]);

                assertThat(out.get("kps_16")).hasSize(size[0] / 16 * (size[1] / 16) * 10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseABufferThatIsTooSmallOrOnTheHeap(Engine engine) {
        try (Network network = ModelPack.load(EMBEDDER, engine).open(1)) {
            assertThatThrownBy(() -> network.run(ByteBuffer.allocateDirect(100), 1, SIDE, SIDE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> network.run(ByteBuffer.allocate(SIDE * SIDE * 3), 1, SIDE, SIDE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveBeingClosedUnderManyRuns(Engine engine) throws Exception {
        Network network = ModelPack.load(EMBEDDER, engine).open(2);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        CountDownLatch running = new CountDownLatch(4);
        List<Future<Integer>> runs = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            runs.add(pool.submit((Callable<Integer>) () -> {
                ByteBuffer pixels = ByteBuffer.allocateDirect(SIDE * SIDE * 3);
                int done = 0;
                try {
                    while (true) {
                        assertThat(network.run(pixels, 1, SIDE, SIDE).get("embedding"))
                                .isNotEmpty();
                        done++;
                        running.countDown();
                    }
                } catch (IllegalStateException closed) {
                    return done;
                }
            }));
        }
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

        network.close();
        network.close();

        for (Future<Integer> run : runs) {
            assertThat(run.get(30, TimeUnit.SECONDS)).isPositive();
        }
        pool.shutdown();
    }

    private static void assertBatchEqualsSingles(Network network, String output, int dimension) throws Exception {
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * SIDE * SIDE * 3);
        batch.put(rgb("face-01-a.png")).put(rgb("face-02-a.png"));

        float[] both = network.run(batch, 2, SIDE, SIDE).get(output);

        assertThat(both).hasSize(2 * dimension);
        float[] second = network.run(rgb("face-02-a.png"), 1, SIDE, SIDE).get(output);
        assertThat(Arrays.copyOfRange(both, dimension, 2 * dimension))
                .usingComparatorWithPrecision(1e-3f)
                .containsExactly(second);
    }

    private static ByteBuffer rgb(String name) throws Exception {
        BufferedImage image =
                ImageIO.read(Path.of("src/test/resources/golden", name).toFile());
        ByteBuffer pixels = ByteBuffer.allocateDirect(SIDE * SIDE * 3);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int p = image.getRGB(x, y);
                pixels.put((byte) (p >> 16)).put((byte) (p >> 8)).put((byte) p);
            }
        }
        return pixels.flip();
    }

    private static ByteBuffer mirror(ByteBuffer pixels) {
        ByteBuffer mirrored = ByteBuffer.allocateDirect(pixels.capacity());
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                for (int c = 0; c < 3; c++) {
                    mirrored.put(pixels.get((y * SIDE + SIDE - 1 - x) * 3 + c));
                }
            }
        }
        return mirrored.flip();
    }
}
