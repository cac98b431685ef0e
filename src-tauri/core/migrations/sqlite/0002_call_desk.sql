-- What the call desk needs: filings that survive a kill, calls written down after the event, scripts that run side by
-- side, and who was asked to tell two people apart.

-- An edit that Ctrl+Z passes over: a note being typed, a step of a script.
ALTER TABLE edit ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;

ALTER TABLE call ADD COLUMN draft TEXT NOT NULL DEFAULT '';        -- the answers of its filing so far, as JSON
ALTER TABLE call ADD COLUMN ending TEXT NOT NULL DEFAULT '';       -- once filed: 'promise', or the reason to close
ALTER TABLE call ADD COLUMN logged INTEGER NOT NULL DEFAULT 0;     -- written down after the event: nothing was dialled
CREATE INDEX call_by_meant ON call (meant_person_id) WHERE meant_person_id IS NOT NULL;
CREATE INDEX call_by_version ON call (script_version_id) WHERE script_version_id IS NOT NULL;

ALTER TABLE touch ADD COLUMN with_whom TEXT NOT NULL DEFAULT '';   -- who took the message, where it was not the person

ALTER TABLE promise ADD COLUMN from_ms INTEGER;                    -- not before: they asked for it, or were tried earlier
ALTER TABLE promise ADD COLUMN made_by BLOB REFERENCES volunteer (id);   -- whose word it was, whoever keeps it

ALTER TABLE association ADD COLUMN phone TEXT NOT NULL DEFAULT '';  -- ours, as it is said to a machine

ALTER TABLE script ADD COLUMN shipped TEXT NOT NULL DEFAULT '';    -- the name that a script of ours goes by
ALTER TABLE script ADD COLUMN retired_ms INTEGER;
ALTER TABLE script_version ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;   -- calls begin with it; none marked: the newest alone

CREATE TABLE confirmation (
  id           BLOB PRIMARY KEY NOT NULL,
  person_id    BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  volunteer_id BLOB REFERENCES volunteer (id),
  at_ms        INTEGER NOT NULL,
  question     TEXT NOT NULL,
  answer       TEXT NOT NULL,
  was_right    INTEGER NOT NULL
) STRICT;
CREATE INDEX confirmation_by_person ON confirmation (person_id, at_ms);

-- A script as a director is writing it, kept while she types: no version, and in no journal.
CREATE TABLE script_draft (
  id           BLOB PRIMARY KEY NOT NULL,
  script_id    BLOB REFERENCES script (id) ON DELETE CASCADE,       -- none: of a script that is still to be
  volunteer_id BLOB NOT NULL REFERENCES volunteer (id) ON DELETE CASCADE,
  base         INTEGER NOT NULL,                                    -- the number of the version it began from; 0: none
  text         TEXT NOT NULL,
  changed_ms   INTEGER NOT NULL,
  UNIQUE (script_id, volunteer_id)
) STRICT;
