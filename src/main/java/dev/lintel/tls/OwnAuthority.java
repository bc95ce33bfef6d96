package dev.lintel.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority of this box alone, and the certificate that it gives the box: in one key store below a folder that
 * only the box may read. Made by the JDK's keytool, as the JDK has no other way to make certificates. Slow: not for an event
 * loop.
 */
public final class OwnAuthority {
    static final String CA = "ca";
    static final String BOX = "box";

    /** Browsers take no longer ones from public authorities; a shorter life costs nothing, as it renews itself. */
    private static final int BOX_DAYS = 397;

    private static final int CA_DAYS = 3650;
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Path store;
    private final Path passwordFile;

    /** @param folder is made if missing */
    public OwnAuthority(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("lintel.p12");
        this.passwordFile = folder.resolve("password");
    }

    /**
     * Makes what is missing, and renews the certificate if it ends within a month or lacks a name.
     *
     * @param names names and addresses of the box
     * @return whether anything was made
     * @throws IOException with what to do, if it cannot
     */
    public synchronized boolean prepare(Set<String> names, Instant now) throws IOException {
        try {
            boolean made = false;
            if (Files.notExists(store)) {
                makeAuthority();
                made = true;
            }
            X509Certificate box = certificate(BOX);
            if (box == null
                    || now.plus(RENEW_BEFORE).isAfter(box.getNotAfter().toInstant())
                    || !namesOf(box).containsAll(names)) {
                renew(names);
                made = true;
            }
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    store + " cannot be read (" + e.getMessage() + "): move the folder " + folder
                            + " away, and the box makes a new authority, which browsers must then learn",
                    e);
        }
    }

    /** The key store: the box's key under {@link #BOX}. */
    public byte[] keyStore() throws IOException {
        return Files.readAllBytes(store);
    }

    public String password() throws IOException {
        return Files.readString(passwordFile, StandardCharsets.US_ASCII).strip();
    }

    /** The authority's certificate, for browsers, as PEM. */
    public String authority() throws IOException {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(certificate(CA).getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException(store + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** SHA-256 of the authority's certificate, as browsers show it. */
    public String fingerprint() throws IOException {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(certificate(CA).getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IOException(store + " cannot be read: " + e.getMessage(), e);
        }
    }

    X509Certificate certificate(String alias) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password().toCharArray());
        }
        Certificate certificate = keys.getCertificate(alias);
        return certificate instanceof X509Certificate x509 ? x509 : null;
    }

    static Set<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        Set<String> names = new TreeSet<>();
        if (certificate.getSubjectAlternativeNames() != null) {
            for (List<?> name : certificate.getSubjectAlternativeNames()) {
                names.add(MachineNames.plain(String.valueOf(name.get(1))));
            }
        }
        return names;
    }

    private void makeAuthority() throws IOException {
        Files.createDirectories(folder);
        ownerOnly(folder, "rwx------");
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        Files.deleteIfExists(passwordFile);
        Files.createFile(passwordFile);
        ownerOnly(passwordFile, "rw-------");
        Files.writeString(passwordFile, HexFormat.of().formatHex(bytes) + "\n");
        // A name of its own: browsers mix up authorities that are called the same.
        String name = "Lintel " + HexFormat.of().formatHex(bytes, 0, 4);
        change(keys -> keytool(
                keys,
                List.of(
                        "-genkeypair",
                        "-alias",
                        CA,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-sigalg",
                        "SHA256withECDSA",
                        "-dname",
                        "CN=" + name + " CA",
                        "-validity",
                        Integer.toString(CA_DAYS),
                        "-ext",
                        "bc:critical=ca:true,pathlen:0",
                        "-ext",
                        "ku:critical=keyCertSign,cRLSign")));
    }

    private void renew(Set<String> names) throws IOException {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add((MachineNames.isAddress(name) ? "ip:" : "dns:") + name));
        change(keys -> {
            try {
                if (certificate(BOX) != null) {
                    keytool(keys, List.of("-delete", "-alias", BOX));
                }
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
            keytool(
                    keys,
                    List.of(
                            "-genkeypair",
                            "-alias",
                            BOX,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-sigalg",
                            "SHA256withECDSA",
                            "-signer",
                            CA,
                            "-dname",
                            "CN=Lintel",
                            "-validity",
                            Integer.toString(BOX_DAYS),
                            "-ext",
                            "san=" + String.join(",", all),
                            "-ext",
                            "eku=serverAuth",
                            "-ext",
                            "ku:critical=digitalSignature"));
        });
    }

    private interface Step {
        void on(Path keys) throws IOException;
    }

    /** On a copy, so that the key store is whole whenever the power fails. */
    private void change(Step step) throws IOException {
        Path copy = folder.resolve("lintel.p12.new");
        Files.deleteIfExists(copy);
        if (Files.exists(store)) {
            Files.copy(store, copy);
        }
        step.on(copy);
        ownerOnly(copy, "rw-------");
        Files.move(copy, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void keytool(Path keys, List<String> what) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(program)) {
            throw new IOException("this Java has no keytool (" + program
                    + "): install a whole one, or give gateway.tls.certificate and key");
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), "-J-XX:TieredStopAtLevel=1"));
        command.addAll(what);
        command.addAll(List.of(
                "-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass:file", passwordFile.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            byte[] said = process.getInputStream().readNBytes(10_000);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                        "keytool could not make the certificate: " + new String(said, StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void ownerOnly(Path file, String permissions) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }
}
