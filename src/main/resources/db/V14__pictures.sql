-- The aligned crop of an enrolled view, of people who agreed to that; goes with its template. png: sealed, for the template and its person.
-- next_model, next_vector: what another embedding model made of it while the former one still serves; sealed in the same way.
CREATE TABLE picture (
  template_id INTEGER PRIMARY KEY REFERENCES template (id) ON DELETE CASCADE,
  png         BLOB    NOT NULL,
  next_model  TEXT,
  next_vector BLOB
) STRICT;
