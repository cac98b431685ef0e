-- The book on PostgreSQL: the same tables and columns as migrations/sqlite/0001_book.sql, in this engine's types.
-- Ids are uuid; flags are boolean. The journal's triggers and the search index are made by the engine's own code.

-- ── the association and its standards ────────────────────────────────────────────────────────────────────────────
CREATE TABLE association (
  id                   uuid PRIMARY KEY NOT NULL,
  name                 text NOT NULL,
  country              text NOT NULL,             -- ISO 3166-1 alpha-2
  zone                 text NOT NULL,             -- IANA
  created_ms           bigint NOT NULL,
  calling_from_minute  bigint NOT NULL,          -- when people may be rung, in their own zone
  calling_to_minute    bigint NOT NULL,
  calling_weekend      boolean NOT NULL,
  quiet_from_minute    bigint NOT NULL,          -- when nothing is shown on the desktop, in the association's zone
  quiet_to_minute      bigint NOT NULL
);

CREATE TABLE opening (
  id            uuid PRIMARY KEY NOT NULL,
  weekday       bigint NOT NULL CHECK (weekday BETWEEN 0 AND 6),   -- 0 is Monday
  opens_minute  bigint NOT NULL CHECK (opens_minute BETWEEN 0 AND 1439),
  closes_minute bigint NOT NULL CHECK (closes_minute > opens_minute AND closes_minute <= 1440)
);

CREATE TABLE closure (
  id       uuid PRIMARY KEY NOT NULL,
  name     text NOT NULL,
  from_day text NOT NULL,
  to_day   text NOT NULL CHECK (to_day >= from_day)                 -- inclusive
);

CREATE TABLE target (                                               -- how soon we answer, by where it came from
  id     uuid PRIMARY KEY NOT NULL,
  source text NOT NULL UNIQUE,
  amount bigint NOT NULL CHECK (amount >= 0),
  unit   text NOT NULL CHECK (unit IN ('minutes', 'hours', 'days'))
);

CREATE TABLE retry_rule (
  id      uuid PRIMARY KEY NOT NULL,
  result  text NOT NULL,
  attempt bigint NOT NULL CHECK (attempt >= 1),
  amount  bigint NOT NULL CHECK (amount >= 0),
  unit    text NOT NULL CHECK (unit IN ('minutes', 'hours', 'days')),
  UNIQUE (result, attempt)
);

-- ── the team ─────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE volunteer (
  id         uuid PRIMARY KEY NOT NULL,
  name       text NOT NULL,
  role       text NOT NULL CHECK (role IN ('director', 'volunteer')),
  pin_hash   text,
  created_ms bigint NOT NULL,
  left_ms    bigint
);

CREATE TABLE leave (
  id           uuid PRIMARY KEY NOT NULL,
  volunteer_id uuid NOT NULL REFERENCES volunteer (id),
  from_day     text NOT NULL,
  to_day       text NOT NULL CHECK (to_day >= from_day)
);
CREATE INDEX leave_by_volunteer ON leave (volunteer_id);

-- ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE organisation (
  id         uuid PRIMARY KEY NOT NULL,
  name       text NOT NULL,
  folded     text NOT NULL,
  created_ms bigint NOT NULL
);
CREATE INDEX organisation_by_folded ON organisation (folded);

CREATE TABLE person (
  id          uuid PRIMARY KEY NOT NULL,
  given       text NOT NULL,
  family      text NOT NULL,
  name        text NOT NULL,                      -- as one says it
  sort_key    text NOT NULL,                      -- folded, family first
  sound_key   text NOT NULL,                      -- shared by names that sound alike
  standing    text NOT NULL CHECK (standing IN
                ('inquirer', 'prospect', 'applicant', 'member', 'lapsed', 'former', 'declined')),
  place       text NOT NULL,
  zone        text,                               -- IANA, where known
  country     text,                               -- where it differs from the book's or is known
  keeper_id   uuid REFERENCES volunteer (id),
  external_id text,
  do_not_call boolean NOT NULL,
  source      text NOT NULL,
  created_ms  bigint NOT NULL,
  removed_ms  bigint
);
CREATE INDEX person_by_sort ON person (sort_key, id) WHERE removed_ms IS NULL;
CREATE INDEX person_by_sound ON person (sound_key);
CREATE INDEX person_by_external ON person (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE role (
  id              uuid PRIMARY KEY NOT NULL,
  person_id       uuid NOT NULL REFERENCES person (id),
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  title           text NOT NULL,
  from_day        text,
  to_day          text
);
CREATE INDEX role_by_person ON role (person_id);
CREATE INDEX role_by_organisation ON role (organisation_id);

CREATE TABLE reach (
  id         uuid PRIMARY KEY NOT NULL,
  person_id  uuid NOT NULL REFERENCES person (id),
  kind       text NOT NULL CHECK (kind IN ('phone', 'email', 'post')),
  value      text NOT NULL,                       -- E.164, a folded e-mail address, or the address
  extension  text,
  as_typed   text NOT NULL,
  unreadable boolean NOT NULL,                    -- a number that could not be read: kept as typed, never dialled
  label      text NOT NULL,
  state      text NOT NULL CHECK (state IN ('good', 'wrong', 'disconnected', 'bounced')),
  voicemail  text NOT NULL CHECK (voicemail IN ('unknown', 'no', 'yes_and_name_us', 'yes_without_name')),
  best_times text NOT NULL,
  position   bigint NOT NULL
);
CREATE INDEX reach_by_person ON reach (person_id, position);
CREATE INDEX reach_by_value ON reach (value);

CREATE TABLE consent (
  id        uuid PRIMARY KEY NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id),
  channel   text NOT NULL CHECK (channel IN ('phone', 'email', 'post')),
  allowed   boolean NOT NULL,
  since_ms  bigint NOT NULL,
  how       text NOT NULL,                        -- how we know
  UNIQUE (person_id, channel)
);

