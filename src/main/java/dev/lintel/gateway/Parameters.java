package dev.lintel.gateway;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes the parameters off a request, for the contract to check. Stricter than vertx-openapi's own way: what the
 * contract does not know, what comes twice and what is no UTF-8 is refused, and a text stays a text, even where it
 * looks like a number (a person may be called 007 or -1).
 */
final class Parameters {
    private static final int MOST = 32;
    private static final char REPLACEMENT = '\uFFFD';

    private Parameters() {}

    /** @throws ProblemException 400 that names the parameter */
    static ValidatableRequest of(RoutingContext rc, Operation operation, Buffer body) {
        return of(rc, operation, body, Map.of());
    }

    /**
     * @param fields parameters that came in the body instead of the query
     * @throws ProblemException 400 that names the parameter
     */
    static ValidatableRequest of(RoutingContext rc, Operation operation, Buffer body, Map<String, String> fields) {
        Map<String, List<String>> query = with(fields, query(rc.request()));
        refuseUnknown(query, operation);
        Map<String, RequestParameter> inQuery = new HashMap<>();
        Map<String, RequestParameter> inPath = new HashMap<>();
        for (Parameter parameter : operation.getParameters()) {
            String name = parameter.getName();
            if (parameter.getIn() == Location.PATH) {
                inPath.put(name, value(parameter, rc.pathParam(name)));
            } else if (query.containsKey(name)) {
                inQuery.put(name, value(parameter, single(name, query.get(name))));
            } else if (parameter.isRequired()) {
                throw Problem.invalid("the parameter '" + name + "' is missing: add ?" + name + "=... to the address")
                        .exception();
            }
        }
        return new Taken(inPath, inQuery, body == null ? null : () -> body);
    }

    /** Whether the operation has a parameter of this name that is not part of the address. */
    static boolean has(Operation operation, String name) {
        return operation.getParameters().stream()
                .anyMatch(parameter -> parameter.getIn() == Location.QUERY
                        && parameter.getName().equals(name));
    }

    /** Whether a parameter that must be there is not in the query. */
    static boolean incomplete(RoutingContext rc, Operation operation) {
        Map<String, List<String>> query = query(rc.request());
        return operation.getParameters().stream()
                .anyMatch(parameter -> parameter.getIn() == Location.QUERY
                        && parameter.isRequired()
                        && !query.containsKey(parameter.getName()));
    }

    /** What is in both must be the same. */
    private static Map<String, List<String>> with(Map<String, String> fields, Map<String, List<String>> query) {
        if (fields.isEmpty()) {
            return query;
        }
        Map<String, List<String>> all = new HashMap<>(query);
        fields.forEach((name, value) -> {
            List<String> before = all.putIfAbsent(name, List.of(value));
            if (before != null && !before.equals(List.of(value))) {
                throw Problem.invalid("the parameter '" + name
                                + "' is one thing in the address and another in the form:" + " give it once")
                        .exception();
            }
        });
        return all;
    }

    private static Map<String, List<String>> query(HttpServerRequest request) {
        String raw = request.query();
        if (raw == null || raw.isEmpty()) {
            return Map.of();
        }
        try {
            return new QueryStringDecoder(raw, StandardCharsets.UTF_8, false, MOST, true).parameters();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("the query is not percent-encoded correctly").exception();
        }
    }

    private static void refuseUnknown(Map<String, List<String>> query, Operation operation) {
        List<String> known = operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.QUERY)
                .map(Parameter::getName)
                .sorted()
                .toList();
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                String shown = name.length() > 40 ? name.substring(0, 40) + "..." : name;
                throw Problem.invalid("there is no parameter '" + shown + "'"
                                + (known.isEmpty()
                                        ? ": this operation has none"
                                        : "; there is " + known.stream().collect(Collectors.joining(", "))))
                        .exception();
            }
        }
    }

    private static String single(String name, List<String> values) {
        if (values.size() > 1) {
            throw Problem.invalid("the parameter '" + name + "' is given " + values.size() + " times: give it once")
                    .exception();
        }
        return values.get(0);
    }

    private static RequestParameter value(Parameter parameter, String text) {
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw Problem.invalid("the parameter '" + parameter.getName() + "' is not UTF-8")
                    .exception();
        }
        String value = ParameterCheck.json(parameter, text);
        return () -> value;
    }

    /** What was taken off a request; a body is JSON. */
    private record Taken(
            Map<String, RequestParameter> getPathParameters,
            Map<String, RequestParameter> getQuery,
            RequestParameter getBody)
            implements ValidatableRequest {

        @Override
        public Map<String, RequestParameter> getCookies() {
            return Map.of();
        }

        @Override
        public Map<String, RequestParameter> getHeaders() {
            return Map.of();
        }

        @Override
        public String getContentType() {
            return MediaType.APPLICATION_JSON;
        }
    }
}
