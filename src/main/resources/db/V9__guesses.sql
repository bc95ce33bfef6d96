-- Wrong guesses, so that a restart forgives none. scope: who counts; subject: an address, an account, a door, or the digest of
-- a person's label. Times are milliseconds since 1970.
CREATE TABLE guess (
  scope        TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  wrong        INTEGER NOT NULL,
  lock_outs    INTEGER NOT NULL,
  today        INTEGER NOT NULL,
  day_began    INTEGER NOT NULL,
  last         INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  PRIMARY KEY (scope, subject)
) STRICT;

-- pin_key: fingerprint of the key, kept beside the database, that went into the hash; NULL: none did, as in older versions.
ALTER TABLE access ADD COLUMN pin_key TEXT;
