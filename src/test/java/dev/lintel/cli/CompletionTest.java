package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CompletionTest {
    @TempDir
    Path folder;

    @Test
    void shouldCompleteEveryCommandInAShell() throws Exception {
        StringWriter out = new StringWriter();
        int code =
                LintelCommand.commandLine().setOut(new PrintWriter(out, true)).execute("generate-completion");
        assertThat(code).isZero();
        Path script = Files.writeString(folder.resolve("lintel"), out.toString());
        Process shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        ". " + script
                                + "; COMP_WORDS=(lintel set); COMP_CWORD=1; _complete_lintel; echo ${COMPREPLY[*]}")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip())
                .isEqualTo("setup-code");
    }
}
