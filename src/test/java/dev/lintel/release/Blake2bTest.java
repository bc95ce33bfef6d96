package dev.lintel.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Blake2bTest {
    /** RFC 7693, appendix A. */
    @Test
    void shouldHashTheExampleOfTheRfc() {
        assertThat(hash("abc".getBytes(StandardCharsets.US_ASCII), 3))
                .isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    /** 'printf "" | b2sum' and 'seq 1 1000 | b2sum' of coreutils; 128 bytes are one block, 129 are two. */
    @Test
    void shouldHashLikeB2sumInAnyPortions() {
        assertThat(hash(new byte[0], 1))
                .isEqualTo(
                        "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce");
        assertThat(hash(new byte[128], 128))
                .isEqualTo(
                        "865939e120e6805438478841afb739ae4250cf372653078a065cdcfffca4caf798e6d462b65d658fc165782640eded70963449ae1500fb0f24981d7727e22c41");
        assertThat(hash(new byte[129], 128))
                .isEqualTo(
                        "a60edba343e7a6933c14d203d2e535f35e6deb6c8a4f8e624c1a6f6e2612860447cb4c37e5aa11bcf03b7c3eea7228eb8b998f922794f2d1b8f2dc63f03bd3fa");
        StringBuilder numbers = new StringBuilder();
        for (int i = 1; i <= 1000; i++) {
            numbers.append(i).append('\n');
        }
        byte[] bytes = numbers.toString().getBytes(StandardCharsets.US_ASCII);
        for (int portion : new int[] {1, 127, 128, 129, 256, bytes.length}) {
            assertThat(hash(bytes, portion))
                    .as("portions of %s", portion)
                    .isEqualTo(
                            "55c4cb370b45d7faf646d17ffee79a1809f5cf09205f0716b033fb47e9b99cea16b6553dfcfa81bf2673d63629d90fed9469052450a7c823a5ab4fffb944850c");
        }
    }

    private static String hash(byte[] bytes, int portion) {
        Blake2b hash = new Blake2b();
        for (int from = 0; from < bytes.length; from += portion) {
            hash.update(bytes, from, Math.min(portion, bytes.length - from));
        }
        return HexFormat.of().formatHex(hash.digest());
    }
}
