-- Who agreed to be recognised. By label, because a consent comes before the first face; a person who is renamed takes it along.
-- label: sealed, looked up by its keyed hash; words: sealed, a JSON list of who gave it for the person, where it can be seen, who wrote it
-- down, how it was withdrawn and who said so. purposes: separated by spaces. Times are milliseconds since 1970.
-- warned_for: the end that was warned of. set_aside: templates that a withdrawal set aside, by their ids, separated by spaces.
CREATE TABLE consent (
  id           INTEGER PRIMARY KEY,
  label_key    TEXT    NOT NULL UNIQUE,
  label        BLOB    NOT NULL,
  words        BLOB    NOT NULL,
  given_at     INTEGER NOT NULL,
  purposes     TEXT    NOT NULL,
  ends_at      INTEGER,
  recorded_at  INTEGER NOT NULL,
  withdrawn_at INTEGER,
  warned_for   INTEGER,
  set_aside    TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX consent_ends ON consent (ends_at) WHERE ends_at IS NOT NULL;
