package dev.lintel.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** A frozen TensorFlow graph that takes raw RGB bytes, batch first. One session serves every thread. */
final class TensorFlowNetwork extends GuardedNetwork {
  private final Graph graph;
  private final Session session;
  private final String input;
  private final List<String> outputs;
  private final boolean swap;

  private TensorFlowNetwork(Graph graph, Session session, ModelManifest manifest) {
    super(manifest.input());
    this.graph = graph;
    this.session = session;
    this.input = manifest.input().name();
    this.outputs = manifest.output().names();
    this.swap = manifest.input().colour() == ModelManifest.Colour.BGR;
  }

  static TensorFlowNetwork open(Path file, ModelManifest manifest, int threads) throws IOException {
    Graph graph = new Graph();
    try {
      graph.importGraphDef(GraphDef.parseFrom(Files.readAllBytes(file)));
      for (String output : manifest.output().names()) {
        graph.operationOrThrow(output);
      }
      // The pool in front of the network is the parallelism: one run keeps to its own few threads.
      ConfigProto config =
          ConfigProto.newBuilder()
              .setIntraOpParallelismThreads(threads)
              .setInterOpParallelismThreads(1)
              .build();
      return new TensorFlowNetwork(graph, new Session(graph, config), manifest);
    } catch (RuntimeException | IOException e) {
      graph.close();
      throw e;
    }
  }

  @Override
  Map<String, float[]> runOpen(ByteBuffer rgb, int count, int height, int width) {
    int bytes = count * height * width * 3;
    try (TUint8 image =
        TUint8.tensorOf(Shape.of(count, height, width, 3), tensor -> fill(tensor.asRawTensor().data(), rgb, bytes))) {
      Session.Runner runner = session.runner().feed(input, image);
      outputs.forEach(runner::fetch);
      try (Result result = runner.run()) {
        Map<String, float[]> values = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
          TFloat32 tensor = (TFloat32) result.get(i);
          float[] copy = new float[(int) tensor.size()];
          tensor.asRawTensor().data().asFloats().read(copy);
          values.put(outputs.get(i), copy);
        }
        return values;
      }
    }
  }

  private void fill(ByteDataBuffer tensor, ByteBuffer rgb, int bytes) {
    ByteBuffer pixels = rgb.duplicate().clear().limit(bytes);
    if (!swap) {
      DataBuffers.of(pixels).copyTo(tensor, bytes);
      return;
    }
    byte[] turned = new byte[bytes];
    pixels.get(turned);
    for (int i = 0; i < bytes; i += 3) {
      byte red = turned[i];
      turned[i] = turned[i + 2];
      turned[i + 2] = red;
    }
    tensor.write(turned);
  }

  @Override
  void free() {
    session.close();
    graph.close();
  }
}
