package dev.lintel.embedding;

import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import dev.lintel.inference.Network;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligned faces to unit vectors. Thread-safe: one loaded network serves every thread. Owns the network. */
public final class FaceEmbedder implements AutoCloseable {
    private final Network network;
    private final String modelId;
    private final String output;
    private final int dimension;

    /**
     * @param output name of the network's output
     * @param dimension length of a vector
     */
    public FaceEmbedder(Network network, String modelId, String output, int dimension) {
        this.network = network;
        this.modelId = modelId;
        this.output = output;
        this.dimension = dimension;
    }

    /** @throws dev.lintel.inference.ModelException if the pack's network cannot be used */
    public static FaceEmbedder open(ModelPack pack) {
        ModelManifest manifest = pack.manifest();
        ModelManifest.Output output = manifest.output();
        return new FaceEmbedder(pack.open(), manifest.id(), output.names().get(0), output.dimension());
    }

    public String modelId() {
        return modelId;
    }

    /** Components of each vector. */
    public int dimension() {
        return dimension;
    }

    /** Embeds the faces as one batch, in their order; each is {@value FaceCrop#ALIGNED} pixels square. */
    public List<Embedding> embed(List<FaceCrop> faces) {
        if (faces.isEmpty()) {
            return List.of();
        }
        int side = FaceCrop.ALIGNED;
        ByteBuffer pixels = ByteBuffer.allocateDirect(faces.size() * side * side * 3);
        faces.forEach(face -> pixels.put(face.rgb()));
        float[] vectors = network.run(pixels.flip(), faces.size(), side, side).get(output);
        List<Embedding> embeddings = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            embeddings.add(new Embedding(modelId, Arrays.copyOfRange(vectors, i * dimension, (i + 1) * dimension)));
        }
        return embeddings;
    }

    @Override
    public void close() {
        network.close();
    }
}
