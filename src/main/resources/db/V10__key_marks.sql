-- The keys that lie in files beside the database, by what they are for, as fingerprints: a missing or foreign one is found at
-- the start.
CREATE TABLE key_mark (
  name        TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;