CREATE TABLE fact (
  id           uuid PRIMARY KEY NOT NULL,
  person_id    uuid NOT NULL REFERENCES person (id),
  words        text NOT NULL,
  learned_ms   bigint NOT NULL,
  learned_from text NOT NULL,
  volunteer_id uuid REFERENCES volunteer (id)
);
CREATE INDEX fact_by_person ON fact (person_id, learned_ms);

CREATE TABLE tag (
  id        uuid PRIMARY KEY NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id),
  name      text NOT NULL,
  UNIQUE (person_id, name)
);
CREATE INDEX tag_by_name ON tag (name);

-- ── what people wait for, and what we owe ────────────────────────────────────────────────────────────────────────
CREATE TABLE inquiry (
  id         uuid PRIMARY KEY NOT NULL,
  person_id  uuid NOT NULL REFERENCES person (id),
  source     text NOT NULL CHECK (source IN
               ('voicemail', 'web_form', 'email', 'referral', 'event_card', 'walk_in', 'phone_call')),
  about      text NOT NULL,
  opened_ms  bigint NOT NULL,                    -- the first message
  clock_ms   bigint NOT NULL,                    -- where the running clock began: moves only when reopened
  state      text NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  ended_ms   bigint,
  end_reason text NOT NULL
);
CREATE INDEX inquiry_by_person ON inquiry (person_id, opened_ms);
CREATE UNIQUE INDEX inquiry_one_open ON inquiry (person_id) WHERE state = 'open';   -- one inquiry, one clock

CREATE TABLE message (
  id           uuid PRIMARY KEY NOT NULL,
  inquiry_id   uuid NOT NULL REFERENCES inquiry (id),
  person_id    uuid NOT NULL REFERENCES person (id),
  source       text NOT NULL,
  received_ms  bigint NOT NULL,
  words        text NOT NULL,
  number_typed text NOT NULL,
  taken_by     uuid REFERENCES volunteer (id)
);
CREATE INDEX message_by_inquiry ON message (inquiry_id, received_ms);
CREATE INDEX message_by_person ON message (person_id, received_ms);

CREATE TABLE promise (
  id          uuid PRIMARY KEY NOT NULL,
  person_id   uuid NOT NULL REFERENCES person (id),
  kind        text NOT NULL CHECK (kind IN ('callback', 'plan_step', 'decision', 'recovery_check', 'own_word')),
  what        text NOT NULL,
  keeper_id   uuid REFERENCES volunteer (id),
  made_ms     bigint NOT NULL,
  due_ms      bigint NOT NULL,
  next_try_ms bigint,                            -- tried and not reached: when to try again; the due time stands
  state       text NOT NULL CHECK (state IN ('open', 'kept', 'renegotiated', 'released')),
  ended_ms    bigint,
  end_reason  text NOT NULL,
  replaced_by uuid REFERENCES promise (id),
  inquiry_id  uuid REFERENCES inquiry (id),
  attempt     bigint NOT NULL,                   -- calls tried for it so far
  CHECK ((state = 'open') = (ended_ms IS NULL)),
  CHECK ((state = 'renegotiated') = (replaced_by IS NOT NULL)),
  CHECK (state <> 'released' OR end_reason <> '')
);
CREATE INDEX promise_by_person ON promise (person_id, made_ms);
CREATE INDEX promise_open_by_due ON promise (COALESCE(next_try_ms, due_ms)) WHERE state = 'open';
CREATE INDEX promise_by_inquiry ON promise (inquiry_id) WHERE inquiry_id IS NOT NULL;

CREATE TABLE reminder (                                             -- the scheduler's table: survives a kill
  id           uuid PRIMARY KEY NOT NULL,
  promise_id   uuid NOT NULL REFERENCES promise (id) ON DELETE CASCADE,
  due_ms       bigint NOT NULL,
  state        text NOT NULL CHECK (state IN ('waiting', 'shown', 'done')),
  shown_ms     bigint,
  seen_ms      bigint,
  UNIQUE (promise_id)
);
CREATE INDEX reminder_waiting ON reminder (due_ms) WHERE state = 'waiting';
CREATE INDEX reminder_shown ON reminder (shown_ms) WHERE state = 'shown';

-- ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE script (
  id       uuid PRIMARY KEY NOT NULL,
  name     text NOT NULL,
  purpose  text NOT NULL
);

