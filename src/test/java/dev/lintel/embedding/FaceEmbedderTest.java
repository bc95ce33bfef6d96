package dev.lintel.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.inference.Network;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FaceEmbedderTest {
    private static final int BYTES = FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3;

    private static FaceCrop crop(int first, int second) {
        byte[] rgb = new byte[BYTES];
        rgb[0] = (byte) first;
        rgb[1] = (byte) second;
        return new FaceCrop(FaceCrop.ALIGNED, rgb);
    }

    @Test
    void shouldEmbedABatchInItsOrder() {
        try (var embedder = new FaceEmbedder(new FirstBytes(), "m", "embedding", 2)) {
            List<Embedding> embeddings = embedder.embed(List.of(crop(3, 4), crop(4, 3)));

            assertThat(embeddings)
                    .containsExactly(new Embedding("m", new float[] {3, 4}), new Embedding("m", new float[] {4, 3}));
        }
    }

    @Test
    void shouldNotRunTheNetworkForNobody() {
        try (var embedder = new FaceEmbedder(new FirstBytes(), "m", "embedding", 2)) {
            assertThat(embedder.embed(List.of())).isEmpty();
        }
    }

    /** Its vector is the first two bytes of each image. */
    private static final class FirstBytes implements Network {
        @Override
        public Map<String, float[]> run(ByteBuffer rgb, int count, int height, int width) {
            assertThat(rgb.remaining()).isEqualTo(count * BYTES);
            float[] out = new float[count * 2];
            for (int i = 0; i < count; i++) {
                out[2 * i] = rgb.get(i * BYTES);
                out[2 * i + 1] = rgb.get(i * BYTES + 1);
            }
            return Map.of("embedding", out);
        }

        @Override
        public void close() {}
    }
}
