package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testkit.Configs;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.tls.OwnAuthority;
import dev.lintel.tls.TlsConfig;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS under the box's own certificate, and under one that it is given. Runs keytool. */
@Tag("slow")
class HttpsTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Listeners listeners;

    @AfterEach
    void stop() throws Exception {
        GatewayHarness.await(vertx.close());
    }

    private void listen(Map<String, Object> tls) throws Exception {
        GatewayConfig plain = Configs.gateway();
        TlsConfig config = Configs.with(plain.tls(), Map.of("enabled", true));
        GatewayConfig gateway = Configs.with(plain, Map.of("tls", Configs.with(config, tls)));
        listeners = new Listeners(vertx, gateway, folder.resolve("tls"));
        GatewayHarness.await(
                listeners.open(connection -> true, request -> request.response().end("hello")));
    }

    /** The certificate that the box shows to who trusts this authority only; fails if it does not fit the name. */
    private X509Certificate shownTo(X509Certificate authority, String name) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (Socket plain = new Socket("127.0.0.1", listeners.tlsPort());
                SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, name, plain.getPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static X509Certificate parsed(byte[] pem) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private X509Certificate authority() throws Exception {
        return parsed(GatewayHarness.await(listeners.authority()).orElseThrow().getBytes());
    }

    @Test
    void shouldMakeAnAuthorityAndACertificateForItsNames() throws Exception {
        listen(Map.of("names", java.util.List.of("lintel.lan", "10.9.8.7")));

        X509Certificate ca = authority();
        assertThat(ca.getBasicConstraints()).isZero();
        for (String name : Set.of("localhost", "127.0.0.1", "lintel.lan", "10.9.8.7")) {
            X509Certificate box = shownTo(ca, name);
            assertThat(box.getBasicConstraints()).as("is no authority").isEqualTo(-1);
            assertThat(Duration.between(Instant.now(), box.getNotAfter().toInstant()))
                    .isLessThan(Duration.ofDays(398));
        }
        assertThatThrownBy(() -> shownTo(ca, "elsewhere.example")).isInstanceOf(SSLHandshakeException.class);
        try (var files = Files.list(folder.resolve("tls"))) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void shouldKeepItsAuthorityOverAStartAndARenewal() throws Exception {
        OwnAuthority own = new OwnAuthority(folder.resolve("tls"));
        assertThat(own.prepare(Set.of("localhost"), Instant.now())).isTrue();
        String first = own.fingerprint();
        assertThat(own.prepare(Set.of("localhost"), Instant.now())).isFalse();
        assertThat(own.prepare(Set.of("localhost", "box.lan"), Instant.now()))
                .as("a new name")
                .isTrue();
        assertThat(own.prepare(Set.of("localhost"), Instant.now().plus(Duration.ofDays(370))))
                .as("nearly over")
                .isTrue();
        assertThat(new OwnAuthority(folder.resolve("tls")).fingerprint()).isEqualTo(first);
    }

    @Test
    void shouldTakeANewCertificateWithoutARestart() throws Exception {
        Path certificate = folder.resolve("box.pem");
        Path key = folder.resolve("box.key");
        X509Certificate one = write("one", certificate, key);
        listen(Map.of("certificate", Optional.of(certificate), "key", Optional.of(key)));
        assertThat(shownTo(one, "localhost").getSubjectX500Principal().getName())
                .isEqualTo("CN=one");
        assertThat(GatewayHarness.await(listeners.authority())).isEmpty();

        X509Certificate two = write("two", certificate, key);
        GatewayHarness.await(listeners.renew());
        assertThat(shownTo(two, "localhost").getSubjectX500Principal().getName())
                .isEqualTo("CN=two");

        Files.writeString(certificate, "torn");
        assertThatThrownBy(() -> GatewayHarness.await(listeners.renew())).isNotNull();
        assertThat(shownTo(two, "localhost").getSubjectX500Principal().getName())
                .as("the former")
                .isEqualTo("CN=two");
        assertThat(listeners.https().orElseThrow().ready()).isFalse();
    }

    @Test
    void shouldServeHttpWhereHttpsCannotBe() throws Exception {
        listen(Map.of("certificate", Optional.of(folder.resolve("no.pem")), "key", Optional.of(folder.resolve("no"))));

        assertThat(listeners.port()).isPositive();
        assertThat(listeners.tlsPort()).isZero();
        assertThat(listeners.https().orElseThrow().detail())
                .startsWith("not served: ")
                .contains("no.pem");
    }

    /** A certificate that signs itself, as PEM files. */
    private X509Certificate write(String name, Path certificate, Path key) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "x",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Certificate x = keys.getCertificate("x");
        Files.writeString(certificate, pem("CERTIFICATE", x.getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", keys.getKey("x", "changeit".toCharArray()).getEncoded()));
        return (X509Certificate) x;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
