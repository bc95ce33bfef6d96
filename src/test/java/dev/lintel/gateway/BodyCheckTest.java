package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyCheckTest {
    private static final JsonObject SCHEMA = new JsonObject("""
            {"type": "object", "required": ["kind"], "additionalProperties": false, "minProperties": 1, "properties": {
              "kind": {"type": "string", "enum": ["added", "voided"]},
              "target": {"type": "integer", "minimum": 1, "maximum": 9},
              "label": {"type": "string", "minLength": 1, "maxLength": 5},
              "until": {"type": ["string", "null"]},
              "day": {"type": "string", "pattern": "^[0-9]{4}$", "examples": ["2026"]},
              "open": {"type": "boolean"},
              "fields": {"type": ["object", "null"], "additionalProperties": {"type": "string", "maxLength": 3}},
              "groups": {"type": "array", "maxItems": 2, "uniqueItems": true, "items": {"type": "string", "maxLength": 3}}}}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|the body must be a JSON object",
                "{}|the body lacks 'kind'",
                "{'kind': 'other'}|'kind' must be one of added, voided",
                "{'kind': 3}|'kind' must be a text",
                "{'kind': 'added', 'note': 'secret'}|the body has no property 'note'; it may have day, fields, groups, kind, label, open, target, until",
                "{'kind': 'added', 'target': 0}|'target' must be 1 to 9",
                "{'kind': 'added', 'target': 1.5}|'target' must be a whole number",
                "{'kind': 'added', 'target': '1'}|'target' must be a whole number",
                "{'kind': 'added', 'label': ''}|'label' must be a text of 1 to 5 characters",
                "{'kind': 'added', 'label': 'secret'}|'label' must be a text of 1 to 5 characters",
                "{'kind': 'added', 'label': null}|'label' must be a text",
                "{'kind': 'added', 'until': 1}|'until' must be null or a text",
                "{'kind': 'added', 'day': 'secret'}|'day' does not have the right form, such as 2026",
                "{'kind': 'added', 'open': 'yes'}|'open' must be true or false",
                "{'kind': 'added', 'fields': {'a': 'b', 'room': 12}}|'room' of 'fields' must be a text",
                "{'kind': 'added', 'fields': {'room': 'secret'}}|'room' of 'fields' must be a text of 0 to 3 characters",
                "{'kind': 'added', 'groups': 'a'}|'groups' must be a list",
                "{'kind': 'added', 'groups': ['a','b','c']}|'groups' must be a list of 0 to 2 entries",
                "{'kind': 'added', 'groups': ['a','a']}|'groups' must not have the same entry twice",
                "{'kind': 'added', 'groups': ['a','secret']}|entry 2 of 'groups' must be a text of 0 to 3 characters"
            },
            quoteCharacter = '"')
    void shouldSayWhatMayStandThereAndNotWhatStood(String body, String fault) {
        assertThat(BodyCheck.fault(SCHEMA, Json.decodeValue(body.replace('\'', '"'))))
                .hasValue(fault);
        assertThat(fault).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "['\\ud83d\\ude00']|false",
                "['\\ud83d']|true",
                "{'a': {'b': '\\ude00'}}|true",
                "['\\\\ud83d']|false",
                "{'a|false"
            },
            quoteCharacter = '"')
    void shouldSeeHalfOfACharacter(String body, boolean broken) {
        assertThat(BodyCheck.hasBrokenCharacter(Buffer.buffer(body.replace('\'', '"'))))
                .isEqualTo(broken);
    }

    @Test
    void shouldFindNothingWrongInWhatIsRight() {
        assertThat(
                        BodyCheck.fault(
                                SCHEMA,
                                new JsonObject(
                                        "{\"kind\": \"added\", \"target\": 9, \"label\": \"\uD842\uDFB7bcde\", \"until\": null, \"day\": \"2026\"}")))
                .isEmpty();
    }
}
