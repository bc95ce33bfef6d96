package dev.lintel.inference;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;

/** Runs a network once and holds its outputs against the manifest, so that a wrong graph never goes to work. */
final class ShapeCheck {
    private static final int[] STRIDES = {8, 16, 32};

    private ShapeCheck() {}

    static void run(Path file, ModelManifest manifest, Network network) {
        int side = 2 * lcm(manifest.input().multiple(), 32);
        int width = manifest.input().width() == 0 ? side : manifest.input().width();
        int height = manifest.input().height() == 0 ? side : manifest.input().height();
        Map<String, float[]> outputs;
        try {
            outputs = network.run(ByteBuffer.allocateDirect(width * height * 3), 1, height, width);
        } catch (RuntimeException e) {
            throw new ModelException(
                    file + ": cannot be run on a picture of " + width + "x" + height + " as the manifest promises: "
                            + ModelPack.firstLine(e),
                    e);
        }
        StringJoiner faults = new StringJoiner("; ");
        switch (manifest.task()) {
            case EMBEDDING ->
                expect(
                        faults,
                        outputs,
                        manifest.output().names().get(0),
                        manifest.output().dimension());
            case LIVENESS ->
                atLeast(
                        faults,
                        outputs,
                        manifest.output().names().get(0),
                        manifest.output().liveIndex() + 1);
            case LANDMARKS -> expect(faults, outputs, manifest.output().names().get(0), 10);
            case DETECTION -> {
                for (int stride : STRIDES) {
                    int cells = (width / stride) * (height / stride);
                    expect(faults, outputs, "cls_" + stride, cells);
                    expect(faults, outputs, "obj_" + stride, cells);
                    expect(faults, outputs, "bbox_" + stride, cells * 4);
                    expect(faults, outputs, "kps_" + stride, cells * 10);
                }
            }
        }
        if (faults.length() > 0) {
            throw new ModelException(file + ": the outputs do not fit a network for " + ModelPack.lower(manifest.task())
                    + ": " + faults + "; the manifest or the graph is of another model");
        }
    }

    private static void expect(StringJoiner faults, Map<String, float[]> outputs, String name, int length) {
        float[] values = outputs.get(name);
        if (values == null) {
            faults.add(name + " is not among output.names");
        } else if (values.length != length) {
            faults.add(name + " has " + values.length + " values instead of " + length);
        }
    }

    private static void atLeast(StringJoiner faults, Map<String, float[]> outputs, String name, int length) {
        if (outputs.get(name).length < length) {
            faults.add(name + " has " + outputs.get(name).length + " values, liveIndex needs " + length);
        }
    }

    private static int lcm(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int r = x % y;
            x = y;
            y = r;
        }
        return a / x * b;
    }
}
