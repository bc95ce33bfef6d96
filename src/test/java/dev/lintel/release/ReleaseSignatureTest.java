package dev.lintel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against signatures that minisign and signify made, see src/test/resources/release/README.md. */
class ReleaseSignatureTest {
    private static final Path VECTORS = Path.of("src/test/resources/release");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void copy() throws IOException {
        file = Files.copy(VECTORS.resolve("release.txt"), folder.resolve("release.txt"));
    }

    @ParameterizedTest
    @CsvSource({
        "release.txt.minisig, ours.pub, lintel 9.9.9",
        "release.txt.legacy.minisig, ours.pub, lintel 9.9.9",
        "release.txt.sig, signify.pub, ''"
    })
    void shouldTakeWhatMinisignAndSignifySigned(String signature, String key, String comment) {
        assertThat(signature(signature).check(file, keys(key))).isEqualTo(comment);
    }

    @Test
    void shouldTakeOneOfSeveralKeysOfAFile() throws IOException {
        Path both = folder.resolve("release.pub");
        Files.writeString(
                both,
                Files.readString(VECTORS.resolve("other.pub")) + "\n" + Files.readString(VECTORS.resolve("ours.pub")));
        ReleaseKeys keys = ReleaseKeys.read(List.of(both));
        assertThat(signature("release.txt.minisig").check(file, keys)).isEqualTo("lintel 9.9.9");
        assertThat(signature("release.txt.other.minisig").check(file, keys)).contains("file:release.txt");
    }

    @ParameterizedTest
    @CsvSource({"release.txt.minisig, ours.pub", "release.txt.legacy.minisig, ours.pub", "release.txt.sig, signify.pub"
    })
    void shouldRefuseAFileInWhichOneBitIsAnother(String signature, String key) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[5] ^= 1;
        Files.write(file, bytes);
        refused(signature(signature), key, "the signature does not fit release.txt: the file was changed");
    }

    @Test
    void shouldRefuseAKeyThatItDoesNotKnow() {
        refused(
                signature("release.txt.other.minisig"),
                "ours.pub",
                "signed with the key 8DA8415FFA0829E9, which this box does not know; it knows 7ABA1BCC9CCEBB5F");
    }

    /** The name of a key proves nothing. */
    @Test
    void shouldRefuseAnotherKeyUnderTheSameName() throws IOException {
        byte[] ours = decoded("ours.pub");
        byte[] other = decoded("other.pub");
        System.arraycopy(ours, 0, other, 0, 10);
        Path forged = Files.writeString(
                folder.resolve("forged.pub"), java.util.Base64.getEncoder().encodeToString(other) + "\n");
        assertThatThrownBy(() -> signature("release.txt.minisig").check(file, ReleaseKeys.read(List.of(forged))))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("does not fit");
    }

    @Test
    void shouldRefuseATrustedCommentThatWasChanged() throws IOException {
        Path changed = folder.resolve("changed.minisig");
        Files.writeString(
                changed,
                Files.readString(VECTORS.resolve("release.txt.minisig")).replace("9.9.9", "9.9.8"));
        refused(ReleaseSignature.read(changed), "ours.pub", "the comment of the signature was changed");
    }

    @ParameterizedTest
    @CsvSource({"''", "nonsense", "untrusted comment: x\\nAAAA", "untrusted comment: x\\n!!!!"})
    void shouldRefuseWhatIsNoSignature(String text) throws IOException {
        Path none = Files.writeString(folder.resolve("none.minisig"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> ReleaseSignature.read(none))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("signature");
    }

    /** Without its trusted comment a signature of the newer form is cut off. */
    @Test
    void shouldRefuseASignatureWithoutItsEnd() throws IOException {
        List<String> lines = Files.readAllLines(VECTORS.resolve("release.txt.minisig"));
        Path cut = Files.write(folder.resolve("cut.minisig"), lines.subList(0, 2));
        assertThatThrownBy(() -> ReleaseSignature.read(cut)).isInstanceOf(ReleaseException.class);
    }

    @Test
    void shouldRefuseALargeFileThatWasSignedWhole() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength((16L << 20) + 1);
        }
        refused(signature("release.txt.legacy.minisig"), "ours.pub", "without -l");
    }

    @Test
    void shouldReadNoLargeFileAsAKeyOrSignature() throws IOException {
        Path large = folder.resolve("large");
        try (RandomAccessFile made = new RandomAccessFile(large.toFile(), "rw")) {
            made.setLength(3L << 30);
        }
        assertThatThrownBy(() -> ReleaseSignature.read(large))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is no signature");
        assertThatThrownBy(() -> ReleaseKeys.read(List.of(large)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is no public key");
    }

    @Test
    void shouldSayWhereAKeyBelongsIfThereIsNone() {
        assertThatThrownBy(() -> ReleaseKeys.read(List.of(folder.resolve("a.pub"), folder.resolve("b.pub"))))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("put the public key")
                .hasMessageContaining("b.pub");
    }

    @ParameterizedTest
    @CsvSource({"''", "untrusted comment: minisign public key 7ABA1BCC9CCEBB5F"})
    void shouldSayThatAFileHoldsNoKey(String text) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pub"), text);
        assertThatThrownBy(() -> ReleaseKeys.read(List.of(empty)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("empty.pub holds no key");
    }

    @Test
    void shouldRefuseAKeyFileThatIsNone() throws IOException {
        Path none = Files.writeString(folder.resolve("none.pub"), "untrusted comment: x\nRWRfu86czBu6\n");
        assertThatThrownBy(() -> ReleaseKeys.read(List.of(none)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("none.pub is no public key");
    }

    @Test
    void shouldNotBelieveAKeyThatOthersMayChange() throws IOException {
        Path open = Files.copy(VECTORS.resolve("ours.pub"), folder.resolve("open.pub"));
        Files.setPosixFilePermissions(open, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> ReleaseKeys.read(List.of(open)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("others than root can change");
    }

    private void refused(ReleaseSignature signature, String key, String sentence) {
        assertThatThrownBy(() -> signature.check(file, keys(key)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(sentence);
    }

    private static ReleaseSignature signature(String name) {
        return ReleaseSignature.read(VECTORS.resolve(name));
    }

    /** A checkout may be open to a group: the keys are copied to where nobody else writes. */
    private ReleaseKeys keys(String name) {
        try {
            Path copy = folder.resolve(name);
            if (!Files.exists(copy)) {
                Files.write(copy, Files.readAllBytes(VECTORS.resolve(name)));
                Files.setPosixFilePermissions(
                        copy, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            }
            return ReleaseKeys.read(List.of(copy));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] decoded(String name) throws IOException {
        return java.util.Base64.getDecoder()
                .decode(Files.readAllLines(VECTORS.resolve(name)).get(1));
    }
}
