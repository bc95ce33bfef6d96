-- A label is the text of face.Label (NFC); the default collation compares it byte by byte, so pages come in
-- code point order. Times are milliseconds since 1970. AUTOINCREMENT: an id is never given out twice.
CREATE TABLE person (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  label      TEXT    NOT NULL UNIQUE CHECK (label <> ''),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- vector: unit length, float32 little endian, in the order of the model's output.
CREATE TABLE template (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  model_id   TEXT    NOT NULL,
  vector     BLOB    NOT NULL CHECK (length(vector) > 0 AND length(vector) % 4 = 0),
  quality    REAL    NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX template_of_person ON template (person_id);
