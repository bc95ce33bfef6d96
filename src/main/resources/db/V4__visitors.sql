-- People whom nobody enrolled, grouped by likeness: no name, no picture, and not for long.
-- sum: of the unit vectors of its faces, float32 little endian; faces: how many they are.
-- ignored_at: since when the operator does not want to see it; then it has no rows in visitor_face.
CREATE TABLE visitor (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  model_id   TEXT    NOT NULL,
  ignored_at INTEGER,
  faces      INTEGER NOT NULL CHECK (faces > 0),
  sum        BLOB    NOT NULL CHECK (length(sum) > 0 AND length(sum) % 4 = 0)
) STRICT;

-- One visit. sighting: id of the track, so that a visit handed in twice counts once.
CREATE TABLE visitor_face (
  sighting   TEXT    PRIMARY KEY,
  visitor_id INTEGER NOT NULL REFERENCES visitor (id) ON DELETE CASCADE,
  camera     TEXT    NOT NULL,
  seen_at    INTEGER NOT NULL,
  live       INTEGER NOT NULL,
  vector     BLOB    NOT NULL CHECK (length(vector) > 0 AND length(vector) % 4 = 0)
) STRICT;

CREATE INDEX visitor_face_of_visitor ON visitor_face (visitor_id);
CREATE INDEX visitor_face_by_time ON visitor_face (seen_at);
