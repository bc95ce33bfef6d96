package dev.lintel.camera;

import dev.lintel.settings.RemoteAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Under which certificate a camera may answer: one of the authorities in its {@code ca-file}, or of those that the machine
 * trusts, for the camera's name or number. With {@code insecure} any.
 */
final class CameraTrust {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** FFmpeg knows no authority of itself; written once for all cameras. */
    private static Path machines;

    private final CameraConfig camera;

    CameraTrust(CameraConfig camera) {
        this.camera = camera;
    }

    /** A file of PEM for FFmpeg; null if anybody is trusted. */
    Path authorities() throws SourceException {
        return camera.insecure()
                ? null
                : camera.caFile().isPresent() ? camera.caFile().get() : ofMachine();
    }

    /**
     * Shakes hands once, with the name checked, because FFmpeg does not look at it where a camera is called by its number.
     *
     * @throws SourceException that says what to do
     */
    void check(RemoteAddress address) throws SourceException {
        if (camera.insecure()) {
            return;
        }
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address.host(), address.actualPort()), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            try (SSLSocket socket = (SSLSocket)
                    context().getSocketFactory().createSocket(plain, address.host(), address.actualPort(), false)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
        } catch (SSLException e) {
            throw untrusted();
        } catch (IOException e) {
            throw new SourceException("it does not speak TLS there: check scheme and port");
        }
    }

    SourceException untrusted() {
        return new SourceException("its certificate is not trusted"
                + (camera.caFile().isPresent() ? " by ca-file, or is for another name" : "")
                + ": give the certificate (PEM) that signed it as ca-file, or say insecure: true where nobody can stand"
                + " between box and camera");
    }

    void apply(HttpsURLConnection connection) throws SourceException {
        connection.setSSLSocketFactory(context().getSocketFactory());
        if (camera.insecure()) {
            connection.setHostnameVerifier((name, session) -> true);
        }
    }

    private SSLContext context() throws SourceException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new SourceException("ca-file cannot be read: it must be PEM, with lines BEGIN CERTIFICATE");
        }
    }

    private TrustManager[] managers() throws GeneralSecurityException, IOException {
        if (camera.insecure()) {
            return new TrustManager[] {new Anybody()};
        }
        KeyStore store = null;
        if (camera.caFile().isPresent()) {
            store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            try (InputStream in = Files.newInputStream(camera.caFile().get())) {
                for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("ca-" + number++, one);
                }
            }
            if (number == 0) {
                throw new IOException("no certificate");
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static synchronized Path ofMachine() throws SourceException {
        if (machines != null && Files.exists(machines)) {
            return machines;
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            StringBuilder pem = new StringBuilder();
            for (X509Certificate one : ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
            Path file = Files.createTempFile("lintel-authorities", ".pem");
            Files.writeString(file, pem, StandardCharsets.US_ASCII);
            file.toFile().deleteOnExit();
            machines = file;
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new SourceException("the authorities that this machine trusts cannot be read: give a ca-file");
        }
    }

    /** For {@code insecure}. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // not asked
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // whoever it is
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
