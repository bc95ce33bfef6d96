package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From the command line, over the repository's composite faces and shipped networks. */
@Tag("slow")
class EvaluationCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path people;

    @BeforeEach
    void threePeople() throws IOException {
        people = Files.createDirectory(folder.resolve("people"));
        for (String name : new String[] {"01-a", "01-b", "02-a", "02-b", "03-a", "03-b"}) {
            Path mine = Files.createDirectories(people.resolve("person " + name.substring(0, 2)));
            Files.copy(Path.of("src/test/resources/faces", name + ".jpg"), mine.resolve(name + ".jpg"));
        }
    }

    private int lintel(Object... arguments) {
        CommandLine line = LintelCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return line.execute(words);
    }

    @Test
    void shouldPrintFiguresAndLeaveAReport() {
        Path report = folder.resolve("report");
        int code = lintel(
                "evaluate",
                people,
                "--enrol",
                "1",
                "--strict",
                "--liveness",
                people.resolve("person 01"),
                people.resolve("person 02"),
                "--threads",
                "1",
                "--face",
                "largest",
                "--out",
                report);

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "Verification 1:1",
                        "Identification 1:N",
                        "Attacks taken for live (APCER)",
                        "Milliseconds per image",
                        "Report: " + report.resolve("report.html"));
        assertThat(report.resolve("report.json")).content().contains("\"fnir-at-default\"", "--strict");
        assertThat(report.resolve("report.html")).content().doesNotContain("data:image");
    }

    @Test
    void shouldNotCalibrateOnAHandfulOfFaces() throws IOException {
        Path manifest = Path.of("models/lintel-embed/manifest.yaml");
        String before = Files.readString(manifest);

        int code = lintel("calibrate", people);

        assertThat(code).isEqualTo(ExitCodes.NO);
        assertThat(out.toString())
                .contains("12 comparisons of different people, 3 pairs of people", "refused: needs 300 comparisons");
        assertThat(err.toString()).contains("the manifest stays as it is");
        assertThat(manifest).hasContent(before);
    }

    @Test
    void shouldSayWhatIsNotThere() {
        assertThat(lintel("evaluate", folder.resolve("gone"))).isEqualTo(ExitCodes.NO_INPUT);
        assertThat(err.toString()).contains("gone: not found");
        assertThat(lintel("evaluate", people, "--embedder", folder)).isEqualTo(ExitCodes.CONFIG);
        assertThat(err.toString()).contains("manifest.yaml: not found");
        assertThat(lintel("evaluate", people, "--face", "best")).isEqualTo(ExitCodes.USAGE);
        assertThat(lintel("calibrate", people, "--default-fmr", "2")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void shouldSayByNumberOfLooksWhoIsRecognisedOnClips() throws IOException {
        Path clips = folder.resolve("clips");
        Files.createDirectories(clips.resolve("attack"));
        clip(clips.resolve("live/person 01_2"), "01-b");
        clip(clips.resolve("live/visitor"), "04-a");
        Path photos = Files.createDirectories(folder.resolve("photos"));
        Files.copy(people.resolve("person 01/01-a.jpg"), photos.resolve("person 01.jpg"));
        Files.copy(people.resolve("person 02/02-a.jpg"), photos.resolve("person 02.jpg"));

        assertThat(lintel("evaluate-clips", clips, "--fps", "2", "--people", photos))
                .as(err.toString())
                .isZero();

        assertThat(out.toString().lines().dropWhile(line -> !line.startsWith("By number of looks")))
                .anyMatch(line -> line.matches("1 +0\\.00 % +4 +0\\.00 % +4 +.*"))
                .anyMatch(line -> line.matches("2 +0\\.00 % +2 +0\\.00 % +2 +.*"))
                .anyMatch(line -> line.matches("3 +0\\.00 % +1 +0\\.00 % +1 +.*"));
        assertThat(lintel("evaluate-clips", clips, "--people", folder.resolve("gone")))
                .isEqualTo(ExitCodes.NO_INPUT);
        assertThat(err.toString()).contains("gone: not found");
    }

    /** Four pictures of one face, half a second apart at two a second. */
    private static void clip(Path folder, String face) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < 4; i++) {
            Files.copy(Path.of("src/test/resources/faces", face + ".jpg"), folder.resolve(i + ".jpg"));
        }
    }
}
