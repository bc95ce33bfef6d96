-- Names, vectors, details and hashes are sealed (store.secrets.Vault): AES-256-GCM, bound to their column and row. What is looked up
-- has a keyed hash, in a column that ends in _key. Times, doors, cameras, kinds, verdicts, groups and numbers stay as they were.
-- A label_key that begins with char(1) is of somebody without a label: deleted, or giving way to another.
PRAGMA defer_foreign_keys = ON;

DROP VIEW enrolled_person;
DROP VIEW enrolled_template;

ALTER TABLE person RENAME COLUMN label TO label_key;
ALTER TABLE person ADD COLUMN label BLOB;
UPDATE person SET label = sealed(label_key, 'person.label', id), label_key = keyed('label', label_key)
WHERE label_key NOT LIKE char(1) || '%';

ALTER TABLE former_person RENAME COLUMN label TO label_key;
ALTER TABLE former_person ADD COLUMN label BLOB;
UPDATE former_person SET label = sealed(label_key, 'former_person.label', person_id), label_key = keyed('label', label_key);

-- A vector belongs to its template and to its person: a template cannot be given to somebody else behind the box's back.
UPDATE template SET vector = sealed(vector, 'template.vector', id || '/' || person_id);
UPDATE visitor SET sum = sealed(sum, 'visitor.sum', id);
UPDATE visitor_face SET vector = sealed(vector, 'visitor_face.vector', sighting);

UPDATE access SET pin_hash = sealed(pin_hash, 'access.pin_hash', person_id);

DROP TRIGGER event_stays_as_it_is;
ALTER TABLE event ADD COLUMN sealed_detail BLOB;
ALTER TABLE event ADD COLUMN sealed_facts BLOB;
UPDATE event SET sealed_detail = sealed(detail, 'event.detail', sequence), sealed_facts = sealed(facts, 'event.facts', sequence);
ALTER TABLE event DROP COLUMN detail;
ALTER TABLE event DROP COLUMN facts;
ALTER TABLE event RENAME COLUMN sealed_detail TO detail;
ALTER TABLE event RENAME COLUMN sealed_facts TO facts;
CREATE TRIGGER event_stays_as_it_is BEFORE UPDATE OF id, kind, at, camera, door, direction, verdict, rule, detail, facts, erased ON event
WHEN OLD.erased IS NOT NULL OR NEW.erased IS NULL
BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;

DROP TRIGGER attendance_stays_as_it_is;
ALTER TABLE attendance ADD COLUMN sealed_author BLOB;
ALTER TABLE attendance ADD COLUMN sealed_reason BLOB;
UPDATE attendance SET sealed_author = sealed(author, 'attendance.author', sequence), sealed_reason = sealed(reason, 'attendance.reason', sequence);
ALTER TABLE attendance DROP COLUMN author;
ALTER TABLE attendance DROP COLUMN reason;
ALTER TABLE attendance RENAME COLUMN sealed_author TO author;
ALTER TABLE attendance RENAME COLUMN sealed_reason TO reason;
CREATE TRIGGER attendance_stays_as_it_is
BEFORE UPDATE OF id, kind, at, direction, camera, door, target, author, written_at, reason, erased ON attendance
WHEN OLD.erased IS NOT NULL OR NEW.erased IS NULL
BEGIN
  SELECT RAISE(ABORT, 'attendance is append-only: add a correction');
END;

-- Names of accounts are names of people.
ALTER TABLE account RENAME COLUMN name TO name_key;
ALTER TABLE account ADD COLUMN name BLOB;
UPDATE session SET account = keyed('account', lower(account));
UPDATE account SET name = sealed(name_key, 'account.name', keyed('account', lower(name_key))),
  hash = sealed(hash, 'account.hash', keyed('account', lower(name_key))), name_key = keyed('account', lower(name_key));

ALTER TABLE api_key RENAME COLUMN name TO name_key;
ALTER TABLE api_key ADD COLUMN name BLOB;
UPDATE api_key SET name = sealed(name_key, 'api_key.name', keyed('key', lower(name_key))), name_key = keyed('key', lower(name_key));

ALTER TABLE guess RENAME COLUMN subject TO subject_key;
ALTER TABLE guess ADD COLUMN subject BLOB;
UPDATE guess SET subject = sealed(subject_key, 'guess.subject', keyed('guess', subject_key)), subject_key = keyed('guess', subject_key);

CREATE VIEW enrolled_person AS
SELECT id, label, label_key, created_at, updated_at FROM person
WHERE NOT EXISTS (SELECT 1 FROM unfinished_import WHERE person.id BETWEEN first_person AND last_person)
  AND NOT EXISTS (SELECT 1 FROM former_person WHERE former_person.person_id = person.id);

CREATE VIEW enrolled_template AS
SELECT id, person_id, model_id, vector, quality, created_at FROM template
WHERE NOT EXISTS (SELECT 1 FROM unfinished_import WHERE template.id BETWEEN first_template AND last_template);
