-- As migrations/sqlite/0002_call_desk.sql, whose comments hold here too.

ALTER TABLE edit ADD COLUMN aside boolean NOT NULL DEFAULT false;

ALTER TABLE call ADD COLUMN draft text NOT NULL DEFAULT '';
ALTER TABLE call ADD COLUMN ending text NOT NULL DEFAULT '';
ALTER TABLE call ADD COLUMN logged boolean NOT NULL DEFAULT false;
CREATE INDEX call_by_meant ON call (meant_person_id) WHERE meant_person_id IS NOT NULL;
CREATE INDEX call_by_version ON call (script_version_id) WHERE script_version_id IS NOT NULL;

ALTER TABLE touch ADD COLUMN with_whom text NOT NULL DEFAULT '';

ALTER TABLE promise ADD COLUMN from_ms bigint;
ALTER TABLE promise ADD COLUMN made_by uuid REFERENCES volunteer (id);

ALTER TABLE association ADD COLUMN phone text NOT NULL DEFAULT '';

ALTER TABLE script ADD COLUMN shipped text NOT NULL DEFAULT '';
ALTER TABLE script ADD COLUMN retired_ms bigint;
ALTER TABLE script_version ADD COLUMN beside boolean NOT NULL DEFAULT false;

CREATE TABLE confirmation (
  id           uuid PRIMARY KEY NOT NULL,
  person_id    uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  volunteer_id uuid REFERENCES volunteer (id),
  at_ms        bigint NOT NULL,
  question     text NOT NULL,
  answer       text NOT NULL,
  was_right    boolean NOT NULL
);
CREATE INDEX confirmation_by_person ON confirmation (person_id, at_ms);

CREATE TABLE script_draft (
  id           uuid PRIMARY KEY NOT NULL,
  script_id    uuid REFERENCES script (id) ON DELETE CASCADE,
  volunteer_id uuid NOT NULL REFERENCES volunteer (id) ON DELETE CASCADE,
  base         bigint NOT NULL,
  text         text NOT NULL,
  changed_ms   bigint NOT NULL,
  UNIQUE (script_id, volunteer_id)
);
