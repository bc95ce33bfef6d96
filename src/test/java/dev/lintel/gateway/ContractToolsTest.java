package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.accounts.Role;
import dev.lintel.testkit.GatewayHarness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others make of the contracts: linters without an error, and a client from its types that works. Tools from npm into {@code target/}. */
@Tag("slow")
@Timeout(600)
class ContractToolsTest {
    private static final Path TOOLS = Path.of("target/contract-tools").toAbsolutePath();
    private static final Path OWN = Path.of("src/main/resources/openapi.yaml").toAbsolutePath();
    private static final List<String> PACKAGES = List.of(
            "@redocly/cli@2",
            "@stoplight/spectral-cli@6",
            "@apidevtools/swagger-cli@4",
            "openapi-typescript@7",
            "typescript@5",
            "@types/node@20");

    private record Run(int exit, String said) {}

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(run(List.of("node", "--version")).exit == 0, "node is not there");
        if (!Files.isDirectory(TOOLS.resolve("node_modules/@types/node"))) {
            Files.createDirectories(TOOLS);
            List<String> npm = new ArrayList<>(List.of(
                    "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", TOOLS.toString()));
            npm.addAll(PACKAGES);
            assumeTrue(run(npm).exit == 0, "npm cannot get " + PACKAGES);
        }
        Files.writeString(TOOLS.resolve("spectral.yaml"), "extends: ['spectral:oas']\n");
    }

    private static Run run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Files.isDirectory(TOOLS) ? TOOLS.toFile() : null)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), said);
        } catch (IOException e) {
            return new Run(127, e.toString());
        }
    }

    private static Run tool(String name, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(TOOLS.resolve("node_modules/.bin").resolve(name).toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.yaml", "compat/compreface.yaml", "compat/deepstack.yaml"})
    void shouldPassTheLintersWithoutAnError(String contract) throws Exception {
        String file =
                Path.of("src/main/resources").resolve(contract).toAbsolutePath().toString();
        assertThat(tool("redocly", "lint", file))
                .satisfies(run -> assertThat(run.exit).as(run.said).isZero());
        assertThat(tool("spectral", "lint", "-F", "error", "-D", "-r", "spectral.yaml", file))
                .satisfies(run -> assertThat(run.exit).as(run.said).isZero());
        assertThat(tool("swagger-cli", "validate", file))
                .satisfies(run -> assertThat(run.exit).as(run.said).isZero());
    }

    @Test
    void shouldEnrolAndIdentifyThroughTypesMadeOfTheContract() throws Exception {
        String key = "key-0123456789abcdef";
        assertThat(tool("openapi-typescript", OWN.toString(), "-o", "lintel.d.ts").exit)
                .isZero();
        Files.write(
                TOOLS.resolve("roundtrip.mts"),
                Files.readAllBytes(Path.of("src/test/resources/clients/roundtrip.mts")));
        Run compiled = tool(
                "tsc", "--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck", "roundtrip.mts");
        assertThat(compiled.exit).as(compiled.said).isZero();
        try (GatewayHarness gateway = new GatewayHarness(
                Map.of("keys", List.of(new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(key)))),
                (bus, flow) -> List.of())) {
            Run run = run(List.of("node", "roundtrip.mjs", "http://127.0.0.1:" + gateway.port(), key, "Anna"));
            assertThat(run.exit).as(run.said).isZero();
            assertThat(new JsonObject(run.said))
                    .isEqualTo(new JsonObject()
                            .put("enrolled", 1)
                            .put("label", "Anna")
                            .putNull("person"));
        }
    }
}
