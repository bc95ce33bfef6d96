package dev.lintel.store.sqlite;

/** Where the key that opens the keys of the records comes from. */
public enum MasterKey {
    /** A file that only the box may read. */
    FILE,
    /** What systemd decrypted for the service, with the TPM where there is one. */
    CREDENTIAL,
    /** What somebody types at the start. */
    PASSPHRASE
}
