package dev.lintel.testkit;

import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.camera.CameraConfig;
import dev.lintel.config.Defaults;
import dev.lintel.config.LintelConfig;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.store.StoreConfig;
import dev.lintel.tls.TlsConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records of the configuration as the bundled file has them, but for what a test says. */
public final class Configs {
    private Configs() {}

    /** With the bundled defaults, but for these lines of YAML. */
    public static <T> T of(Class<T> type, String... yaml) {
        return Defaults.of(type, yaml);
    }

    /** Switched on, which it is not by default; else as the bundled file has it, but for these lines of YAML. */
    public static AttendanceConfig attendance(String... yaml) {
        return with(of(AttendanceConfig.class, yaml), Map.of("enabled", true));
    }

    /** Everything by default, but on any free port and with a database of its own. */
    public static LintelConfig box(Path database) {
        return of(LintelConfig.class).withGateway(gateway()).withStore(new StoreConfig(database, 0));
    }

    /** On any free port of the loopback address, without HTTPS unless they say so. */
    public static GatewayConfig gateway(String... yaml) {
        GatewayConfig config = of(GatewayConfig.class, yaml);
        TlsConfig tls = with(config.tls(), Map.of("enabled", false, "host", "127.0.0.1", "port", 0));
        return with(config, Map.of("port", 0, "tls", tls));
    }

    /** A camera with defaults but for its source and these lines of YAML. */
    public static CameraConfig camera(String id, String source, String... yaml) {
        String[] lines = new String[yaml.length + 2];
        System.arraycopy(yaml, 0, lines, 2, yaml.length);
        lines[0] = "id: " + quoted(id);
        lines[1] = "source: " + quoted(source);
        return of(CameraConfig.class, lines);
    }

    /** The same record with other values, by the names of its components. */
    public static <T extends Record> T with(T record, Map<String, ?> values) {
        Map<String, Object> left = new HashMap<>(values);
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] all = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                types[i] = components[i].getType();
                Object before = components[i].getAccessor().invoke(record);
                Object value = left.containsKey(name) ? left.remove(name) : before;
                all[i] = types[i] == Optional.class && !(value instanceof Optional<?>) ? Optional.of(value) : value;
            }
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("no such setting: " + left.keySet());
            }
            @SuppressWarnings("unchecked")
            T made = (T) record.getClass().getDeclaredConstructor(types).newInstance(all);
            return made;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException wrong ? wrong : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a text in YAML. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
