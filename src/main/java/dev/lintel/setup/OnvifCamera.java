package dev.lintel.setup;

import dev.lintel.messages.SetupMessages.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Asks one ONVIF camera for the addresses of its streams (ONVIF media service 1.0). User and password go as a digest of WS-Security
 * UsernameToken, by the camera's own clock, because many have a wrong one.
 */
final class OnvifCamera {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LARGEST = 256 * 1024;
    private static final int MOST = 8;

    private static final String ENVELOPE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>%s</s:Header><s:Body>%s</s:Body></s:Envelope>""";

    private static final String SECURITY = """
            <w:Security s:mustUnderstand="1" xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" \
            xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><w:UsernameToken>\
            <w:Username>%s</w:Username><w:Password Type="http://docs.oasis-open.org/wss/2004/01/\
            oasis-200401-wss-username-token-profile-1.0#PasswordDigest">%s</w:Password>\
            <w:Nonce EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary">%s\
            </w:Nonce><u:Created>%s</u:Created></w:UsernameToken></w:Security>""";

    private static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
    private static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final SecureRandom random = new SecureRandom();
    private final URI service;
    private final String user;
    private final String password;
    private final InstantSource clock;
    private Duration ahead = Duration.ZERO;

    /** @param user empty to ask without */
    OnvifCamera(URI service, String user, String password, InstantSource clock) {
        this.service = service;
        this.user = user;
        this.password = password;
        this.clock = clock;
    }

    /** The camera does not take the user and password. */
    static final class NotAuthorized extends IOException {
        private static final long serialVersionUID = 1;

        NotAuthorized() {
            super("the camera does not take this user and password");
        }
    }

    /**
     * Its streams as it lists them, the best first with most cameras.
     *
     * @throws NotAuthorized if it wants another user or password
     * @throws IOException that says in one sentence what does not work
     */
    List<Stream> streams() throws IOException, InterruptedException {
        ahead = difference();
        Document capabilities = ask(
                service,
                "<GetCapabilities xmlns=\"" + DEVICE + "\"><Category>Media</Category></GetCapabilities>",
                true);
        URI media = Soap.elements(capabilities, "Media").stream()
                .map(element -> Soap.text(element, "XAddr"))
                .filter(address -> !address.isEmpty())
                .findFirst()
                .flatMap(this::here)
                .orElse(service);
        Document profiles = ask(media, "<GetProfiles xmlns=\"" + MEDIA + "\"/>", true);
        List<Stream> streams = new ArrayList<>();
        for (Element profile : Soap.elements(profiles, "Profiles")) {
            if (streams.size() < MOST && !profile.getAttribute("token").isEmpty()) {
                streams.add(stream(media, profile));
            }
        }
        if (streams.isEmpty()) {
            throw new IOException("the camera has no stream of video");
        }
        return streams;
    }

    private Stream stream(URI media, Element profile) throws IOException, InterruptedException {
        Document answer = ask(
                media,
                "<GetStreamUri xmlns=\"" + MEDIA
                        + "\"><StreamSetup><Stream xmlns=\"http://www.onvif.org/ver10/schema\">"
                        + "RTP-Unicast</Stream><Transport xmlns=\"http://www.onvif.org/ver10/schema\"><Protocol>RTSP</Protocol>"
                        + "</Transport></StreamSetup><ProfileToken>" + Soap.escaped(profile.getAttribute("token"))
                        + "</ProfileToken></GetStreamUri>",
                true);
        String address = Soap.texts(answer, "Uri").stream().findFirst().orElse("");
        if (!address.startsWith("rtsp://") && !address.startsWith("rtsps://")) {
            throw new IOException("the camera names no address of its stream");
        }
        Optional<Element> size = Soap.elements(profile, "Resolution").stream().findFirst();
        return new Stream(
                Soap.text(profile, "Name"),
                size.map(element -> number(Soap.text(element, "Width"))).orElse(0),
                size.map(element -> number(Soap.text(element, "Height"))).orElse(0),
                address.replaceFirst("://[^/@]*@", "://"));
    }

    /** How much the camera's clock is ahead of ours; none if it does not say. */
    private Duration difference() throws IOException, InterruptedException {
        Document answer = ask(service, "<GetSystemDateAndTime xmlns=\"" + DEVICE + "\"/>", false);
        Optional<Element> utc = Soap.elements(answer, "UTCDateTime").stream().findFirst();
        if (utc.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            OffsetDateTime there = OffsetDateTime.of(
                    number(Soap.text(utc.get(), "Year")),
                    number(Soap.text(utc.get(), "Month")),
                    number(Soap.text(utc.get(), "Day")),
                    number(Soap.text(utc.get(), "Hour")),
                    number(Soap.text(utc.get(), "Minute")),
                    number(Soap.text(utc.get(), "Second")),
                    0,
                    ZoneOffset.UTC);
            return Duration.between(clock.instant(), there.toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private Document ask(URI where, String body, boolean secured) throws IOException, InterruptedException {
        String header = secured && !user.isEmpty() ? security() : "";
        HttpRequest request = HttpRequest.newBuilder(where)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/soap+xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(ENVELOPE.formatted(header, body)))
                .build();
        HttpResponse<InputStream> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IOException("the camera does not answer at " + place(where), e);
        }
        byte[] answer;
        try (InputStream in = response.body()) {
            answer = in.readNBytes(LARGEST);
        }
        if (response.statusCode() == 200) {
            return Soap.parse(answer);
        }
        String text = new String(answer, StandardCharsets.UTF_8);
        if (response.statusCode() == 401 || response.statusCode() == 403 || text.contains("NotAuthorized")) {
            throw new NotAuthorized();
        }
        throw new IOException(place(where) + " answers " + response.statusCode() + ": is it an ONVIF camera?");
    }

    private String security() {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        Instant now = clock.instant().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
        String created = DateTimeFormatter.ISO_INSTANT.format(now);
        return SECURITY.formatted(
                Soap.escaped(user),
                digest(nonce, created, password),
                Base64.getEncoder().encodeToString(nonce),
                created);
    }

    /** SHA-1 is what the profile says; it travels once, with a nonce. */
    static String digest(byte[] nonce, String created, String password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(nonce);
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            sha1.update(password.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An address that the camera names of itself: the password goes to nobody else. */
    private Optional<URI> here(String address) {
        try {
            URI uri = URI.create(address);
            boolean same = service.getHost().equals(uri.getHost())
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
            return same ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String place(URI where) {
        return where.getHost() + (where.getPort() < 0 ? "" : ":" + where.getPort());
    }

    private static int number(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
