-- The book. Ids are UUIDv7 as 16-byte BLOBs; *_ms are milliseconds since 1970 UTC; *_day are 'YYYY-MM-DD' in the
-- association's zone; *_minute are minutes after local midnight; flags are 0 or 1.
-- Never edited once landed: a change is a new file.

-- ── the association and its standards ────────────────────────────────────────────────────────────────────────────
CREATE TABLE association (
  id                   BLOB PRIMARY KEY NOT NULL,
  name                 TEXT NOT NULL,
  country              TEXT NOT NULL,             -- ISO 3166-1 alpha-2
  zone                 TEXT NOT NULL,             -- IANA
  created_ms           INTEGER NOT NULL,
  calling_from_minute  INTEGER NOT NULL,          -- when people may be rung, in their own zone
  calling_to_minute    INTEGER NOT NULL,
  calling_weekend      INTEGER NOT NULL,
  quiet_from_minute    INTEGER NOT NULL,          -- when nothing is shown on the desktop, in the association's zone
  quiet_to_minute      INTEGER NOT NULL
) STRICT;

CREATE TABLE opening (
  id            BLOB PRIMARY KEY NOT NULL,
  weekday       INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),   -- 0 is Monday
  opens_minute  INTEGER NOT NULL CHECK (opens_minute BETWEEN 0 AND 1439),
  closes_minute INTEGER NOT NULL CHECK (closes_minute > opens_minute AND closes_minute <= 1440)
) STRICT;

CREATE TABLE closure (
  id       BLOB PRIMARY KEY NOT NULL,
  name     TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day   TEXT NOT NULL CHECK (to_day >= from_day)                 -- inclusive
) STRICT;

CREATE TABLE target (                                               -- how soon we answer, by where it came from
  id     BLOB PRIMARY KEY NOT NULL,
  source TEXT NOT NULL UNIQUE,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  unit   TEXT NOT NULL CHECK (unit IN ('minutes', 'hours', 'days'))
) STRICT;

CREATE TABLE retry_rule (
  id      BLOB PRIMARY KEY NOT NULL,
  result  TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  amount  INTEGER NOT NULL CHECK (amount >= 0),
  unit    TEXT NOT NULL CHECK (unit IN ('minutes', 'hours', 'days')),
  UNIQUE (result, attempt)
) STRICT;

-- ── the team ─────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE volunteer (
  id         BLOB PRIMARY KEY NOT NULL,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('director', 'volunteer')),
  pin_hash   TEXT,
  created_ms INTEGER NOT NULL,
  left_ms    INTEGER
) STRICT;

CREATE TABLE leave (
  id           BLOB PRIMARY KEY NOT NULL,
  volunteer_id BLOB NOT NULL REFERENCES volunteer (id),
  from_day     TEXT NOT NULL,
  to_day       TEXT NOT NULL CHECK (to_day >= from_day)
) STRICT;
CREATE INDEX leave_by_volunteer ON leave (volunteer_id);

-- ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE organisation (
  id         BLOB PRIMARY KEY NOT NULL,
  name       TEXT NOT NULL,
  folded     TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX organisation_by_folded ON organisation (folded);

CREATE TABLE person (
  seq         INTEGER PRIMARY KEY,                -- SQLite only: what the search index points at
  id          BLOB NOT NULL UNIQUE,
  given       TEXT NOT NULL,
  family      TEXT NOT NULL,
  name        TEXT NOT NULL,                      -- as one says it
  sort_key    TEXT NOT NULL,                      -- folded, family first
  sound_key   TEXT NOT NULL,                      -- shared by names that sound alike
  standing    TEXT NOT NULL CHECK (standing IN
                ('inquirer', 'prospect', 'applicant', 'member', 'lapsed', 'former', 'declined')),
  place       TEXT NOT NULL,
  zone        TEXT,                               -- IANA, where known
  country     TEXT,                               -- where it differs from the book's or is known
  keeper_id   BLOB REFERENCES volunteer (id),
  external_id TEXT,
  do_not_call INTEGER NOT NULL,
  source      TEXT NOT NULL,
  created_ms  INTEGER NOT NULL,
  removed_ms  INTEGER
) STRICT;
CREATE INDEX person_by_sort ON person (sort_key, id) WHERE removed_ms IS NULL;
CREATE INDEX person_by_sound ON person (sound_key);
CREATE INDEX person_by_external ON person (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE role (
  id              BLOB PRIMARY KEY NOT NULL,
  person_id       BLOB NOT NULL REFERENCES person (id),
  organisation_id BLOB NOT NULL REFERENCES organisation (id),
  title           TEXT NOT NULL,
  from_day        TEXT,
  to_day          TEXT
) STRICT;
CREATE INDEX role_by_person ON role (person_id);
CREATE INDEX role_by_organisation ON role (organisation_id);

CREATE TABLE reach (
  id         BLOB PRIMARY KEY NOT NULL,
  person_id  BLOB NOT NULL REFERENCES person (id),
  kind       TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'post')),
  value      TEXT NOT NULL,                       -- E.164, a folded e-mail address, or the address
  extension  TEXT,
  as_typed   TEXT NOT NULL,
  unreadable INTEGER NOT NULL,                    -- a number that could not be read: kept as typed, never dialled
  label      TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('good', 'wrong', 'disconnected', 'bounced')),
  voicemail  TEXT NOT NULL CHECK (voicemail IN ('unknown', 'no', 'yes_and_name_us', 'yes_without_name')),
  best_times TEXT NOT NULL,
  position   INTEGER NOT NULL
) STRICT;
CREATE INDEX reach_by_person ON reach (person_id, position);
CREATE INDEX reach_by_value ON reach (value);

CREATE TABLE consent (
  id        BLOB PRIMARY KEY NOT NULL,
  person_id BLOB NOT NULL REFERENCES person (id),
  channel   TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'post')),
  allowed   INTEGER NOT NULL,
  since_ms  INTEGER NOT NULL,
  how       TEXT NOT NULL,                        -- how we know
  UNIQUE (person_id, channel)
) STRICT;

CREATE TABLE fact (
  id           BLOB PRIMARY KEY NOT NULL,
  person_id    BLOB NOT NULL REFERENCES person (id),
  words        TEXT NOT NULL,
  learned_ms   INTEGER NOT NULL,
  learned_from TEXT NOT NULL,
  volunteer_id BLOB REFERENCES volunteer (id)
) STRICT;
CREATE INDEX fact_by_person ON fact (person_id, learned_ms);

CREATE TABLE tag (
  id        BLOB PRIMARY KEY NOT NULL,
  person_id BLOB NOT NULL REFERENCES person (id),
  name      TEXT NOT NULL,
  UNIQUE (person_id, name)
) STRICT;
CREATE INDEX tag_by_name ON tag (name);

-- ── what people wait for, and what we owe ────────────────────────────────────────────────────────────────────────
CREATE TABLE inquiry (
  id         BLOB PRIMARY KEY NOT NULL,
  person_id  BLOB NOT NULL REFERENCES person (id),
  source     TEXT NOT NULL CHECK (source IN
               ('voicemail', 'web_form', 'email', 'referral', 'event_card', 'walk_in', 'phone_call')),
  about      TEXT NOT NULL,
  opened_ms  INTEGER NOT NULL,                    -- the first message
  clock_ms   INTEGER NOT NULL,                    -- where the running clock began: moves only when reopened
  state      TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  ended_ms   INTEGER,
  end_reason TEXT NOT NULL
) STRICT;
CREATE INDEX inquiry_by_person ON inquiry (person_id, opened_ms);
CREATE UNIQUE INDEX inquiry_one_open ON inquiry (person_id) WHERE state = 'open';   -- one inquiry, one clock

CREATE TABLE message (
  id           BLOB PRIMARY KEY NOT NULL,
  inquiry_id   BLOB NOT NULL REFERENCES inquiry (id),
  person_id    BLOB NOT NULL REFERENCES person (id),
  source       TEXT NOT NULL,
  received_ms  INTEGER NOT NULL,
  words        TEXT NOT NULL,
  number_typed TEXT NOT NULL,
  taken_by     BLOB REFERENCES volunteer (id)
) STRICT;
CREATE INDEX message_by_inquiry ON message (inquiry_id, received_ms);
CREATE INDEX message_by_person ON message (person_id, received_ms);

