-- People who log in. roles: separated by spaces. Times are milliseconds since 1970. hash: PBKDF2 (HMAC-SHA-512) of the password.
CREATE TABLE account (
  name       TEXT    PRIMARY KEY COLLATE NOCASE,
  roles      TEXT    NOT NULL,
  salt       BLOB    NOT NULL,
  rounds     INTEGER NOT NULL,
  hash       BLOB    NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used  INTEGER
) STRICT;

-- Programs. digest: SHA-256 of the secret, which has 192 random bits, in hexadecimal digits.
CREATE TABLE api_key (
  name       TEXT    PRIMARY KEY COLLATE NOCASE,
  role       TEXT    NOT NULL,
  digest     TEXT    NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used  INTEGER
) STRICT;

-- Browsers that are logged in. digest: SHA-256 of what they hold, which has 256 random bits.
CREATE TABLE session (
  digest     TEXT    PRIMARY KEY,
  account    TEXT    NOT NULL COLLATE NOCASE REFERENCES account (name) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  last_used  INTEGER NOT NULL
) STRICT;

CREATE INDEX session_account ON session (account);
