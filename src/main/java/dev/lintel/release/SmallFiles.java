package dev.lintel.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads keys and signatures, which are a few lines of text. */
final class SmallFiles {
    private static final int LONGEST = 16 << 10;

    private SmallFiles() {}

    /**
     * @param what it should be, for the sentence that refuses it
     * @throws ReleaseException if it is longer than such a file can be
     */
    static String read(Path file, String what) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new ReleaseException(file + " is no " + what + " of minisign or signify: it is too long for one");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
