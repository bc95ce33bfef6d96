package dev.lintel.inference;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a native library could not be loaded, from the loader's own words, which stand somewhere below what was thrown. */
public final class MissingLibrary {
    /** As the system's loader writes it: {@code /dir/libA.so: libB.so.1: cannot open shared object file: ...}. */
    private static final Pattern ABSENT = Pattern.compile("(?:(\\S+): )?(lib\\S+?): cannot open shared object file");
    /** {@code /lib/libc.so.6: version `GLIBC_2.35' not found (required by ...)}. */
    private static final Pattern TOO_OLD =
            Pattern.compile("(\\S+): version [`'](\\w+?)_([\\d.]+)' not found(?: \\(required by (\\S+)\\))?");

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("libva.so.2", "libva2"),
            Map.entry("libva-drm.so.2", "libva-drm2"),
            Map.entry("libdrm.so.2", "libdrm2"),
            Map.entry("libasound.so.2", "libasound2, in Debian 13 libasound2t64"),
            Map.entry("libpulse.so.0", "libpulse0"),
            Map.entry("libxcb.so.1", "libxcb1"),
            Map.entry("libxcb-shm.so.0", "libxcb-shm0"),
            Map.entry("libgomp.so.1", "libgomp1"),
            Map.entry("libstdc++.so.6", "libstdc++6"));

    private MissingLibrary() {}

    /** One sentence: which library is missing or too old, and what to install; else the deepest reason that there is. */
    public static String of(LinkageError failure) {
        Throwable deepest = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            Optional<String> known = known(String.valueOf(at.getMessage()));
            if (known.isPresent()) {
                return known.get();
            }
            deepest = at;
        }
        String reason = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
        return reason.lines().findFirst().orElse("") + ": build with scripts/run on this machine";
    }

    private static Optional<String> known(String message) {
        Matcher absent = ABSENT.matcher(message);
        if (absent.find()) {
            String library = absent.group(2);
            String needing = absent.group(1) == null ? "" : ", which " + file(absent.group(1)) + " needs";
            String debian = PACKAGES.get(library);
            return Optional.of("the library " + library + " is missing" + needing + ": install "
                    + (debian == null ? "the package that has it" : "it (in Debian the package " + debian + ")"));
        }
        Matcher old = TOO_OLD.matcher(message);
        if (old.find()) {
            String needing = old.group(4) == null ? "Lintel" : file(old.group(4).replace(")", ""));
            return Optional.of(old.group(1) + " is too old: " + needing + " needs " + old.group(2) + " " + old.group(3)
                    + ". Upgrade the system, to Debian 12, Ubuntu 22.04 or JetPack 6");
        }
        return Optional.empty();
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
