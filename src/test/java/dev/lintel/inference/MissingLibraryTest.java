package dev.lintel.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingLibraryTest {

    @Test
    void shouldNameTheLibraryThatTheLoaderMissedBelowOtherWords() {
        var cause = new UnsatisfiedLinkError("/opt/lintel/natives/libjniavutil.so: libva-drm.so.2:"
                + " cannot open shared object file: No such file or directory");
        var thrown = new UnsatisfiedLinkError("no jniavutil in java.library.path: /opt/lintel/natives");
        thrown.initCause(cause);

        assertThat(MissingLibrary.of(thrown))
                .isEqualTo("the library libva-drm.so.2 is missing, which libjniavutil.so needs:"
                        + " install it (in Debian the package libva-drm2)");
    }

    @Test
    void shouldSayWhichVersionAnOldSystemLacks() {
        var thrown = new UnsatisfiedLinkError("/c/libtensorflow_cc.so.2: /lib/x86_64-linux-gnu/libc.so.6: version"
                + " `GLIBC_2.35' not found (required by /c/libtensorflow_cc.so.2)");

        assertThat(MissingLibrary.of(thrown))
                .isEqualTo("/lib/x86_64-linux-gnu/libc.so.6 is too old: libtensorflow_cc.so.2 needs GLIBC 2.35."
                        + " Upgrade the system, to Debian 12, Ubuntu 22.04 or JetPack 6");
    }

    @Test
    void shouldKeepTheDeepestReasonWhereItIsNoneOfThese() {
        var thrown = new NoClassDefFoundError("Could not initialize class org.bytedeco.Tool");
        thrown.initCause(new ExceptionInInitializerError("the disk is full"));

        assertThat(MissingLibrary.of(thrown)).startsWith("the disk is full: ");
    }
}