CREATE TABLE promise (
  id          BLOB PRIMARY KEY NOT NULL,
  person_id   BLOB NOT NULL REFERENCES person (id),
  kind        TEXT NOT NULL CHECK (kind IN ('callback', 'plan_step', 'decision', 'recovery_check', 'own_word')),
  what        TEXT NOT NULL,
  keeper_id   BLOB REFERENCES volunteer (id),
  made_ms     INTEGER NOT NULL,
  due_ms      INTEGER NOT NULL,
  next_try_ms INTEGER,                            -- tried and not reached: when to try again; the due time stands
  state       TEXT NOT NULL CHECK (state IN ('open', 'kept', 'renegotiated', 'released')),
  ended_ms    INTEGER,
  end_reason  TEXT NOT NULL,
  replaced_by BLOB REFERENCES promise (id),
  inquiry_id  BLOB REFERENCES inquiry (id),
  attempt     INTEGER NOT NULL,                   -- calls tried for it so far
  CHECK ((state = 'open') = (ended_ms IS NULL)),
  CHECK ((state = 'renegotiated') = (replaced_by IS NOT NULL)),
  CHECK (state <> 'released' OR end_reason <> '')
) STRICT;
CREATE INDEX promise_by_person ON promise (person_id, made_ms);
CREATE INDEX promise_open_by_due ON promise (COALESCE(next_try_ms, due_ms)) WHERE state = 'open';
CREATE INDEX promise_by_inquiry ON promise (inquiry_id) WHERE inquiry_id IS NOT NULL;

CREATE TABLE reminder (                                             -- the scheduler's table: survives a kill
  id           BLOB PRIMARY KEY NOT NULL,
  promise_id   BLOB NOT NULL REFERENCES promise (id) ON DELETE CASCADE,
  due_ms       INTEGER NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'done')),
  shown_ms     INTEGER,
  seen_ms      INTEGER,
  UNIQUE (promise_id)
) STRICT;
CREATE INDEX reminder_waiting ON reminder (due_ms) WHERE state = 'waiting';
CREATE INDEX reminder_shown ON reminder (shown_ms) WHERE state = 'shown';

-- ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE script (
  id       BLOB PRIMARY KEY NOT NULL,
  name     TEXT NOT NULL,
  purpose  TEXT NOT NULL
) STRICT;

CREATE TABLE script_version (
  id         BLOB PRIMARY KEY NOT NULL,
  script_id  BLOB NOT NULL REFERENCES script (id),
  number     INTEGER NOT NULL,
  text       TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  UNIQUE (script_id, number)
) STRICT;

CREATE TABLE call (
  id                BLOB PRIMARY KEY NOT NULL,
  person_id         BLOB NOT NULL REFERENCES person (id),
  reach_id          BLOB REFERENCES reach (id),
  promise_id        BLOB REFERENCES promise (id),
  reason            TEXT NOT NULL CHECK (reason <> ''),
  confirmed         TEXT NOT NULL,                -- the fact that told this person from a namesake, where one was asked
  inbound           INTEGER NOT NULL,             -- they rang us
  volunteer_id      BLOB REFERENCES volunteer (id),
  script_version_id BLOB REFERENCES script_version (id),
  path              TEXT NOT NULL,                -- the choices taken, as JSON: replayed, they lead to the step
  notes             TEXT NOT NULL,
  learned           TEXT NOT NULL,
  began_ms          INTEGER NOT NULL,
  ended_ms          INTEGER,
  state             TEXT NOT NULL CHECK (state IN ('begun', 'filed', 'never_made')),
  meant_person_id   BLOB REFERENCES person (id)   -- whom the caller had in mind, where someone else answered
) STRICT;
CREATE INDEX call_begun ON call (began_ms) WHERE state = 'begun';
CREATE INDEX call_by_person ON call (person_id, began_ms);

