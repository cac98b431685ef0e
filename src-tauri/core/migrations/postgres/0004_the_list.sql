-- Who is in the book twice, views of the list, and fields that an association adds.

ALTER TABLE person ADD COLUMN birth_day text NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN merged_into uuid REFERENCES person (id);
DROP INDEX person_by_sound;
CREATE INDEX person_by_sound ON person (sound_key, id) WHERE removed_ms IS NULL;
CREATE INDEX person_by_birth ON person (birth_day) WHERE birth_day <> '';
CREATE INDEX person_by_merged_into ON person (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE address (
  id        uuid PRIMARY KEY NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id),
  label     text NOT NULL,
  street    text NOT NULL,
  city      text NOT NULL,
  region    text NOT NULL,
  postcode  text NOT NULL,
  country   text NOT NULL,
  position  bigint NOT NULL
);
CREATE INDEX address_by_person ON address (person_id, position);

CREATE TABLE not_same (
  id           uuid PRIMARY KEY NOT NULL,
  person_id    uuid NOT NULL REFERENCES person (id),
  other_id     uuid NOT NULL REFERENCES person (id),
  at_ms        bigint NOT NULL,
  volunteer_id uuid REFERENCES volunteer (id),
  CHECK (person_id < other_id),
  UNIQUE (person_id, other_id)
);
CREATE INDEX not_same_by_other ON not_same (other_id);

CREATE TABLE merge (
  id           uuid PRIMARY KEY NOT NULL,
  person_id    uuid NOT NULL REFERENCES person (id),
  merged_id    uuid NOT NULL REFERENCES person (id),
  at_ms        bigint NOT NULL,
  volunteer_id uuid REFERENCES volunteer (id),
  edit_id      uuid NOT NULL REFERENCES edit (id)
);
CREATE INDEX merge_by_person ON merge (person_id);
CREATE UNIQUE INDEX merge_by_merged ON merge (merged_id);
CREATE INDEX merge_by_edit ON merge (edit_id);

CREATE TABLE merged_row (
  id        uuid PRIMARY KEY NOT NULL,
  merge_id  uuid NOT NULL REFERENCES merge (id),
  what      text NOT NULL,
  row_id    uuid NOT NULL,
  before    text NOT NULL,
  after     text NOT NULL
);
CREATE INDEX merged_row_by_merge ON merged_row (merge_id);
CREATE INDEX merged_row_by_row ON merged_row (row_id);

CREATE TABLE suspect (
  id        uuid PRIMARY KEY NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  other_id  uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  score     double precision NOT NULL,
  level     text NOT NULL CHECK (level IN ('broad', 'narrow')),
  reasons   text NOT NULL,
  UNIQUE (person_id, other_id)
);
CREATE INDEX suspect_by_score ON suspect (score, id);
CREATE INDEX suspect_by_other ON suspect (other_id);
CREATE TABLE suspects_looked_for (
  id     uuid PRIMARY KEY NOT NULL,
  at_ms  bigint NOT NULL,
  people bigint NOT NULL
);

-- What is late is asked for by when it was due, wherever it was put off to.
DROP INDEX promise_open_by_due;
CREATE INDEX promise_open_by_turn ON promise ((CASE WHEN next_try_ms < due_ms THEN next_try_ms ELSE due_ms END))
  WHERE state = 'open';

-- An answer to the script that was begun and not given, as JSON: the part that asks for it, and the words.
ALTER TABLE call ADD COLUMN begun_answer TEXT NOT NULL DEFAULT '';

CREATE TABLE saved_view (                                           -- of the list of people
  id     uuid PRIMARY KEY NOT NULL,
  name   TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,                    -- the name in small letters
  query  TEXT NOT NULL                            -- JSON
);

CREATE TABLE field (
  id       uuid PRIMARY KEY NOT NULL,
  name     text NOT NULL,
  folded   text NOT NULL UNIQUE,
  kind     text NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice')),
  position bigint NOT NULL
);
CREATE TABLE field_option (
  id       uuid PRIMARY KEY NOT NULL,
  field_id uuid NOT NULL REFERENCES field (id),
  name     text NOT NULL,
  folded   text NOT NULL,
  position bigint NOT NULL,
  UNIQUE (field_id, folded)
);
CREATE TABLE field_value (
  id        uuid PRIMARY KEY NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id),
  field_id  uuid NOT NULL REFERENCES field (id),
  value     text NOT NULL,
  option_id uuid REFERENCES field_option (id),
  sort_key  text NOT NULL,
  UNIQUE (person_id, field_id)
);
CREATE INDEX field_value_by_key ON field_value (field_id, sort_key);
CREATE INDEX field_value_by_option ON field_value (option_id) WHERE option_id IS NOT NULL;
