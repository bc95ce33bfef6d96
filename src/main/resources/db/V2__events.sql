-- What happened at the door, and what follows from it. Rows are sealed with the box's own key and chained (see
-- store.Chain): a changed, removed or inserted row is found. Times are milliseconds since 1970.
--
-- Nothing is updated or deleted, with these exceptions, each sealed anew:
--   who a row is about changes when two people are merged, and becomes NULL when the person is deleted;
--   a row that is erased keeps its sequence, digest and chain, and loses everything else;
--   rows up to ledger.base_sequence, all of them erased, are deleted.

-- One row for each chain: where it begins (what came before was removed) and where it ends.
CREATE TABLE ledger (
  name          TEXT    PRIMARY KEY,
  base_sequence INTEGER NOT NULL,
  base_chain    BLOB    NOT NULL,
  base_seal     BLOB    NOT NULL,
  head_sequence INTEGER NOT NULL,
  head_chain    BLOB    NOT NULL,
  head_seal     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- facts: the numbers behind a decision, as JSON; no label and no vector.
CREATE TABLE event (
  sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT    UNIQUE,
  kind        TEXT,
  at          INTEGER,
  camera      TEXT,
  door        TEXT,
  direction   TEXT,
  verdict     TEXT,
  rule        TEXT,
  detail      TEXT,
  facts       TEXT,
  person_id   INTEGER REFERENCES person (id),
  person_seal BLOB    NOT NULL,
  digest      BLOB    NOT NULL,
  chain       BLOB    NOT NULL,
  erased      BLOB
) STRICT;

CREATE INDEX event_of_person ON event (person_id, sequence);
CREATE INDEX event_at ON event (at);

CREATE TRIGGER event_keeps_its_place BEFORE UPDATE OF sequence, digest, chain ON event
BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;

CREATE TRIGGER event_stays_as_it_is BEFORE UPDATE OF id, kind, at, camera, door, direction, verdict, rule, detail, facts, erased ON event
WHEN OLD.erased IS NOT NULL OR NEW.erased IS NULL
BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;

CREATE TRIGGER event_stays BEFORE DELETE ON event
WHEN OLD.sequence > coalesce((SELECT base_sequence FROM ledger WHERE name = 'event'), 0)
BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;

-- kind: SEEN from an event, whose id it has; ADDED, REPLACED, VOIDED are corrections, with author and reason.
-- target: the sequence of the entry that a correction replaces or voids.
CREATE TABLE attendance (
  sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT    UNIQUE,
  kind        TEXT,
  at          INTEGER,
  direction   TEXT,
  camera      TEXT,
  door        TEXT,
  target      INTEGER,
  author      TEXT,
  written_at  INTEGER,
  reason      TEXT,
  person_id   INTEGER REFERENCES person (id),
  person_seal BLOB    NOT NULL,
  digest      BLOB    NOT NULL,
  chain       BLOB    NOT NULL,
  erased      BLOB
) STRICT;

CREATE INDEX attendance_of_person ON attendance (person_id, at);
CREATE INDEX attendance_at ON attendance (at);
CREATE INDEX attendance_correction ON attendance (target) WHERE target IS NOT NULL;

CREATE TRIGGER attendance_keeps_its_place BEFORE UPDATE OF sequence, digest, chain ON attendance
BEGIN
  SELECT RAISE(ABORT, 'attendance is append-only: add a correction');
END;

CREATE TRIGGER attendance_stays_as_it_is
BEFORE UPDATE OF id, kind, at, direction, camera, door, target, author, written_at, reason, erased ON attendance
WHEN OLD.erased IS NOT NULL OR NEW.erased IS NULL
BEGIN
  SELECT RAISE(ABORT, 'attendance is append-only: add a correction');
END;

CREATE TRIGGER attendance_stays BEFORE DELETE ON attendance
WHEN OLD.sequence > coalesce((SELECT base_sequence FROM ledger WHERE name = 'attendance'), 0)
BEGIN
  SELECT RAISE(ABORT, 'attendance is append-only: add a correction');
END;

-- Who is to be told of events: a target knows, or need not know, everything up to this place in the log.
CREATE TABLE outbox (
  target  TEXT    PRIMARY KEY,
  settled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
