-- Who is in the book twice, views of the list, and fields that an association adds.

-- ── who is in the book twice ─────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE person ADD COLUMN birth_day TEXT NOT NULL DEFAULT '';   -- YYYY-MM-DD; empty: not known
ALTER TABLE person ADD COLUMN merged_into BLOB REFERENCES person (id);   -- whose record this one is part of; it is removed then
-- Whom someone typed in may be is asked at each keystroke: the index alone answers.
DROP INDEX person_by_sound;
CREATE INDEX person_by_sound ON person (sound_key, id) WHERE removed_ms IS NULL;
CREATE INDEX person_by_birth ON person (birth_day) WHERE birth_day <> '';
CREATE INDEX person_by_merged_into ON person (merged_into) WHERE merged_into IS NOT NULL;

-- A postal address in its parts. How a letter is addressed stands in the reach of kind 'post'.
CREATE TABLE address (
  id        BLOB PRIMARY KEY NOT NULL,
  person_id BLOB NOT NULL REFERENCES person (id),
  label     TEXT NOT NULL,
  street    TEXT NOT NULL,                        -- with the number, and whatever else stands above the town
  city      TEXT NOT NULL,
  region    TEXT NOT NULL,
  postcode  TEXT NOT NULL,
  country   TEXT NOT NULL,                        -- as written
  position  INTEGER NOT NULL
) STRICT;
CREATE INDEX address_by_person ON address (person_id, position);

CREATE TABLE not_same (                                             -- two who were looked at, and are two
  id           BLOB PRIMARY KEY NOT NULL,
  person_id    BLOB NOT NULL REFERENCES person (id),
  other_id     BLOB NOT NULL REFERENCES person (id),
  at_ms        INTEGER NOT NULL,
  volunteer_id BLOB REFERENCES volunteer (id),
  CHECK (person_id < other_id),
  UNIQUE (person_id, other_id)
) STRICT;
CREATE INDEX not_same_by_other ON not_same (other_id);

CREATE TABLE merge (
  id           BLOB PRIMARY KEY NOT NULL,
  person_id    BLOB NOT NULL REFERENCES person (id),                -- who is kept
  merged_id    BLOB NOT NULL REFERENCES person (id),                -- whose record became part of theirs
  at_ms        INTEGER NOT NULL,
  volunteer_id BLOB REFERENCES volunteer (id),
  edit_id      BLOB NOT NULL REFERENCES edit (id)
) STRICT;
CREATE INDEX merge_by_person ON merge (person_id);
CREATE UNIQUE INDEX merge_by_merged ON merge (merged_id);
CREATE INDEX merge_by_edit ON merge (edit_id);

-- What a merge did, row by row: brought from the one to the other, or changed. So that it can be taken apart whatever
-- was done since.
CREATE TABLE merged_row (
  id        BLOB PRIMARY KEY NOT NULL,
  merge_id  BLOB NOT NULL REFERENCES merge (id),
  what      TEXT NOT NULL,                        -- the table, or the field of it that names the person
  row_id    BLOB NOT NULL,
  before    TEXT NOT NULL,                        -- JSON of what was changed; empty: the row was brought over
  after     TEXT NOT NULL
) STRICT;
CREATE INDEX merged_row_by_merge ON merged_row (merge_id);
CREATE INDEX merged_row_by_row ON merged_row (row_id);

-- Who may be in the book twice, as it was last looked for. The machine's: in no journal.
CREATE TABLE suspect (
  id        BLOB PRIMARY KEY NOT NULL,
  person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  other_id  BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  score     REAL NOT NULL,
  level     TEXT NOT NULL CHECK (level IN ('broad', 'narrow')),
  reasons   TEXT NOT NULL,                        -- JSON
  UNIQUE (person_id, other_id)
) STRICT;
CREATE INDEX suspect_by_score ON suspect (score, id);
CREATE INDEX suspect_by_other ON suspect (other_id);
CREATE TABLE suspects_looked_for (
  id     BLOB PRIMARY KEY NOT NULL,
  at_ms  INTEGER NOT NULL,
  people INTEGER NOT NULL
) STRICT;

-- What is late is asked for by when it was due, wherever it was put off to.
DROP INDEX promise_open_by_due;
CREATE INDEX promise_open_by_turn ON promise ((CASE WHEN next_try_ms < due_ms THEN next_try_ms ELSE due_ms END))
  WHERE state = 'open';

-- An answer to the script that was begun and not given, as JSON: the part that asks for it, and the words.
ALTER TABLE call ADD COLUMN begun_answer TEXT NOT NULL DEFAULT '';

CREATE TABLE saved_view (                                           -- of the list of people
  id     BLOB PRIMARY KEY NOT NULL,
  name   TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,                    -- the name in small letters
  query  TEXT NOT NULL                            -- JSON
) STRICT;

-- ── what an association keeps of people besides ──────────────────────────────────────────────────────────────────
CREATE TABLE field (
  id       BLOB PRIMARY KEY NOT NULL,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL UNIQUE,                  -- the name, folded
  kind     TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice')),
  position INTEGER NOT NULL
) STRICT;
CREATE TABLE field_option (                                         -- what can be chosen in a field of kind 'choice'
  id       BLOB PRIMARY KEY NOT NULL,
  field_id BLOB NOT NULL REFERENCES field (id),
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL,
  position INTEGER NOT NULL,
  UNIQUE (field_id, folded)
) STRICT;
CREATE TABLE field_value (
  id        BLOB PRIMARY KEY NOT NULL,
  person_id BLOB NOT NULL REFERENCES person (id),
  field_id  BLOB NOT NULL REFERENCES field (id),
  value     TEXT NOT NULL,                        -- as it came: words, a decimal, YYYY-MM-DD; of a choice empty
  option_id BLOB REFERENCES field_option (id),    -- of a choice
  sort_key  TEXT NOT NULL,                        -- what it is compared by: people/fields says how
  UNIQUE (person_id, field_id)
) STRICT;
CREATE INDEX field_value_by_key ON field_value (field_id, sort_key);
CREATE INDEX field_value_by_option ON field_value (option_id) WHERE option_id IS NOT NULL;
