-- Plans for building relationships: what is to be done for someone, who is in the middle of it, and when whoever does it can.

-- ── when people can ──────────────────────────────────────────────────────────────────────────────────────────────
-- A set of weekdays is a sum: Monday 1, Tuesday 2, … Sunday 64.
ALTER TABLE person ADD COLUMN never_on INTEGER NOT NULL DEFAULT 0;   -- the weekdays that do not suit them
ALTER TABLE association ADD COLUMN touch_gap_days INTEGER NOT NULL DEFAULT 3;   -- between two touches of plans, for one person

ALTER TABLE promise ADD COLUMN unrung INTEGER NOT NULL DEFAULT 0;   -- kept without ringing: written, visited, handed over

CREATE TABLE capacity (                                             -- without a row: every day that we are open, without a limit
  id           BLOB PRIMARY KEY NOT NULL,
  volunteer_id BLOB NOT NULL UNIQUE REFERENCES volunteer (id),
  works_on     INTEGER NOT NULL CHECK (works_on BETWEEN 0 AND 127),
  daily_limit  INTEGER CHECK (daily_limit >= 0)                     -- NULL: no limit
) STRICT;

CREATE TABLE group_closure (                                        -- days that do not suit everyone who has a tag
  id       BLOB PRIMARY KEY NOT NULL,
  tag      TEXT NOT NULL,
  name     TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day   TEXT NOT NULL CHECK (to_day >= from_day),                -- inclusive
  UNIQUE (tag, name, from_day, to_day)
) STRICT;

-- ── plans, and people in them ────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE plan (
  id         BLOB PRIMARY KEY NOT NULL,
  name       TEXT NOT NULL,                       -- of the newest version
  shipped    TEXT NOT NULL,                       -- the name that a plan of ours goes by; empty: the association's own
  retired_ms INTEGER
) STRICT;

CREATE TABLE plan_version (                                         -- never changed
  id         BLOB PRIMARY KEY NOT NULL,
  plan_id    BLOB NOT NULL REFERENCES plan (id),
  number     INTEGER NOT NULL,
  text       TEXT NOT NULL,                       -- JSON: plans/template says what
  created_ms INTEGER NOT NULL,
  UNIQUE (plan_id, number)
) STRICT;

CREATE TABLE plan_rule (                                            -- who enters by themselves
  id           BLOB PRIMARY KEY NOT NULL,
  plan_id      BLOB NOT NULL REFERENCES plan (id),
  happening    TEXT NOT NULL CHECK (happening IN ('inquiry_answered', 'standing', 'tag')),
  word         TEXT NOT NULL,                     -- which standing, which tag
  created_ms   INTEGER NOT NULL,
  retired_ms   INTEGER
) STRICT;

CREATE TABLE enrolment (                                            -- one person's run through a plan
  id              BLOB PRIMARY KEY NOT NULL,
  person_id       BLOB NOT NULL REFERENCES person (id),
  plan_version_id BLOB NOT NULL REFERENCES plan_version (id),
  rule_id         BLOB REFERENCES plan_rule (id),                   -- what entered them; NULL: somebody did
  state           TEXT NOT NULL CHECK (state IN ('running', 'held', 'finished', 'left')),
  joined_ms       INTEGER NOT NULL,
  anchor_day      TEXT,                           -- the event, the renewal, the anniversary
  priority        INTEGER NOT NULL,               -- of many who entered together: who comes first, from 0
  held_ms         INTEGER,
  held_until_day  TEXT,                           -- NULL while held: until further notice
  held_by         BLOB REFERENCES volunteer (id),
  held_why        TEXT NOT NULL,
  held_days       INTEGER NOT NULL,               -- business days that earlier holds took
  held_open_ms    INTEGER NOT NULL,               -- and open time
  resumed_ms      INTEGER,                        -- the end of the last one
  ended_ms        INTEGER,
  end_reason      TEXT NOT NULL,
  left_for        BLOB REFERENCES enrolment (id), -- left because two records of one person were both in the plan: this one goes on
  CHECK ((state = 'held') = (held_ms IS NOT NULL)),
  CHECK ((state IN ('finished', 'left')) = (ended_ms IS NOT NULL)),
  CHECK (state <> 'left' OR end_reason <> '')
) STRICT;
CREATE INDEX enrolment_by_person ON enrolment (person_id);
CREATE INDEX enrolment_by_version ON enrolment (plan_version_id);
CREATE INDEX enrolment_going_on ON enrolment (state) WHERE state IN ('running', 'held');
CREATE INDEX enrolment_left_for ON enrolment (left_for) WHERE left_for IS NOT NULL;

-- A step that was reached: what is owed for it now, or what became of it. Those to come are worked out.
CREATE TABLE enrolment_step (
  id           BLOB PRIMARY KEY NOT NULL,
  enrolment_id BLOB NOT NULL REFERENCES enrolment (id),
  step         TEXT NOT NULL,                     -- its key in the plan
  state        TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'done', 'skipped', 'left')),
  promise_id   BLOB REFERENCES promise (id),
  told         INTEGER NOT NULL,                  -- they know the date: it is not moved silently
  rest_days    INTEGER,                           -- waiting, on hold: what was left of its wait, in business days
  rest_ms      INTEGER,                           -- or in open milliseconds
  ended_ms     INTEGER,
  why          TEXT NOT NULL,
  CHECK (state <> 'open' OR promise_id IS NOT NULL),
  CHECK ((state IN ('open', 'waiting')) = (ended_ms IS NULL)),
  CHECK (state <> 'skipped' OR why <> ''),
  UNIQUE (enrolment_id, step)
) STRICT;
CREATE INDEX enrolment_step_by_promise ON enrolment_step (promise_id) WHERE promise_id IS NOT NULL;
CREATE INDEX enrolment_step_open ON enrolment_step (enrolment_id) WHERE state = 'open';

-- How far the plans have followed what happens in the book. The machine's: in no journal.
CREATE TABLE plan_watch (
  id         BLOB PRIMARY KEY NOT NULL,
  seq        INTEGER NOT NULL,
  looked_day TEXT NOT NULL                        -- the last day whose steps were looked at once more
) STRICT;

CREATE TABLE plan_draft (                                           -- what somebody is writing and has not saved; in no journal
  id           BLOB PRIMARY KEY NOT NULL,
  volunteer_id BLOB NOT NULL REFERENCES volunteer (id) ON DELETE CASCADE,
  of_plan      TEXT NOT NULL,                     -- the plan, or that it is a new one, and from which
  text         TEXT NOT NULL,
  changed_ms   INTEGER NOT NULL,
  UNIQUE (volunteer_id, of_plan)
) STRICT;

-- Who has how much to do when is told by it alone: the rows themselves lie where they were made.
CREATE INDEX promise_open_by_keeper ON promise (keeper_id, due_ms, from_ms, next_try_ms, kind, id, state) WHERE state = 'open';
