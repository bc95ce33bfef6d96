package dev.lintel.inference;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.ErrorCallback;

/**
 * Loads OpenCV's native libraries, only those without a window system: {@code objdetect} would pull in
 * {@code highgui} and with it GTK.
 */
public final class Natives {
    private static volatile boolean loaded;
    /** Kept here: native code holds its address. */
    private static ErrorCallback quiet;

    private Natives() {}

    /**
     * JavaCPP by default throws when the process is larger than twice the heap; here most of the process is
     * mapped library, and native memory is bounded by other means. By default it also unpacks every library from its jar,
     * once for each user; where they lie unpacked in {@code natives} beside the program's jar, they are loaded from there.
     * Must run before its first use.
     */
    public static synchronized void prepareJavaCpp() {
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            unpacked().ifPresent(folder -> {
                System.setProperty("java.library.path", folder.toString());
                System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
                System.setProperty("org.bytedeco.javacpp.cacheLibraries", "false");
            });
        }
    }

    private static Optional<Path> unpacked() {
        CodeSource program = Natives.class.getProtectionDomain().getCodeSource();
        if (program == null || !program.getLocation().getPath().endsWith(".jar")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(program.getLocation().toURI()).resolveSibling("natives"))
                    .filter(Files::isDirectory);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own address is no address", e);
        }
    }

    /**
     * Loads OpenCV; cheap after the first time. One thread for each call: concurrency comes from requests. Its
     * complaints about malformed files reach the caller as results, not the terminal.
     */
    public static void loadOpenCv() {
        if (!loaded) {
            loadOnce();
        }
    }

    private static synchronized void loadOnce() {
        if (loaded) {
            return;
        }
        prepareJavaCpp();
        Loader.load(opencv_core.class);
        Loader.load(opencv_imgcodecs.class);
        Loader.load(opencv_dnn.class);
        opencv_core.setNumThreads(1);
        quiet = new Quiet();
        opencv_core.redirectError(quiet);
        loaded = true;
    }

    /** Gives the system back what native code has freed, such as the memory in which a graph was rebuilt. */
    public static void trimMemory() {
        prepareJavaCpp();
        Pointer.trimMemory();
    }

    /** Swallows what OpenCV would print when it throws; the exception itself still arrives. */
    private static final class Quiet extends ErrorCallback {
        @Override
        public int call(
                int status,
                org.bytedeco.javacpp.BytePointer function,
                org.bytedeco.javacpp.BytePointer message,
                org.bytedeco.javacpp.BytePointer file,
                int line,
                org.bytedeco.javacpp.Pointer user) {
            return 0;
        }
    }
}
