-- People who were deleted while their attendance was kept: of them there are only the label, the groups and the attendance.
-- The row in person stays for the attendance to point to; its own label is a number, so that the former one is free.
CREATE TABLE former_person (
  person_id   INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  label       TEXT    NOT NULL,
  group_names TEXT    NOT NULL
) STRICT;

CREATE INDEX former_person_label ON former_person (label);

DROP VIEW enrolled_person;

CREATE VIEW enrolled_person AS
SELECT id, label, created_at, updated_at FROM person
WHERE NOT EXISTS (SELECT 1 FROM unfinished_import WHERE person.id BETWEEN first_person AND last_person)
  AND NOT EXISTS (SELECT 1 FROM former_person WHERE former_person.person_id = person.id);
