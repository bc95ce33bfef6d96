package dev.lintel.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lintel.accounts.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The OpenAPI document: served as it is, and the source of the routes. Immutable. */
public final class Contract {
    private static final String FILE = "openapi.yaml";
    private static final String ROLE = "x-lintel-role";
    private static final String ACT = "x-lintel-act";
    private static final String NOTE = "x-lintel-note";
    private static final String OWN_BODY = "x-lintel-own-body";

    private final Buffer document;
    private final OpenAPIContract routes;

    private Contract(Buffer document, OpenAPIContract routes) {
        this.document = document;
        this.routes = routes;
    }

    /** Reads it and holds it against the rules of OpenAPI, beside the event loop. Takes a while. */
    public static Future<Contract> load(Vertx vertx) {
        return vertx.executeBlocking(Contract::read)
                .compose(document -> OpenAPIContract.from(vertx, forRouting(document.copy()))
                        .map(routes -> new Contract(document.toBuffer(), routes)));
    }

    /** The document as JSON, for clients. */
    Buffer document() {
        return document;
    }

    OpenAPIContract routes() {
        return routes;
    }

    /** The roles of which an operation needs one; empty if it is open to everybody. */
    static Optional<Set<Role>> roles(Operation operation) {
        Object roles = operation.getOpenAPIModel().getValue(ROLE);
        if (roles == null) {
            throw new IllegalStateException(operation.getOperationId() + " has no " + ROLE);
        }
        if (roles.equals("none")) {
            return Optional.empty();
        }
        if (roles.equals("any")) {
            return Optional.of(EnumSet.allOf(Role.class));
        }
        EnumSet<Role> all = EnumSet.of(Role.ADMIN);
        (roles instanceof JsonArray list ? list : JsonArray.of(roles))
                .forEach(role -> all.add(Role.valueOf(String.valueOf(role).toUpperCase(Locale.ROOT))));
        return Optional.of(all);
    }

    /** What the gateway notes in the log once the operation is done; empty if the store does it, or nothing is to be noted. */
    static Optional<String> noted(Operation operation) {
        return Optional.ofNullable(operation.getOpenAPIModel().getString(NOTE));
    }

    /**
     * Whoever adds an operation that may change something says what the log says of it.
     *
     * @throws IllegalStateException if it does not
     */
    static void requireAct(Operation operation) {
        boolean reads = operation.getHttpMethod().equals(HttpMethod.GET);
        if (!reads
                && operation.getOpenAPIModel().getString(ACT) == null
                && noted(operation).isEmpty()) {
            throw new IllegalStateException(operation.getOperationId() + " has neither " + ACT + " nor " + NOTE);
        }
    }

    /** The document as a tree of plain JSON. */
    static JsonObject read() {
        try (InputStream in = Contract.class.getClassLoader().getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the jar");
            }
            return new JsonObject(new YAMLMapper().readValue(in, new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What vertx-openapi cannot take is left out of its copy: media types that it does not know, such as {@code
     * image/*} and {@code application/problem+json}; bodies that the operation reads and judges itself: images, and
     * those with {@value #OWN_BODY}; keys, which are {@link Callers}' business; and
     * where the box is, which whoever asks knows.
     */
    private static JsonObject forRouting(JsonObject node) {
        if (node.getBoolean(OWN_BODY, false)) {
            node.remove("requestBody");
        }
        node.remove("security");
        node.remove("servers");
        for (String key : List.copyOf(node.fieldNames())) {
            Object value = node.getValue(key);
            if (key.equals("content") && value instanceof JsonObject content) {
                boolean images = content.containsKey(MediaType.MULTIPART_FORM_DATA);
                for (String type : List.copyOf(content.fieldNames())) {
                    if (!MediaType.isMediaTypeSupported(type)) {
                        content.remove(type);
                    }
                }
                if (images) {
                    node.remove("required");
                }
                if (content.isEmpty()) {
                    node.remove("content");
                }
            }
            descend(value);
        }
        return node;
    }

    private static void descend(Object value) {
        if (value instanceof JsonObject object) {
            forRouting(object);
        } else if (value instanceof JsonArray array) {
            List<Object> items = new ArrayList<>();
            array.forEach(items::add);
            items.forEach(Contract::descend);
        }
    }
}
