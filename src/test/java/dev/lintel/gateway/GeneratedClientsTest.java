package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.accounts.Role;
import dev.lintel.testkit.GatewayHarness;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that openapi-generator makes of the contract enrol somebody and find them. The generator comes through Maven into {@code target/}. */
@Tag("slow")
@Timeout(600)
class GeneratedClientsTest {
    private static final String KEY = "key-0123456789abcdef";
    private static final Path CLIENTS = Path.of("src/test/resources/clients").toAbsolutePath();
    private static final Path TOOLS = Path.of("target/generator").toAbsolutePath();
    private static final Path JARS = TOOLS.resolve("jars");
    private static final Path PYTHON = TOOLS.resolve("python");
    private static final String GENERATOR = "openapi-generator-cli-7.10.0.jar";
    private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

    @TempDir
    private Path folder;

    private record Run(int exit, String said) {}

    @BeforeAll
    static void fetch() throws Exception {
        if (!Files.exists(JARS.resolve(GENERATOR))) {
            Files.createDirectories(TOOLS);
            Run run = run(
                    TOOLS,
                    "mvn",
                    "-q",
                    "-B",
                    "-f",
                    CLIENTS.resolve("generator.xml").toString(),
                    "dependency:copy-dependencies",
                    "-DoutputDirectory=" + JARS);
            assumeTrue(run.exit == 0, "Maven cannot get the generator: " + run.said);
        }
    }

    private static Run run(Path where, String... command) throws InterruptedException {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
            builder.environment().put("PYTHONPATH", where + File.pathSeparator + PYTHON);
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), said);
        } catch (IOException e) {
            return new Run(127, e.toString());
        }
    }

    private void generate(String... options) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-Dlog.level=error",
                "-jar",
                JARS.resolve(GENERATOR).toString(),
                "generate",
                "-i",
                Path.of("src/main/resources/openapi.yaml").toAbsolutePath().toString(),
                "-o",
                folder.toString(),
                "--global-property",
                "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"));
        command.addAll(List.of(options));
        Run run = run(folder, command.toArray(String[]::new));
        assertThat(run.exit).as(run.said).isZero();
    }

    /** @param command without the address, the key and the two photos, which come behind it */
    private void shouldEnrolAndIdentify(String... command) throws Exception {
        try (GatewayHarness gateway = new GatewayHarness(
                Map.of("keys", List.of(new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(KEY)))),
                (bus, flow) -> List.of())) {
            List<String> whole = new ArrayList<>(List.of(command));
            whole.addAll(List.of("http://127.0.0.1:" + gateway.port(), KEY));
            for (String photo : List.of("anna1", "anna2")) {
                whole.add(
                        Files.writeString(folder.resolve(photo + ".jpg"), photo).toString());
            }
            Run run = run(folder, whole.toArray(String[]::new));
            assertThat(run.said.strip()).isEqualTo("enrolled 1, then Anna");
        }
    }

    @Test
    void shouldEnrolAndIdentifyFromJava() throws Exception {
        generate(
                "-g", "java", "--library", "native", "--additional-properties=openApiNullable=false,useJakartaEe=true");
        String path = JARS + File.separator + "*" + File.pathSeparator + folder.resolve("classes");
        List<String> javac = new ArrayList<>(
                List.of(Path.of(JAVA).resolveSibling("javac").toString(), "-nowarn", "-proc:none", "-cp", path, "-d"));
        javac.add(folder.resolve("classes").toString());
        javac.add(CLIENTS.resolve("RoundTrip.java").toString());
        try (Stream<Path> sources = Files.walk(folder.resolve("src/main/java"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(javac::add);
        }
        Run compiled = run(folder, javac.toArray(String[]::new));
        assertThat(compiled.exit).as(compiled.said).isZero();

        shouldEnrolAndIdentify(JAVA, "-cp", path, "RoundTrip");
    }

    @Test
    void shouldEnrolAndIdentifyFromPython() throws Exception {
        List<String> modules = List.of("pydantic", "urllib3", "dateutil", "typing_extensions");
        String imports = modules.stream().map(module -> "import " + module).collect(Collectors.joining(";"))
                + ";from pydantic import StrictBytes,field_validator";
        if (run(TOOLS, "python3", "-c", imports).exit != 0) {
            run(
                    TOOLS,
                    "python3",
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    "--target",
                    PYTHON.toString(),
                    "pydantic>=2",
                    "urllib3",
                    "python-dateutil",
                    "typing-extensions");
        }
        assumeTrue(run(TOOLS, "python3", "-c", imports).exit == 0, "python3 and pip cannot get " + modules);
        generate("-g", "python");

        shouldEnrolAndIdentify("python3", CLIENTS.resolve("roundtrip.py").toString());
    }
}
