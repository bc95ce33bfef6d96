package dev.lintel.inference;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/**
 * A converted graph on TensorFlow Lite with its XNNPACK kernels: raw RGB bytes, one picture after the other. An interpreter
 * is planned for one size and one number of threads and serves one run at a time, so there are as many as runs at once, and those
 * that were used lately are kept: a camera's frames are planned once, not each.
 *
 * <p>A run that is alone in the process takes several cores, which halves its time on two. Beside another it takes one: threads that wait for
 * each other and for a core lose a third of the throughput ({@code docs/decisions.md}). The numbers are the same either way.
 */
final class LiteNetwork extends GuardedNetwork {
    /**
     * Idle interpreters kept of a network of one size, and one more for each run in the process: one for a run that is alone, others for
     * runs beside others. Each has its own copy of the weights.
     */
    private static final int KEPT = 1;

    /** Of one of free size: upright and turned, for cameras and photos. */
    private static final int KEPT_OF_FREE_SIZE = 7;

    /** Of the pictures that these take, and as many more for each run: one of 640x480. The detector needs 150 bytes for each pixel. */
    private static final int KEPT_PIXELS = 320_000;

    /** Of all networks together. */
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private final BytePointer bytes;
    private final FlatBufferModel model;
    private final BuiltinOpResolverWithXNNPACK kernels;
    private final int threads;
    private final int kept;
    private final List<String> outputs;
    private final boolean bgr;
    /** The one that was used last comes first. */
    private final Deque<Planned> idle = new ArrayDeque<>();

    /** An interpreter for one size of picture and so many threads, and which of its outputs has which name. */
    private record Planned(Interpreter interpreter, int threads, int height, int width, Map<String, Integer> places) {}

    private LiteNetwork(byte[] graph, ModelManifest manifest, int threads) {
        super(manifest.input());
        this.threads = threads;
        this.kept = manifest.input().width() > 0 ? KEPT : KEPT_OF_FREE_SIZE;
        this.outputs = manifest.output().names();
        this.bgr = manifest.input().colour() == ModelManifest.Colour.BGR;
        this.bytes = new BytePointer(graph);
        this.model = FlatBufferModel.VerifyAndBuildFromBuffer(bytes, graph.length);
        this.kernels = new BuiltinOpResolverWithXNNPACK(true);
    }

    static LiteNetwork open(byte[] graph, ModelManifest manifest, int threads) {
        Natives.prepareJavaCpp();
        LiteNetwork network = new LiteNetwork(graph, manifest, threads);
        if (network.model == null || network.model.isNull()) {
            network.free();
            throw new IllegalArgumentException("the file is no TensorFlow Lite graph");
        }
        return network;
    }

    @Override
    Map<String, float[]> runOpen(ByteBuffer rgb, int count, int height, int width) {
        int wanted = RUNNING.incrementAndGet() == 1 ? threads : 1;
        try {
            return runOn(wanted, rgb, count, height, width);
        } finally {
            RUNNING.decrementAndGet();
        }
    }

    private Map<String, float[]> runOn(int wanted, ByteBuffer rgb, int count, int height, int width) {
        Planned planned = take(wanted, height, width);
        try {
            Map<String, float[]> batch = new HashMap<>();
            for (int i = 0; i < count; i++) {
                forward(planned, rgb, i, count, batch);
            }
            return batch;
        } finally {
            giveBack(planned);
        }
    }

    /** An idle interpreter that suits, else a new one. */
    private Planned take(int wanted, int height, int width) {
        synchronized (idle) {
            for (Iterator<Planned> each = idle.iterator(); each.hasNext(); ) {
                Planned planned = each.next();
                if (planned.threads == wanted && planned.height == height && planned.width == width) {
                    each.remove();
                    return planned;
                }
            }
        }
        return plan(wanted, height, width);
    }

    private void giveBack(Planned planned) {
        List<Planned> over = new ArrayList<>();
        int running = RUNNING.get();
        synchronized (idle) {
            idle.addFirst(planned);
            while (idle.size() > kept + running || pixels() > KEPT_PIXELS * (1 + running)) {
                over.add(idle.removeLast());
            }
        }
        over.forEach(one -> one.interpreter.close());
    }

    private int pixels() {
        return idle.stream().mapToInt(one -> one.height * one.width).sum();
    }

    private Planned plan(int wanted, int height, int width) {
        Interpreter interpreter = new Interpreter((Pointer) null);
        try (InterpreterBuilder builder = new InterpreterBuilder(model, kernels)) {
            builder.SetNumThreads(wanted);
            succeed(builder.apply(interpreter), "be opened");
            int input = interpreter.inputs().get(0);
            succeed(interpreter.ResizeInputTensor(input, new int[] {1, height, width, 3}), "take this size");
            succeed(interpreter.AllocateTensors(), "be planned for this size");
            TfLiteTensor picture = interpreter.input_tensor(0);
            if (picture.type() != tensorflowlite.kTfLiteUInt8 || picture.bytes() != 3L * height * width) {
                throw new IllegalArgumentException("the input must take raw pixels, uint8");
            }
            return new Planned(interpreter, wanted, height, width, places(interpreter));
        } catch (RuntimeException e) {
            interpreter.close();
            throw e;
        }
    }

    /** Which of the interpreter's outputs has which name. */
    private Map<String, Integer> places(Interpreter interpreter) {
        Map<String, Integer> places = new HashMap<>();
        long count = interpreter.outputs().limit();
        for (int i = 0; i < count; i++) {
            places.put(interpreter.GetOutputName(i).getString(), i);
        }
        for (String name : outputs) {
            if (!places.containsKey(name)) {
                throw new IllegalArgumentException("there is no output " + name + ", there are " + places.keySet());
            }
            if (interpreter.output_tensor(places.get(name)).type() != tensorflowlite.kTfLiteFloat32) {
                throw new IllegalArgumentException("output " + name + " must be float32");
            }
        }
        return places;
    }

    private void forward(Planned planned, ByteBuffer rgb, int index, int count, Map<String, float[]> batch) {
        int size = planned.height * planned.width * 3;
        Interpreter interpreter = planned.interpreter;
        BytePointer picture = interpreter.input_tensor(0).data().raw();
        fill(
                picture.capacity(size).asByteBuffer(),
                rgb.duplicate().clear().position(index * size).limit(index * size + size));
        succeed(interpreter.Invoke(), "be run");
        for (String name : outputs) {
            TfLiteTensor tensor = interpreter.output_tensor(planned.places.get(name));
            int length = Math.toIntExact(tensor.bytes() / Float.BYTES);
            float[] values = batch.computeIfAbsent(name, key -> new float[length * count]);
            tensor.data().f().capacity(length).get(values, index * length, length);
        }
    }

    private void fill(ByteBuffer picture, ByteBuffer rgb) {
        if (!bgr) {
            picture.put(rgb);
            return;
        }
        byte[] swapped = new byte[rgb.remaining()];
        rgb.get(swapped);
        for (int i = 0; i < swapped.length; i += 3) {
            byte red = swapped[i];
            swapped[i] = swapped[i + 2];
            swapped[i + 2] = red;
        }
        picture.put(swapped);
    }

    private static void succeed(int status, String what) {
        if (status != tensorflowlite.kTfLiteOk) {
            throw new IllegalArgumentException("the graph cannot " + what);
        }
    }

    @Override
    void free() {
        idle.forEach(planned -> planned.interpreter.close());
        idle.clear();
        kernels.close();
        if (model != null) {
            model.close();
        }
        bytes.close();
    }
}
