-- The aligned crop of an enrolled view, of people who agreed to that; goes with its template. png: sealed, for the template and its person.
CREATE TABLE picture (
  template_id INTEGER PRIMARY KEY REFERENCES template (id) ON DELETE CASCADE,
  png         BLOB    NOT NULL
) STRICT;

-- What another embedding model made of a picture while the former one still serves. vector: sealed for the template and its person.
CREATE TABLE coming_template (
  template_id INTEGER PRIMARY KEY REFERENCES picture (template_id) ON DELETE CASCADE,
  model_id    TEXT    NOT NULL,
  vector      BLOB    NOT NULL
) STRICT;
