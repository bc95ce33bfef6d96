package dev.lintel.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The APIs that are spoken beside Lintel's own: their routes, from their contracts. */
final class Guests {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final List<GuestApi> apis;
    private final GatewayConfig config;
    private final Admission admission;
    private final Callers callers;
    private final SiteCheck sites;

    Guests(List<GuestApi> apis, GatewayConfig config, Admission admission, Callers callers, SiteCheck sites) {
        this.sites = sites;
        this.apis = apis;
        this.config = config;
        this.admission = admission;
        this.callers = callers;
    }

    /** How a request is done and how a failure of it is answered. */
    interface Ending {
        void send(RoutingContext rc, Reply reply);

        void fail(RoutingContext rc, Throwable failure);
    }

    /** @throws IllegalStateException if the operations of one are not exactly its contract's */
    void mount(Router router, Ending ending) {
        for (GuestApi api : apis) {
            Map<String, GuestApi.Operation> left = new HashMap<>(api.operations());
            JsonObject paths = api.contract().getJsonObject("paths");
            for (String path : paths.fieldNames()) {
                for (String method : paths.getJsonObject(path).fieldNames()) {
                    if (METHODS.contains(method)) {
                        String id =
                                paths.getJsonObject(path).getJsonObject(method).getString("operationId");
                        GuestApi.Operation operation = left.remove(id);
                        if (operation == null) {
                            throw new IllegalStateException("nothing handles the operation " + id);
                        }
                        route(
                                router,
                                api,
                                HttpMethod.valueOf(method.toUpperCase(java.util.Locale.ROOT)),
                                path,
                                id,
                                operation,
                                ending);
                    }
                }
            }
            if (!left.isEmpty()) {
                throw new IllegalStateException("the contract of " + api.name() + " has no " + left.keySet());
            }
            router.get("/openapi-" + api.name() + ".json").handler(rc -> {
                rc.put(RequestLog.OPERATION, "openapi");
                ending.send(rc, Reply.json(api.contract()));
            });
        }
    }

    /** Whose address this is. */
    Optional<GuestApi> owner(RoutingContext rc) {
        String path = rc.request().path();
        return path == null
                ? Optional.empty()
                : apis.stream().filter(api -> api.owns(path)).findFirst();
    }

    private void route(
            Router router,
            GuestApi api,
            HttpMethod method,
            String path,
            String id,
            GuestApi.Operation operation,
            Ending ending) {
        String pattern = path.replaceAll("\\{(\\w+)}", ":$1");
        for (String form : List.of(pattern, pattern + "/")) {
            router.route(method, form).handler(rc -> {
                rc.put(RequestLog.OPERATION, api.name() + "." + id);
                sites.checkCall(rc.request());
                operation
                        .handle(new GuestCall(rc, config, admission, callers))
                        .onComplete(reply -> ending.send(rc, reply), failure -> ending.fail(rc, failure));
            });
        }
    }
}
