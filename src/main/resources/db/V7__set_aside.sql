-- Templates that are kept but not compared, because they do not fit their person; until the operator takes them up again.
CREATE TABLE set_aside (
  template_id INTEGER PRIMARY KEY REFERENCES template (id) ON DELETE CASCADE
) STRICT;
