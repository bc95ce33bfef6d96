package dev.lintel.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TUint8;

/** A frozen TensorFlow graph that takes raw RGB bytes, batch first. One session serves every thread. */
final class TensorFlowNetwork extends GuardedNetwork {
    private final Graph graph;
    private final Session session;
    private final String input;
    private final List<String> outputs;
    private final boolean bgr;

    private TensorFlowNetwork(Graph graph, Session session, ModelManifest manifest) {
        super(manifest.input());
        this.graph = graph;
        this.session = session;
        this.input = manifest.input().name();
        this.outputs = manifest.output().names();
        this.bgr = manifest.input().colour() == ModelManifest.Colour.BGR;
    }

    static TensorFlowNetwork open(byte[] graphDef, ModelManifest manifest, int threads) throws IOException {
        Natives.prepareJavaCpp();
        Graph graph = new Graph();
        try {
            graph.importGraphDef(HalfWeights.asFloats(GraphDef.parseFrom(graphDef)));
            check(graph, manifest);
            return new TensorFlowNetwork(graph, new Session(graph, options(threads)), manifest);
        } catch (RuntimeException | IOException e) {
            graph.close();
            throw e;
        }
    }

    /**
     * The pool in front of the network is the parallelism: a run stays on its caller's thread (-1), helped by the
     * session's own few threads (without them the first session of the process would set the number for all).
     */
    private static ConfigProto options(int threads) {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(-1)
                .setUsePerSessionThreads(true)
                .build();
    }

    private static void check(Graph graph, ModelManifest manifest) {
        DataType type =
                graph.operationOrThrow(manifest.input().name()).output(0).dataType();
        if (type != DataType.DT_UINT8) {
            throw new IllegalArgumentException("the input is " + type + ", but must take raw pixels, DT_UINT8");
        }
        for (String name : manifest.output().names()) {
            DataType output = graph.operationOrThrow(name).output(0).dataType();
            if (output != DataType.DT_FLOAT) {
                throw new IllegalArgumentException("output " + name + " is " + output + ", but must be DT_FLOAT");
            }
        }
    }

    @Override
    Map<String, float[]> runOpen(ByteBuffer rgb, int count, int height, int width) {
        int bytes = count * height * width * 3;
        try (TUint8 image = TUint8.tensorOf(
                Shape.of(count, height, width, 3),
                tensor -> fill(rgb, bytes, tensor.asRawTensor().data()))) {
            Session.Runner runner = session.runner().feed(input, image);
            outputs.forEach(runner::fetch);
            try (Result result = runner.run()) {
                Map<String, float[]> values = new HashMap<>();
                for (int i = 0; i < outputs.size(); i++) {
                    Tensor tensor = result.get(i);
                    float[] copy = new float[(int) tensor.shape().size()];
                    tensor.asRawTensor().data().asFloats().read(copy);
                    values.put(outputs.get(i), copy);
                }
                return values;
            }
        }
    }

    /** One copy, from the caller's native memory to TensorFlow's. */
    private void fill(ByteBuffer rgb, int bytes, ByteDataBuffer tensor) {
        ByteBuffer pixels = rgb.duplicate().clear().limit(bytes);
        if (!bgr) {
            DataBuffers.of(pixels).copyTo(tensor, bytes);
            return;
        }
        byte[] swapped = new byte[bytes];
        pixels.get(swapped);
        for (int i = 0; i < bytes; i += 3) {
            byte red = swapped[i];
            swapped[i] = swapped[i + 2];
            swapped[i + 2] = red;
        }
        tensor.write(swapped);
    }

    @Override
    void free() {
        session.close();
        graph.close();
    }
}