CREATE TABLE script_version (
  id         uuid PRIMARY KEY NOT NULL,
  script_id  uuid NOT NULL REFERENCES script (id),
  number     bigint NOT NULL,
  text       text NOT NULL,
  created_ms bigint NOT NULL,
  UNIQUE (script_id, number)
);

CREATE TABLE call (
  id                uuid PRIMARY KEY NOT NULL,
  person_id         uuid NOT NULL REFERENCES person (id),
  reach_id          uuid REFERENCES reach (id),
  promise_id        uuid REFERENCES promise (id),
  reason            text NOT NULL CHECK (reason <> ''),
  confirmed         text NOT NULL,                -- the fact that told this person from a namesake, where one was asked
  inbound           boolean NOT NULL,             -- they rang us
  volunteer_id      uuid REFERENCES volunteer (id),
  script_version_id uuid REFERENCES script_version (id),
  path              text NOT NULL,                -- the choices taken, one a line
  notes             text NOT NULL,
  learned           text NOT NULL,
  began_ms          bigint NOT NULL,
  ended_ms          bigint,
  state             text NOT NULL CHECK (state IN ('begun', 'filed', 'never_made')),
  meant_person_id   uuid REFERENCES person (id)   -- whom the caller had in mind, where someone else answered
);
CREATE INDEX call_begun ON call (began_ms) WHERE state = 'begun';
CREATE INDEX call_by_person ON call (person_id, began_ms);

CREATE TABLE touch (
  id            uuid PRIMARY KEY NOT NULL,
  person_id     uuid NOT NULL REFERENCES person (id),
  direction     text NOT NULL CHECK (direction IN ('out', 'in')),
  channel       text NOT NULL CHECK (channel IN
                  ('call', 'voicemail', 'email', 'letter', 'visit', 'event', 'gesture')),
  at_ms         bigint NOT NULL,
  duration_ms   bigint,
  result        text NOT NULL,
  notes         text NOT NULL,
  note_for_next text NOT NULL,
  volunteer_id  uuid REFERENCES volunteer (id),
  inquiry_id    uuid REFERENCES inquiry (id),
  promise_id    uuid REFERENCES promise (id),
  call_id       uuid REFERENCES call (id)
);
CREATE INDEX touch_by_person ON touch (person_id, at_ms);

CREATE TABLE touch_fact (
  id       uuid PRIMARY KEY NOT NULL,
  touch_id uuid NOT NULL REFERENCES touch (id),
  fact_id  uuid NOT NULL REFERENCES fact (id),
  how      text NOT NULL CHECK (how IN ('used', 'learned'))
);
CREATE INDEX touch_fact_by_touch ON touch_fact (touch_id);
CREATE INDEX touch_fact_by_fact ON touch_fact (fact_id);

-- ── coming in and going out ──────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE import (
  id           uuid PRIMARY KEY NOT NULL,
  file_name    text NOT NULL,
  began_ms     bigint NOT NULL,
  ended_ms     bigint,
  state        text NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'undone', 'interrupted')),
  mapping      text NOT NULL,
  created      bigint NOT NULL,
  updated      bigint NOT NULL,
  unchanged    bigint NOT NULL,
  rejected     bigint NOT NULL,
  rejects_file text,
  edit_id      uuid,
  volunteer_id uuid REFERENCES volunteer (id)
);

CREATE TABLE export_log (
  id           uuid PRIMARY KEY NOT NULL,
  at_ms        bigint NOT NULL,
  volunteer_id uuid REFERENCES volunteer (id),
  file_name    text NOT NULL,
  form         text NOT NULL,
  rows_written bigint NOT NULL,
  left_out     bigint NOT NULL
);

-- ── who did what, and how it was before ──────────────────────────────────────────────────────────────────────────
CREATE TABLE edit (
  id        uuid PRIMARY KEY NOT NULL,
  at_ms     bigint NOT NULL,
  actor_id  uuid REFERENCES volunteer (id),       -- NULL: Wellmet itself
  action    text NOT NULL,
  label     text NOT NULL,
  undoes    uuid REFERENCES edit (id),
  undone_by uuid REFERENCES edit (id)
);
CREATE INDEX edit_by_time ON edit (at_ms);

-- One row for each row that an edit touched, written by triggers that `store` makes from the tables themselves.
-- `before` and `after` are JSON objects of the columns that differ; an insert keeps neither.
CREATE TABLE journal (
  seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  edit_id   uuid NOT NULL REFERENCES edit (id),
  tbl       text NOT NULL,
  row_id    uuid NOT NULL,
  person_id uuid,
  op        text NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
  before    text,
  after     text
);
CREATE INDEX journal_by_edit ON journal (edit_id, seq);
CREATE INDEX journal_by_row ON journal (row_id, seq);
CREATE INDEX journal_by_person ON journal (person_id, seq) WHERE person_id IS NOT NULL;

-- The edit that is being written. Empty between edits, so that a write which does not come through the one door fails.
CREATE TABLE current_edit (
  one     bigint PRIMARY KEY CHECK (one = 1),
  edit_id uuid NOT NULL
);
