-- What the operator's own system says of people, and who is not to be recognised for the time being. external_key: keyed hash of
-- external_id, which is sealed as words is: a JSON list of the note and of an object of the other fields. inactive_since: milliseconds
-- since 1970; null for whoever is recognised. A person may have a row here and no template.
CREATE TABLE detail (
  person_id      INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  external_key   TEXT UNIQUE,
  external_id    BLOB,
  words          BLOB NOT NULL,
  inactive_since INTEGER,
  CHECK ((external_key IS NULL) = (external_id IS NULL))
) STRICT;
