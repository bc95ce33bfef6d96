package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @TempDir
    Path home;

    private LintelConfig load(String yaml, Map<String, String> environment) throws IOException {
        Path file = home.resolve("conf/lintel.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
        return ConfigLoader.load(home, file, environment);
    }

    private LintelConfig defaultsAtHome() {
        return HomePaths.resolve(LintelConfig.defaults(), home);
    }

    @Test
    void shouldHaveDefaultsWithoutAFile() {
        assertThat(ConfigLoader.load(home, home.resolve("conf/lintel.yaml"), Map.of()))
                .isEqualTo(defaultsAtHome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "embedding:\n", "logging: {}\n"})
    void shouldAcceptAnEmptyFile(String yaml) throws IOException {
        assertThat(load(yaml, Map.of())).isEqualTo(defaultsAtHome());
    }

    @Test
    void shouldLetTheFileWinOverDefaultsAndTheEnvironmentOverTheFile() throws IOException {
        String yaml = "embedding: {threads: 3}\nliveness: {threads: 5}\n";

        LintelConfig config = load(yaml, Map.of("LINTEL_EMBEDDING_THREADS", "7", "PATH", "/bin", "LINTEL_HOME", "/x"));

        assertThat(config.embedding().threads()).isEqualTo(7);
        assertThat(config.liveness().threads()).isEqualTo(5);
    }

    @Test
    void shouldResolvePathsAgainstHome() throws IOException {
        assertThat(load("embedding: {model: models/other}", Map.of())
                        .embedding()
                        .model())
                .isEqualTo(home.resolve("models/other"));
        assertThat(load("embedding: {model: /srv/pack}", Map.of()).embedding().model())
                .isEqualTo(Path.of("/srv/pack"));
        assertThat(load("", Map.of()).embedding().model()).isAbsolute().startsWithRaw(home);
    }

    @Test
    void shouldTellNoLivenessPackFromOneOfThatName() throws IOException {
        assertThat(load("liveness: {model: none}", Map.of()).liveness().network())
                .isEmpty();
        assertThat(load("liveness: {model: models/none}", Map.of()).liveness().network())
                .hasValue(home.resolve("models/none"));
        assertThat(load("", Map.of()).liveness().network()).hasValue(home.resolve("models/lintel-live"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embedding: {threads: 0}       | conf/lintel.yaml: embedding.threads: must be 1..64, was 0",
                "embedding: {thread: 2}        | conf/lintel.yaml: embedding.thread: no such key; did you mean embedding.threads?",
                "embeding: {threads: 2}        | conf/lintel.yaml: embeding: no such key; did you mean embedding?",
                "embedding: {threads: many}    | conf/lintel.yaml: embedding.threads: must be a whole number",
                "embedding: {threads: 1.5}     | conf/lintel.yaml: embedding.threads: must be a whole number",
                "embedding: 4                  | conf/lintel.yaml: embedding: must be a section of keys",
                "liveness: {max-saturation: x} | conf/lintel.yaml: liveness.max-saturation: must be a number",
                "liveness: {max-saturation: 2} | conf/lintel.yaml: liveness.max-saturation: must be 0..1, was 2",
                "logging: {format: xml}        | conf/lintel.yaml: logging.format: must be plain or json, was xml",
                "just text                     | conf/lintel.yaml: must hold keys and values",
                "a: [1, 2                      | conf/lintel.yaml line 1: ",
            })
    void shouldNameTheKeyAndWhatItMustBe(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldRefuseAKeyThatStandsTwice() {
        assertThatThrownBy(() -> load("logging: {level: info}\nlogging: {level: warn}\n", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Duplicate")
                .hasMessageContaining("logging");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LINTEL_EMBEDDING_THREADS | 0    | environment variable LINTEL_EMBEDDING_THREADS: embedding.threads: must be 1..64, was 0",
                "LINTEL_EMBEDDING_THREADS | lots | environment variable LINTEL_EMBEDDING_THREADS: embedding.threads: must be a whole",
                "LINTEL_EMBEDDING_THREAD  | 2    | environment variable LINTEL_EMBEDDING_THREAD is no key of the configuration: did you mean LINTEL_EMBEDDING_THREADS?",
                "LINTEL_WALLPAPER         | red  | environment variable LINTEL_WALLPAPER is no key of the configuration: a key such as",
            })
    void shouldNameTheVariable(String name, String value, String message) {
        assertThatThrownBy(() -> load("", Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldBlameTheFileForTheFilesMistakesEvenWhenTheEnvironmentOverridesThem() {
        assertThatThrownBy(() -> load("embedding: {threads: 0}", Map.of("LINTEL_EMBEDDING_THREADS", "2")))
                .hasMessageStartingWith("conf/lintel.yaml: embedding.threads");
    }
}
