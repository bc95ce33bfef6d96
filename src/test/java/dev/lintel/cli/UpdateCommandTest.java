package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.release.FakePackages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With a stand-in for dpkg and apt; the signatures are minisign's. */
class UpdateCommandTest {
    private static final Path VECTORS = Path.of("src/test/resources/release");

    @TempDir
    Path folder;

    private final FakePackages packages = new FakePackages("lintel-lite 0.1.0 arm64", "lintel-lite 0.2.0 arm64");
    private final StringWriter said = new StringWriter();
    private Path deb;

    @BeforeEach
    void copy() throws IOException {
        deb = Files.copy(VECTORS.resolve("release.txt"), folder.resolve("lintel.deb"));
        Files.copy(VECTORS.resolve("release.txt.minisig"), folder.resolve("lintel.deb.minisig"));
        Path key = Files.write(folder.resolve("ours.pub"), Files.readAllBytes(VECTORS.resolve("ours.pub")));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void shouldInstallACopyOfWhatWasSigned() {
        assertThat(update(true)).isZero();
        assertThat(packages.installed).singleElement().isNotEqualTo(deb);
        assertThat(packages.contents).containsExactly("A release of Lintel, for tests.\n");
        assertThat(packages.installed.get(0)).doesNotExist();
        assertThat(said.toString())
                .contains("the signature is right: lintel 9.9.9", "updating 0.1.0 to 0.2.0", "0.2.0 is installed");
    }

    @Test
    void shouldTouchNothingWithoutARightSignature() throws IOException {
        Files.writeString(deb, "A release of Lintel, for tests!\n");
        refused(1, "the signature does not fit lintel.deb");
        assertThat(packages.asked).isEmpty();
        Files.delete(folder.resolve("lintel.deb.minisig"));
        refused(66, "lintel.deb.minisig is missing");
        Files.copy(VECTORS.resolve("release.txt.other.minisig"), folder.resolve("lintel.deb.minisig"));
        refused(1, "which this box does not know");
        assertThat(packages.asked).isEmpty();
        Files.writeString(deb, "");
        refused(66, "lintel.deb is empty: fetch it again");
    }

    @Test
    void shouldNotGoBackUnlessItIsToldTo() {
        packages.read = "lintel-lite 0.0.9 arm64";
        refused(1, "0.0.9 is older than the installed 0.1.0: --allow-older");
        assertThat(update(true, "--allow-older")).isZero();
        assertThat(packages.installed).hasSize(1);
    }

    @Test
    void shouldRefuseAnotherPackageAnotherMachineAndWhatIsNoPackage() {
        packages.read = "lintel 0.2.0 arm64";
        refused(1, "this is the package lintel, and lintel-lite is installed: 'sudo apt install /");
        packages.read = "lintel-lite 0.2.0 amd64";
        refused(1, "is for amd64, this box is arm64: fetch the one whose name ends with _arm64.deb");
        packages.read = "lintel 0.2.0 amd64";
        refused(1, "is for amd64, this box is arm64");
        packages.read = "";
        refused(1, "lintel.deb is no Debian package");
        packages.read = "lintel-lite 0.2.0 arm64";
        packages.there = "";
        refused(1, "not installed here as a package");
    }

    @Test
    void shouldDoNothingForTheInstalledVersionUnlessItDidNotGetReady() {
        packages.read = "lintel-lite 0.1.0 arm64";
        assertThat(update(true)).isZero();
        assertThat(said.toString()).contains("0.1.0 is installed already");
        assertThat(packages.installed).isEmpty();
        packages.state = "half-configured";
        assertThat(update(true)).isZero();
        assertThat(packages.installed).hasSize(1);
    }

    @Test
    void shouldOnlyLookWithDryRunAndNeedNoRootForIt() {
        refusedAs(false, 77, "an update needs root");
        assertThat(update(false, "--dry-run")).isZero();
        assertThat(said.toString()).contains("would be updated: 0.1.0 to 0.2.0; nothing was changed");
        assertThat(packages.installed).isEmpty();
    }

    @Test
    void shouldRefuseWhatWasCutShortBeforeItWasSignedAlsoWithDryRun() {
        packages.whole = false;
        refused(1, "is not whole");
        assertThat(update(false, "--dry-run")).isEqualTo(1);
        assertThat(packages.installed).isEmpty();
    }

    @Test
    void shouldSayThatTheNewVersionWasNotTaken() {
        packages.ready = false;
        refusedAs(true, 1, "version 0.2.0 was not taken");
    }

    private void refused(int code, String sentence) {
        refusedAs(true, code, sentence);
        assertThat(packages.installed).isEmpty();
    }

    private void refusedAs(boolean root, int code, String sentence) {
        said.getBuffer().setLength(0);
        assertThat(update(root)).isEqualTo(code);
        assertThat(said.toString()).contains(sentence);
    }

    private int update(boolean root, String... more) {
        PrintWriter out = new PrintWriter(said, true);
        CommandLine line = LintelCommand.commandLine();
        line.addSubcommand("update-here", new UpdateCommand(packages.manager(), root));
        List<String> words = new ArrayList<>(List.of(
                "update-here",
                "--from",
                deb.toString(),
                "--key",
                folder.resolve("ours.pub").toString()));
        words.addAll(List.of(more));
        return line.setOut(out).setErr(out).execute(words.toArray(String[]::new));
    }
}
