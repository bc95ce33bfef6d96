package dev.lintel.inference;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Image2BlobParams;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * An ONNX graph on OpenCV's DNN module, for public packs: float32 NCHW input, ordered and normalised here.
 * OpenCV's network keeps state between calls, so there is one for each thread that may run it. Batches run
 * image by image, because many public files fix their batch at one.
 */
final class OpenCvNetwork extends GuardedNetwork {
    private final BlockingQueue<Net> idle;
    private final ModelManifest.Input input;
    private final String[] outputs;

    private OpenCvNetwork(BlockingQueue<Net> nets, ModelManifest manifest) {
        super(manifest.input());
        this.idle = nets;
        this.input = manifest.input();
        this.outputs = manifest.output().names().toArray(String[]::new);
    }

    static OpenCvNetwork open(byte[] onnx, ModelManifest manifest, int threads) {
        Natives.loadOpenCv();
        BlockingQueue<Net> nets = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            Net net = opencv_dnn.readNetFromONNX(onnx);
            net.setPreferableBackend(opencv_dnn.DNN_BACKEND_OPENCV);
            net.setPreferableTarget(opencv_dnn.DNN_TARGET_CPU);
            nets.add(net);
        }
        return new OpenCvNetwork(nets, manifest);
    }

    @Override
    Map<String, float[]> runOpen(ByteBuffer rgb, int count, int height, int width) {
        Net net = takeIdle();
        try {
            Map<String, float[]> batch = new HashMap<>();
            for (int i = 0; i < count; i++) {
                forward(net, rgb.duplicate().clear(), i, count, height, width, batch);
            }
            return batch;
        } finally {
            idle.add(net);
        }
    }

    private Net takeIdle() {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an idle network", e);
        }
    }

    @SuppressWarnings("try") // the scope frees what is made inside it
    private void forward(
            Net net, ByteBuffer rgb, int index, int count, int height, int width, Map<String, float[]> batch) {
        try (PointerScope scope = new PointerScope()) {
            BytePointer first = new BytePointer(rgb).getPointer(3L * index * height * width);
            Mat image = new Mat(height, width, opencv_core.CV_8UC3, first);
            if (input.colour() == ModelManifest.Colour.BGR) {
                Mat bgr = new Mat();
                opencv_imgproc.cvtColor(image, bgr, opencv_imgproc.COLOR_RGB2BGR);
                image = bgr;
            }
            net.setInput(
                    opencv_dnn.blobFromImageWithParams(image, normalisation()),
                    input.name(),
                    1,
                    new Scalar(0, 0, 0, 0));
            MatVector results = new MatVector();
            net.forward(results, new StringVector(outputs));
            for (int i = 0; i < outputs.length; i++) {
                Mat result = results.get(i);
                int length = Math.toIntExact(result.total());
                float[] values = batch.computeIfAbsent(outputs[i], name -> new float[length * count]);
                result.<FloatBuffer>createBuffer().get(values, index * length, length);
            }
        }
    }

    private Image2BlobParams normalisation() {
        List<Double> mean = input.mean();
        List<Double> std = input.std();
        return new Image2BlobParams(new Scalar(1 / std.get(0), 1 / std.get(1), 1 / std.get(2), 1))
                .mean(new Scalar(mean.get(0), mean.get(1), mean.get(2), 0))
                .size(new Size())
                .swapRB(false)
                .ddepth(opencv_core.CV_32F);
    }

    @Override
    void free() {
        idle.forEach(Net::close);
        idle.clear();
    }
}
