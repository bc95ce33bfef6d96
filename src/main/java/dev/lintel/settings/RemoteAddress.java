package dev.lintel.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of another machine, as the configuration has it: {@code scheme://user:password@host:port/path?query}. What
 * stands before the last {@code @} is user and password, whatever characters the password holds. Its text, and every message
 * about it, holds neither them nor path and query, which is where secrets are.
 *
 * @param scheme in small letters
 * @param user decoded; empty if there is none
 * @param password decoded; empty if there is none
 * @param host without brackets
 * @param port empty for the scheme's own
 * @param path with the query, as it was written; empty if there is none
 */
public record RemoteAddress(
        String scheme, String user, String password, String host, Optional<Integer> port, String path) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,15})://(.*)", Pattern.DOTALL);
    private static final Pattern PLACE =
            Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?([/?#].*)?", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|[A-Za-z0-9._-]+");
    /** What could also be a port or host with a path that has an {@code @} in it. */
    private static final Pattern TWO_WAYS = Pattern.compile("\\d{1,5}[/?#].*|.*@.*[/?#].*", Pattern.DOTALL);

    private static final String ENCODE =
            "; in user, password and path, write @ as %40, and : / ? # % as %3A %2F %3F %23 %25";

    /** @throws IllegalArgumentException that says what is wrong, without a key before it and without the address */
    public static RemoteAddress parse(String text) {
        Matcher whole = SCHEME.matcher(text.strip());
        if (!whole.matches()) {
            throw new IllegalArgumentException("does not begin with what is spoken there, such as http://");
        }
        String scheme = whole.group(1).toLowerCase(Locale.ROOT);
        String rest = whole.group(2);
        int at = rest.lastIndexOf('@');
        String before = at < 0 ? "" : rest.substring(0, at);
        int colon = before.indexOf(':');
        String user = colon < 0 ? before : before.substring(0, colon);
        String password = colon < 0 ? "" : before.substring(colon + 1);
        if (user.matches(".*[/?#].*") || TWO_WAYS.matcher(password).matches()) {
            throw new IllegalArgumentException("can be read in two ways" + ENCODE);
        }
        Matcher place = PLACE.matcher(rest.substring(at + 1));
        if (!place.matches()) {
            throw new IllegalArgumentException("has no host that can be read" + ENCODE);
        }
        String path = place.group(3) == null ? "" : place.group(3);
        if (path.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("has a space in it: write it as %20");
        }
        Optional<Integer> port = Optional.ofNullable(place.group(2)).map(Integer::valueOf);
        if (port.filter(p -> p < 1 || p > 65535).isPresent()) {
            throw new IllegalArgumentException("has a port that is not 1..65535");
        }
        return new RemoteAddress(
                scheme, decoded(user), decoded(password), place.group(1).replaceAll("^\\[|\\]$", ""), port, path);
    }

    /**
     * The same for a key of the configuration.
     *
     * @param schemes what may be spoken there, in small letters
     * @throws IllegalArgumentException that begins with the key
     */
    public static RemoteAddress parse(String key, String text, String... schemes) {
        try {
            RemoteAddress address = parse(text);
            if (List.of(schemes).contains(address.scheme)) {
                return address;
            }
            throw new IllegalArgumentException("begins with " + address.scheme + "://");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": must be an address such as " + schemes[0]
                    + "://192.168.1.5:8123/path; this one " + e.getMessage());
        }
    }

    /** Whether this is the name or number of a machine and nothing else. */
    public static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    public boolean http() {
        return scheme.equals("http") || scheme.equals("https");
    }

    public boolean tls() {
        return scheme.equals("https") || scheme.equals("rtsps");
    }

    /** The port, or the scheme's own: http 80, https 443, rtsp 554, rtsps 322. */
    public int actualPort() {
        return port.orElse(
                switch (scheme) {
                    case "https" -> 443;
                    case "rtsp" -> 554;
                    case "rtsps" -> 322;
                    default -> 80;
                });
    }

    /** Path and query of a request: begins with a slash, has no fragment. */
    public String target() {
        String target = path.replaceAll("#.*", "");
        return target.startsWith("/") ? target : "/" + target;
    }

    /** The whole address for what opens it, user and password encoded. Holds secrets. */
    public String secretUrl() {
        String credentials = user.isEmpty() && password.isEmpty() ? "" : encoded(user) + ":" + encoded(password) + "@";
        return scheme + "://" + credentials + place() + path;
    }

    /** What an HTTP request says of user and password; empty if there are none. Holds secrets. */
    public Optional<String> basicAuthorization() {
        String credentials = user + ":" + password;
        return credentials.equals(":")
                ? Optional.empty()
                : Optional.of(
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /** Scheme, host and port. */
    @Override
    public String toString() {
        return scheme + "://" + bracketed() + ":" + actualPort();
    }

    private String place() {
        return bracketed() + port.map(p -> ":" + p).orElse("");
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** A per cent sign that encodes nothing stands for itself. */
    private static String decoded(String text) {
        String careful = text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25").replace("+", "%2B");
        return URLDecoder.decode(careful, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,;=".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
