package dev.lintel.inference;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * An ONNX graph on OpenCV's DNN module, for public packs: float32 NCHW input, normalised here. OpenCV's
 * network keeps state between calls, so runs take turns.
 */
final class OpenCvNetwork extends GuardedNetwork {
  private final Net net;
  private final ModelManifest.Input input;
  private final List<String> outputs;

  private OpenCvNetwork(Net net, ModelManifest manifest) {
    super(manifest.input());
    this.net = net;
    this.input = manifest.input();
    this.outputs = manifest.output().names();
  }

  static OpenCvNetwork open(Path file, ModelManifest manifest, int threads) {
    Net net = opencv_dnn.readNetFromONNX(file.toString());
    net.setPreferableBackend(opencv_dnn.DNN_BACKEND_OPENCV);
    net.setPreferableTarget(opencv_dnn.DNN_TARGET_CPU);
    opencv_core.setNumThreads(threads);
    return new OpenCvNetwork(net, manifest);
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made inside it
  synchronized Map<String, float[]> runOpen(ByteBuffer rgb, int count, int height, int width) {
    float[] planes = normalise(rgb, count, height, width);
    Map<String, float[]> values = new HashMap<>();
    try (PointerScope scope = new PointerScope()) {
      Mat blob = new Mat(new int[] {count, 3, height, width}, opencv_core.CV_32F);
      new FloatPointer(blob.data()).put(planes, 0, planes.length);
      net.setInput(blob, input.name(), 1, null);
      MatVector results = new MatVector();
      net.forward(results, new StringVector(outputs.toArray(String[]::new)));
      for (int i = 0; i < outputs.size(); i++) {
        Mat result = results.get(i);
        float[] copy = new float[(int) result.total() * result.channels()];
        new FloatPointer(result.data()).get(copy, 0, copy.length);
        values.put(outputs.get(i), copy);
      }
    }
    return values;
  }

  /** Interleaved bytes to planes of {@code (x - mean) / std} in the network's colour order. */
  private float[] normalise(ByteBuffer rgb, int count, int height, int width) {
    int plane = height * width;
    float[] out = new float[count * 3 * plane];
    for (int c = 0; c < 3; c++) {
      int channel = input.colour() == ModelManifest.Colour.RGB ? c : 2 - c;
      float mean = input.mean().get(c).floatValue();
      float scale = (float) (1 / input.std().get(c));
      for (int n = 0; n < count; n++) {
        int from = n * plane * 3 + channel;
        int to = (n * 3 + c) * plane;
        for (int i = 0; i < plane; i++, from += 3) {
          out[to + i] = ((rgb.get(from) & 0xff) - mean) * scale;
        }
      }
    }
    return out;
  }

  @Override
  void free() {
    net.close();
  }
}
