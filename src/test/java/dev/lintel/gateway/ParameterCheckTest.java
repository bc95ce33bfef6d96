package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Parameter;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers as programs write them, and as none does, made by chance; {@link BigDecimal} knows which is which. */
class ParameterCheckTest {
    private static final BigDecimal LEAST = new BigDecimal("-7.5");
    private static final BigDecimal MOST = new BigDecimal("1200");
    private static final String SIGNS = "+-.eE0123456789,_ xf\u0660\uff15'";

    /** More of them: {@code -Dlintel.cases=100000 -Dlintel.seed=7}. */
    private static final int NUMBERS_OF_A_SEED = Integer.getInteger("lintel.cases", 500);

    static LongStream seeds() {
        long first = Long.getLong("lintel.seed", 0L);
        return LongStream.range(first, first + 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldTakeEveryLegalNumberWithinTheLimitsAndNameThemForTheOthers(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < NUMBERS_OF_A_SEED; i++) {
            String text = random.nextInt(3) == 0 ? broken(number(random), random) : number(random);
            boolean whole = random.nextBoolean();
            String shown = "seed " + seed + ", case " + i + ": '" + text + "'";
            Optional<BigDecimal> value = value(text, whole);
            Parameter parameter = parameter(whole);
            if (value.isPresent()) {
                assertThat(new BigDecimal(ParameterCheck.json(parameter, text)).doubleValue())
                        .as(shown)
                        .isEqualTo(value.get().doubleValue());
            } else {
                assertThatThrownBy(() -> ParameterCheck.json(parameter, text))
                        .as(shown)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                no -> assertThat(no.problem().detail())
                                        .startsWith(
                                                "the parameter 'n' must be " + (whole ? "a whole number" : "a number")
                                                        + " from -7.5 to 1200, was '"));
            }
        }
    }

    private static Optional<BigDecimal> value(String text, boolean whole) {
        String bare = text.strip();
        if (!bare.chars().allMatch(c -> c < 128)) {
            return Optional.empty();
        }
        try {
            BigDecimal value = new BigDecimal(bare);
            boolean fits = value.compareTo(LEAST) >= 0
                    && value.compareTo(MOST) <= 0
                    && (!whole
                            || value.signum() == 0
                            || value.stripTrailingZeros().scale() <= 0);
            return fits ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String number(Random random) {
        String digits = "0".repeat(random.nextInt(3)) + Long.toString(random.nextLong(0, pick(random)));
        String fraction = Long.toString(random.nextLong(0, pick(random)));
        String mantissa = switch (random.nextInt(4)) {
            case 0 -> digits;
            case 1 -> digits + ".";
            case 2 -> "." + fraction;
            default -> digits + "." + fraction;
        };
        String exponent = random.nextInt(3) > 0
                ? ""
                : (random.nextBoolean() ? "e" : "E")
                        + (random.nextInt(3) == 0 ? "+" : random.nextBoolean() ? "-" : "")
                        + random.nextInt(random.nextInt(5) == 0 ? 9999 : 4);
        String sign = random.nextInt(3) == 0 ? (random.nextBoolean() ? "+" : "-") : "";
        String number = sign + mantissa + exponent;
        return random.nextInt(8) == 0 ? " " + number + "\t" : number;
    }

    private static long pick(Random random) {
        return new long[] {2, 10, 2000, 10_000_000_000_000L}[random.nextInt(4)];
    }

    private static String broken(String number, Random random) {
        int at = random.nextInt(number.length() + 1);
        String sign = String.valueOf(SIGNS.charAt(random.nextInt(SIGNS.length())));
        return number.substring(0, at)
                + sign
                + number.substring(random.nextBoolean() ? at : Math.min(at + 1, number.length()));
    }

    private static Parameter parameter(boolean whole) {
        JsonSchema schema = JsonSchema.of(
                new JsonObject().put("minimum", LEAST.doubleValue()).put("maximum", MOST.intValue()));
        return (Parameter) Proxy.newProxyInstance(
                ParameterCheckTest.class.getClassLoader(),
                new Class<?>[] {Parameter.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getName" -> "n";
                    case "getSchema" -> schema;
                    case "getSchemaType" -> whole ? SchemaType.INTEGER : SchemaType.NUMBER;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
