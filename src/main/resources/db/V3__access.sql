-- Rights of people; who has no row here belongs to everybody, for ever, without a PIN. group_names:
-- separated by spaces. Times are milliseconds since 1970. pin_hash: PBKDF2 (HMAC-SHA-512) of the PIN with salt and rounds.
CREATE TABLE access (
  person_id   INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  group_names TEXT    NOT NULL,
  valid_from  INTEGER,
  valid_until INTEGER,
  pin_salt    BLOB,
  pin_rounds  INTEGER,
  pin_hash    BLOB,
  CHECK ((pin_salt IS NULL) = (pin_hash IS NULL) AND (pin_rounds IS NULL) = (pin_hash IS NULL))
) STRICT;

-- Modes of doors that are to hold over a restart.
CREATE TABLE door_mode (
  door        TEXT PRIMARY KEY,
  mode        TEXT NOT NULL,
  holds_until INTEGER
) STRICT;
