package dev.lintel.gateway;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Parameter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One parameter as text to one as JSON, held against its schema: numbers in every form that a program may write, and a
 * refusal that says what would have been right.
 */
final class ParameterCheck {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,6})?");
    private static final int LONGEST_NUMBER = 100;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private ParameterCheck() {}

    /** @throws ProblemException 400 that names the parameter, what it may be and what it was */
    static String json(Parameter parameter, String text) {
        JsonSchema schema = parameter.getSchema();
        SchemaType type = parameter.getSchemaType();
        if (type == SchemaType.STRING) {
            checkText(parameter.getName(), text, schema);
            return Json.encode(text);
        }
        if (type == SchemaType.BOOLEAN) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "1" -> "true";
                case "false", "0" -> "false";
                default -> throw wrong(parameter.getName(), "true or false", text);
            };
        }
        return type == SchemaType.INTEGER || type == SchemaType.NUMBER
                ? number(parameter.getName(), text.strip(), schema, type == SchemaType.INTEGER)
                : text;
    }

    private static void checkText(String name, String text, JsonSchema schema) {
        if (schema.get("enum") instanceof JsonArray words) {
            if (!words.contains(text)) {
                String all = words.stream().map(String::valueOf).collect(Collectors.joining(", "));
                throw wrong(name, words.size() == 1 ? all : "one of " + all, text);
            }
            return;
        }
        int length = text.codePointCount(0, text.length());
        int least = schema.get("minLength") instanceof Number n ? n.intValue() : 0;
        int most = schema.get("maxLength") instanceof Number n ? n.intValue() : Integer.MAX_VALUE;
        if (length < least || length > most) {
            throw wrong(name, "a text of " + least + " to " + most + " characters", text);
        }
    }

    private static String number(String name, String text, JsonSchema schema, boolean whole) {
        String should = (whole ? "a whole number" : "a number") + limits(schema);
        if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
            throw wrong(name, should, text);
        }
        BigDecimal value = new BigDecimal(text);
        BigDecimal least = limit(schema, "minimum", LARGEST.negate());
        BigDecimal most = limit(schema, "maximum", LARGEST);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw wrong(name, should, text);
        }
        if (!whole) {
            return Double.toString(value.doubleValue());
        }
        try {
            return Long.toString(value.longValueExact());
        } catch (ArithmeticException fraction) {
            throw wrong(name, should, text);
        }
    }

    private static String limits(JsonSchema schema) {
        String least = schema.get("minimum") == null ? null : String.valueOf(schema.<Object>get("minimum"));
        String most = schema.get("maximum") == null ? null : String.valueOf(schema.<Object>get("maximum"));
        if (least == null && most == null) {
            return "";
        }
        return least == null
                ? " up to " + most
                : most == null ? " from " + least + " on" : " from " + least + " to " + most;
    }

    private static BigDecimal limit(JsonSchema schema, String key, BigDecimal byDefault) {
        return schema.get(key) instanceof Number number ? new BigDecimal(number.toString()) : byDefault;
    }

    private static ProblemException wrong(String name, String should, String was) {
        String clean = was.replaceAll("\\p{Cntrl}", " ");
        return Problem.invalid("the parameter '" + name + "' must be " + should + ", was '"
                        + (clean.length() > 40 ? clean.substring(0, 40) + "..." : clean) + "'")
                .exception();
    }
}
