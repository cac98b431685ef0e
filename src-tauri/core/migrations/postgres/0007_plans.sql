-- As migrations/sqlite/0007_plans.sql, whose comments hold here too.

-- ── when people can ──────────────────────────────────────────────────────────────────────────────────────────────
-- A set of weekdays is a sum: Monday 1, Tuesday 2, … Sunday 64.
ALTER TABLE person ADD COLUMN never_on bigint NOT NULL DEFAULT 0;   -- the weekdays that do not suit them
ALTER TABLE association ADD COLUMN touch_gap_days bigint NOT NULL DEFAULT 3;   -- between two touches of plans, for one person

ALTER TABLE promise ADD COLUMN unrung boolean NOT NULL DEFAULT false;   -- kept without ringing: written, visited, handed over

CREATE TABLE capacity (                                             -- without a row: every day that we are open, without a limit
  id           uuid PRIMARY KEY NOT NULL,
  volunteer_id uuid NOT NULL UNIQUE REFERENCES volunteer (id),
  works_on     bigint NOT NULL CHECK (works_on BETWEEN 0 AND 127),
  daily_limit  bigint CHECK (daily_limit >= 0)                     -- NULL: no limit
);

CREATE TABLE group_closure (                                        -- days that do not suit everyone who has a tag
  id       uuid PRIMARY KEY NOT NULL,
  tag      text NOT NULL,
  name     text NOT NULL,
  from_day text NOT NULL,
  to_day   text NOT NULL CHECK (to_day >= from_day),                -- inclusive
  UNIQUE (tag, name, from_day, to_day)
);

-- ── plans, and people in them ────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE plan (
  id         uuid PRIMARY KEY NOT NULL,
  name       text NOT NULL,                       -- of the newest version
  shipped    text NOT NULL,                       -- the name that a plan of ours goes by; empty: the association's own
  retired_ms bigint
);

CREATE TABLE plan_version (                                         -- never changed
  id         uuid PRIMARY KEY NOT NULL,
  plan_id    uuid NOT NULL REFERENCES plan (id),
  number     bigint NOT NULL,
  text       text NOT NULL,                       -- JSON: plans/template says what
  created_ms bigint NOT NULL,
  UNIQUE (plan_id, number)
);

CREATE TABLE plan_rule (                                            -- who enters by themselves
  id           uuid PRIMARY KEY NOT NULL,
  plan_id      uuid NOT NULL REFERENCES plan (id),
  happening    text NOT NULL CHECK (happening IN ('inquiry_answered', 'standing', 'tag')),
  word         text NOT NULL,                     -- which standing, which tag
  created_ms   bigint NOT NULL,
  retired_ms   bigint
);

CREATE TABLE enrolment (                                            -- one person's run through a plan
  id              uuid PRIMARY KEY NOT NULL,
  person_id       uuid NOT NULL REFERENCES person (id),
  plan_version_id uuid NOT NULL REFERENCES plan_version (id),
  rule_id         uuid REFERENCES plan_rule (id),                   -- what entered them; NULL: somebody did
  state           text NOT NULL CHECK (state IN ('running', 'held', 'finished', 'left')),
  joined_ms       bigint NOT NULL,
  anchor_day      text,                           -- the event, the renewal, the anniversary
  priority        bigint NOT NULL,               -- of many who entered together: who comes first, from 0
  held_ms         bigint,
  held_until_day  text,                           -- NULL while held: until further notice
  held_by         uuid REFERENCES volunteer (id),
  held_why        text NOT NULL,
  held_days       bigint NOT NULL,               -- business days that earlier holds took
  held_open_ms    bigint NOT NULL,               -- and open time
  resumed_ms      bigint,                        -- the end of the last one
  ended_ms        bigint,
  end_reason      text NOT NULL,
  left_for        uuid REFERENCES enrolment (id),
  CHECK ((state = 'held') = (held_ms IS NOT NULL)),
  CHECK ((state IN ('finished', 'left')) = (ended_ms IS NOT NULL)),
  CHECK (state <> 'left' OR end_reason <> '')
);
CREATE INDEX enrolment_by_person ON enrolment (person_id);
CREATE INDEX enrolment_by_version ON enrolment (plan_version_id);
CREATE INDEX enrolment_going_on ON enrolment (state) WHERE state IN ('running', 'held');
CREATE INDEX enrolment_left_for ON enrolment (left_for) WHERE left_for IS NOT NULL;

-- A step that was reached: what is owed for it now, or what became of it. Those to come are worked out.
CREATE TABLE enrolment_step (
  id           uuid PRIMARY KEY NOT NULL,
  enrolment_id uuid NOT NULL REFERENCES enrolment (id),
  step         text NOT NULL,                     -- its key in the plan
  state        text NOT NULL CHECK (state IN ('open', 'waiting', 'done', 'skipped', 'left')),
  promise_id   uuid REFERENCES promise (id),
  told         boolean NOT NULL,                  -- they know the date: it is not moved silently
  rest_days    bigint,                           -- waiting, on hold: what was left of its wait, in business days
  rest_ms      bigint,                           -- or in open milliseconds
  ended_ms     bigint,
  why          text NOT NULL,
  CHECK (state <> 'open' OR promise_id IS NOT NULL),
  CHECK ((state IN ('open', 'waiting')) = (ended_ms IS NULL)),
  CHECK (state <> 'skipped' OR why <> ''),
  UNIQUE (enrolment_id, step)
);
CREATE INDEX enrolment_step_by_promise ON enrolment_step (promise_id) WHERE promise_id IS NOT NULL;
CREATE INDEX enrolment_step_open ON enrolment_step (enrolment_id) WHERE state = 'open';

-- How far the plans have followed what happens in the book. The machine's: in no journal.
CREATE TABLE plan_watch (
  id         uuid PRIMARY KEY NOT NULL,
  seq        bigint NOT NULL,
  looked_day text NOT NULL
);

CREATE TABLE plan_draft (
  id           uuid PRIMARY KEY NOT NULL,
  volunteer_id uuid NOT NULL REFERENCES volunteer (id) ON DELETE CASCADE,
  of_plan      text NOT NULL,
  text         text NOT NULL,
  changed_ms   bigint NOT NULL,
  UNIQUE (volunteer_id, of_plan)
);

CREATE INDEX promise_open_by_keeper ON promise (keeper_id, due_ms, from_ms, next_try_ms, kind, id, state) WHERE state = 'open';
