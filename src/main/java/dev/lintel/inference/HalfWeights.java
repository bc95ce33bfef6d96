package dev.lintel.inference;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Weights that a graph stores as half floats become floats when it is opened, once. TensorFlow folds no constant that grows by
 * it, and would convert the large ones at every run.
 */
final class HalfWeights {
    private HalfWeights() {}

    /** The same graph, in which each conversion of a constant is a constant. */
    static GraphDef asFloats(GraphDef stored) {
        Map<String, NodeDef> halves = stored.getNodeList().stream()
                .filter(HalfWeights::isStoredHalf)
                .collect(Collectors.toMap(NodeDef::getName, Function.identity()));
        GraphDef.Builder graph = stored.toBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeDef node = graph.getNode(i);
            if (node.getOp().equals("Cast")
                    && halves.containsKey(node.getInput(0))
                    && node.getAttrOrThrow("DstT").getType() == DataType.DT_FLOAT) {
                graph.setNode(i, constant(node.getName(), halves.get(node.getInput(0))));
            }
        }
        return graph.build();
    }

    private static boolean isStoredHalf(NodeDef node) {
        return node.getOp().equals("Const")
                && node.getAttrOrThrow("dtype").getType() == DataType.DT_HALF
                && !node.getAttrOrThrow("value").getTensor().getTensorContent().isEmpty();
    }

    private static NodeDef constant(String name, NodeDef half) {
        TensorProto stored = half.getAttrOrThrow("value").getTensor();
        ByteBuffer from = stored.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(2 * from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            to.putFloat(single(from.getShort()));
        }
        TensorProto floats = TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(stored.getTensorShape())
                .setTensorContent(ByteString.copyFrom(to.flip()))
                .build();
        return NodeDef.newBuilder()
                .setName(name)
                .setOp("Const")
                .putAttr(
                        "dtype",
                        AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
                .putAttr("value", AttrValue.newBuilder().setTensor(floats).build())
                .build();
    }

    /** IEEE 754 half to single precision, exactly. */
    static float single(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float small = fraction * 0x1p-24f;
            return sign == 0 ? small : -small;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
