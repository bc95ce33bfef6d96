-- An import writes its people and templates in portions, with ids that were set aside for it. Its row stands here until it
-- is finished, and what has these ids is hidden meanwhile: everybody reads the views. A row that is found at the start is
-- of an import that was cut off, and what it wrote is removed.
CREATE TABLE unfinished_import (
  first_person   INTEGER NOT NULL,
  last_person    INTEGER NOT NULL,
  first_template INTEGER NOT NULL,
  last_template  INTEGER NOT NULL
) STRICT;

CREATE VIEW enrolled_person AS
SELECT id, label, created_at, updated_at FROM person
WHERE NOT EXISTS (SELECT 1 FROM unfinished_import WHERE person.id BETWEEN first_person AND last_person);

CREATE VIEW enrolled_template AS
SELECT id, person_id, model_id, vector, quality, created_at FROM template
WHERE NOT EXISTS (SELECT 1 FROM unfinished_import WHERE template.id BETWEEN first_template AND last_template);
