package dev.lintel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/fetch-models} without a network. */
@Tag("slow")
class FetchModelsTest {
    private static final Path PUBLIC = Path.of("../shared/models");
    private static final List<String> PACKS = List.of("yunet", "mobilefacenet", "espdl-mbf", "minifas");

    @TempDir
    Path folder;

    private record Run(int code, String output) {}

    private Run fetch(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "scripts/fetch-models", "--into", folder.resolve("models").toString()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .directory(new File("."))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    @Test
    void shouldListWhatThereIs() throws IOException, InterruptedException {
        Run run = fetch("--list");
        assertThat(run.code()).isZero();
        assertThat(run.output()).contains(PACKS).contains("absent", "detection", "MIT");
    }

    @Test
    void shouldInstallNothingButThePinnedFiles() throws IOException, InterruptedException {
        Path stick = Files.createDirectory(folder.resolve("stick"));
        Files.writeString(stick.resolve("yunet_n_640_640.onnx"), "something else");

        Run run = fetch("--from", stick, "yunet");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("no file in", "has SHA-256");
        try (Stream<Path> left = Files.walk(folder.resolve("models"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** A download has no test: at least each address must be whole. */
    @Test
    void shouldNameAFileToFetchForEachPack() throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of("models/public/SOURCES")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+"))
                .toList();

        assertThat(rows).extracting(row -> row[0]).containsExactlyElementsOf(PACKS);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row).hasSize(7);
            assertThat(row[2]).matches("[0-9a-f]{64}");
            assertThat(row[4]).matches("[0-9a-f]{40}");
            assertThat(row[5]).matches(".+\\.(onnx|espdl)");
            assertThat(row[6].equals("-") || Files.isExecutable(Path.of("scripts", row[6])))
                    .isTrue();
        });
    }

    @Test
    void shouldConvertNothingButANetworkOfEspDl() throws IOException, InterruptedException {
        Path other = Files.write(folder.resolve("other.espdl"), new byte[64]);
        Process process = new ProcessBuilder(
                        "scripts/espdl-to-onnx",
                        other.toString(),
                        folder.resolve("out.onnx").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).contains("no ESP-DL network");
        assertThat(folder.resolve("out.onnx")).doesNotExist();
    }

    @Test
    void shouldRefuseAnUnknownPack() throws IOException, InterruptedException {
        assertThat(fetch("--from", folder, "resnet").output()).contains("no pack 'resnet'");
        assertThat(fetch("--frmo", folder).code()).isEqualTo(2);
    }

    @Test
    void shouldInstallPacksThatRun() throws IOException, InterruptedException {
        assumeThat(PUBLIC).as("public networks to install").isDirectory();

        Run run = fetch("--from", PUBLIC, "--all");

        assertThat(run.output()).contains("espdl-mbf: installed");
        assertThat(run.code()).isZero();
        for (String pack : PACKS) {
            try (Network network = ModelPack.load(folder.resolve("models").resolve(pack), Engine.TENSORFLOW)
                    .open(1)) {
                assertThat(network).isNotNull();
            }
        }
        assertThat(fetch("--from", PUBLIC, "--all").output()).contains("yunet: already installed");
    }
}