CREATE TABLE touch (
  id            BLOB PRIMARY KEY NOT NULL,
  person_id     BLOB NOT NULL REFERENCES person (id),
  direction     TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  channel       TEXT NOT NULL CHECK (channel IN
                  ('call', 'voicemail', 'email', 'letter', 'visit', 'event', 'gesture')),
  at_ms         INTEGER NOT NULL,
  duration_ms   INTEGER,
  result        TEXT NOT NULL,
  notes         TEXT NOT NULL,
  note_for_next TEXT NOT NULL,
  volunteer_id  BLOB REFERENCES volunteer (id),
  inquiry_id    BLOB REFERENCES inquiry (id),
  promise_id    BLOB REFERENCES promise (id),
  call_id       BLOB REFERENCES call (id)
) STRICT;
CREATE INDEX touch_by_person ON touch (person_id, at_ms);

CREATE TABLE touch_fact (
  id       BLOB PRIMARY KEY NOT NULL,
  touch_id BLOB NOT NULL REFERENCES touch (id),
  fact_id  BLOB NOT NULL REFERENCES fact (id),
  how      TEXT NOT NULL CHECK (how IN ('used', 'learned'))
) STRICT;
CREATE INDEX touch_fact_by_touch ON touch_fact (touch_id);
CREATE INDEX touch_fact_by_fact ON touch_fact (fact_id);

-- ── coming in and going out ──────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE import (
  id           BLOB PRIMARY KEY NOT NULL,
  file_name    TEXT NOT NULL,
  began_ms     INTEGER NOT NULL,
  ended_ms     INTEGER,
  state        TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'undone', 'interrupted')),
  mapping      TEXT NOT NULL,
  created      INTEGER NOT NULL,
  updated      INTEGER NOT NULL,
  unchanged    INTEGER NOT NULL,
  rejected     INTEGER NOT NULL,
  rejects_file TEXT,
  edit_id      BLOB,
  volunteer_id BLOB REFERENCES volunteer (id)
) STRICT;

CREATE TABLE export_log (
  id           BLOB PRIMARY KEY NOT NULL,
  at_ms        INTEGER NOT NULL,
  volunteer_id BLOB REFERENCES volunteer (id),
  file_name    TEXT NOT NULL,
  form         TEXT NOT NULL,
  rows_written INTEGER NOT NULL,
  left_out     INTEGER NOT NULL
) STRICT;

-- ── who did what, and how it was before ──────────────────────────────────────────────────────────────────────────
CREATE TABLE edit (
  id        BLOB PRIMARY KEY NOT NULL,
  at_ms     INTEGER NOT NULL,
  actor_id  BLOB REFERENCES volunteer (id),       -- NULL: Wellmet itself
  action    TEXT NOT NULL,
  label     TEXT NOT NULL,
  undoes    BLOB REFERENCES edit (id),
  undone_by BLOB REFERENCES edit (id)
) STRICT;
CREATE INDEX edit_by_time ON edit (at_ms);

-- One row for each row that an edit touched, written by triggers that `store` makes from the tables themselves.
-- `before` and `after` are JSON objects of the columns that differ, BLOBs in hex; an insert keeps neither.
CREATE TABLE journal (
  seq       INTEGER PRIMARY KEY,
  edit_id   BLOB NOT NULL REFERENCES edit (id),
  tbl       TEXT NOT NULL,
  row_id    BLOB NOT NULL,
  person_id BLOB,
  op        TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
  before    TEXT,
  after     TEXT
) STRICT;
CREATE INDEX journal_by_edit ON journal (edit_id, seq);
CREATE INDEX journal_by_row ON journal (row_id, seq);
CREATE INDEX journal_by_person ON journal (person_id, seq) WHERE person_id IS NOT NULL;

-- The edit that is being written. Empty between edits, so that a write which does not come through the one door fails.
CREATE TABLE current_edit (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  edit_id BLOB NOT NULL
) STRICT;

-- ── search ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- rowid = person.seq.
CREATE VIRTUAL TABLE person_words USING fts5(name, organisation, email, words,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='1 2 3');
CREATE VIRTUAL TABLE person_digits USING fts5(digits,
  content='', contentless_delete=1, tokenize="trigram");
