package dev.lintel.store.sqlite;

import dev.lintel.store.secrets.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/** Reads or makes master keys. Blocks; thread-safe. */
public final class MasterSource {
    private static final int BYTES = 32;
    static final String CREDENTIAL = "lintel-vault-key";

    private final MasterKey way;
    private final Optional<Path> keyFile;
    private final Passphrases passphrases;
    private final Optional<byte[]> given;

    /**
     * @param way for a database that is sealed now
     * @param keyFile of the way FILE; empty: beside the database
     */
    public MasterSource(MasterKey way, Optional<Path> keyFile, Passphrases passphrases) {
        this(way, keyFile, passphrases, Optional.empty());
    }

    private MasterSource(MasterKey way, Optional<Path> keyFile, Passphrases passphrases, Optional<byte[]> given) {
        this.way = way;
        this.keyFile = keyFile;
        this.passphrases = passphrases;
        this.given = given;
    }

    /** A new key that is never written anywhere, for a copy that lives for a moment. */
    public static MasterSource ofTheMoment() {
        return new MasterSource(
                MasterKey.FILE,
                Optional.empty(),
                Passphrases.ofThisProcess(),
                Optional.of(Arrays.copyOf(Vault.fresh(), BYTES)));
    }

    /** @param salt null unless it is of a passphrase */
    public record Made(MasterKey way, byte[] key, byte[] salt, int rounds) {}

    public MasterKey way() {
        return way;
    }

    public Path file(StoreFiles files) {
        return keyFile.orElse(files.vaultKey());
    }

    String name(StoreFiles files, MasterKey of) {
        return of == MasterKey.FILE ? file(files).toString() : "the credential " + CREDENTIAL;
    }

    byte[] read(StoreFiles files, MasterKey of, String fingerprint, byte[] salt, int rounds) {
        if (of == MasterKey.PASSPHRASE) {
            return passphrases.key(salt, rounds);
        }
        if (of == MasterKey.FILE && given.isEmpty()) {
            takeComing(files, fingerprint);
        }
        return stored(files, of)
                .orElseThrow(() -> new StoreException("the key of the database, " + name(files, of)
                        + ", is missing, and without it nothing in the database can be read: "
                        + (of == MasterKey.FILE
                                ? "put back its backup (its fingerprint is " + fingerprint + ")"
                                : "let the service start it, whose unit loads it (LoadCredentialEncrypted=); commands"
                                        + " work with the running box")));
    }

    /** The box stopped after the database was sealed anew and before its new key took the old one's place. */
    private void takeComing(StoreFiles files, String fingerprint) {
        Path place = file(files);
        Path coming = coming(place);
        try {
            Optional<byte[]> key = files.readKey(coming);
            if (key.isPresent() && Vault.fingerprint(key.get()).equals(fingerprint)) {
                Files.move(coming, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StoreException("the new key of the database, " + coming + ", cannot take its place: " + e, e);
        }
    }

    /** Where a new key waits until the database is sealed with it. */
    public static Path coming(Path place) {
        return place.resolveSibling(place.getFileName() + ".coming");
    }

    /** A new one, also where there is one: a file is not written yet, so that the database can change first. */
    public Made fresh() {
        if (way == MasterKey.FILE && given.isEmpty()) {
            return new Made(way, Arrays.copyOf(Vault.fresh(), BYTES), null, 0);
        }
        return make(null);
    }

    Made make(StoreFiles files) {
        if (way == MasterKey.PASSPHRASE) {
            byte[] salt = Passphrases.salt();
            return new Made(way, passphrases.chosen(salt), salt, Passphrases.ROUNDS);
        }
        return new Made(
                way,
                stored(files, way).orElseGet(() -> {
                    if (way == MasterKey.CREDENTIAL) {
                        throw new StoreException("store.key says credential, and there is none called " + CREDENTIAL
                                + ": make one with systemd-creds and load it in the unit, see docs/operation.md");
                    }
                    byte[] key = Arrays.copyOf(Vault.fresh(), BYTES);
                    try {
                        files.writeKey(file(files), key);
                    } catch (IOException e) {
                        throw new StoreException(
                                "the key of the database, " + file(files) + ", cannot be made: check the folder and its"
                                        + " owner. " + e,
                                e);
                    }
                    return key;
                }),
                null,
                0);
    }

    private Optional<byte[]> stored(StoreFiles files, MasterKey of) {
        if (given.isPresent()) {
            return given;
        }
        try {
            Optional<byte[]> key = of == MasterKey.FILE ? files.readKey(file(files)) : credential();
            if (key.isPresent() && key.get().length < BYTES) {
                throw new StoreException("the key of the database, " + name(files, of) + ", is damaged: it has "
                        + key.get().length + " bytes, " + BYTES + " are needed. Put back its backup");
            }
            return key.map(bytes -> bytes.length == BYTES ? bytes : Vault.digest(bytes));
        } catch (IOException e) {
            throw new StoreException(
                    "the key of the database, " + name(files, of) + ", cannot be read: check its owner and mode. " + e,
                    e);
        }
    }

    private static Optional<byte[]> credential() throws IOException {
        String folder = System.getenv("CREDENTIALS_DIRECTORY");
        Path file = folder == null ? null : Path.of(folder).resolve(CREDENTIAL);
        return file == null || Files.notExists(file) ? Optional.empty() : Optional.of(Files.readAllBytes(file));
    }
}
