-- The keys that seal records, wrapped by a master key that is not in the database: one row. way: where the master key comes from (FILE,
-- CREDENTIAL, PASSPHRASE); salt, rounds: of a passphrase; fingerprint: of the master key.
CREATE TABLE keyring (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  way         TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  salt        BLOB,
  rounds      INTEGER,
  wrapped     BLOB    NOT NULL,
  made_at     INTEGER NOT NULL
) STRICT;
