package dev.lintel.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.util.Arrays;

/** YAML takes an unquoted {@code off} for false: where a choice has an {@code off}, that is meant. */
final class OffWord extends DeserializationProblemHandler {
    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context, JavaType target, JsonToken token, JsonParser parser, String failure) {
        if (token == JsonToken.VALUE_FALSE && target.isEnumType()) {
            return Arrays.stream(target.getRawClass().getEnumConstants())
                    .filter(choice -> ((Enum<?>) choice).name().equals("OFF"))
                    .findFirst()
                    .map(Object.class::cast)
                    .orElse(NOT_HANDLED);
        }
        return NOT_HANDLED;
    }
}
