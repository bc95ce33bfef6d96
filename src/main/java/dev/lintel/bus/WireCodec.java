package dev.lintel.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * The one codec of all messages. Inside the JVM it passes the same instance on; for a clustered bus it
 * encodes by Java serialisation, which runs a record's constructor (and so its checks) on the way in, behind
 * a filter that admits Lintel's own types and the JDK's values and collections only.
 */
final class WireCodec implements MessageCodec<Serializable, Serializable> {
    static final String NAME = "lintel";

    private static final ObjectInputFilter OWN_TYPES = ObjectInputFilter.Config.createFilter(
            "maxdepth=20;maxrefs=5000000;dev.lintel.access.*;dev.lintel.accounts.*;dev.lintel.face.*;dev.lintel.messages.*;java.lang.*;java.util.*;java.time.*;!*");

    @Override
    public void encodeToWire(Buffer buffer, Serializable message) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.appendInt(bytes.size()).appendBytes(bytes.toByteArray());
    }

    @Override
    public Serializable decodeFromWire(int position, Buffer buffer) {
        int start = position + Integer.BYTES;
        byte[] bytes = buffer.getBytes(start, start + buffer.getInt(position));
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(OWN_TYPES);
            return (Serializable) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the sender runs another version of Lintel", e);
        }
    }

    @Override
    public Serializable transform(Serializable message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
