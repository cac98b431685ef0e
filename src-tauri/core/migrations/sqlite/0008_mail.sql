-- E-mail that goes out through Wellmet itself.

CREATE TABLE mail_server (                                          -- at most one; its password is in the keyring
  id             BLOB PRIMARY KEY NOT NULL,
  host           TEXT NOT NULL,
  port           INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  security       TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
  user_name      TEXT NOT NULL,                   -- empty: it asks for none
  sender_name    TEXT NOT NULL,
  sender_address TEXT NOT NULL
) STRICT;

CREATE TABLE outgoing_mail (                                        -- never changed
  id           BLOB PRIMARY KEY NOT NULL,
  message_id   TEXT NOT NULL UNIQUE,              -- without its angle brackets; the same at each try
  person_id    BLOB NOT NULL REFERENCES person (id),
  promise_id   BLOB NOT NULL REFERENCES promise (id),
  volunteer_id BLOB REFERENCES volunteer (id),
  edit_id      BLOB NOT NULL,                     -- what put it here
  to_address   TEXT NOT NULL,
  subject      TEXT NOT NULL,
  body         TEXT NOT NULL,
  used         TEXT NOT NULL,                     -- JSON: the facts that stand in it
  learned      TEXT NOT NULL,                     -- JSON: what was said of them while it was written
  made_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX outgoing_mail_by_person ON outgoing_mail (person_id);
CREATE INDEX outgoing_mail_by_promise ON outgoing_mail (promise_id);
CREATE INDEX outgoing_mail_by_edit ON outgoing_mail (edit_id);

-- How far it has come. 'sending' is written before anything is said to the server, so that a kill leaves what nobody knows
-- as 'unsure', which no machine sends again.
CREATE TABLE outgoing_progress (
  id          BLOB PRIMARY KEY NOT NULL REFERENCES outgoing_mail (id),
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'gave_up', 'unsure', 'taken_back')),
  tries       INTEGER NOT NULL,
  next_try_ms INTEGER,
  said        TEXT NOT NULL,                      -- the server's last words, or ours
  ended_ms    INTEGER,
  CHECK ((state = 'waiting') = (next_try_ms IS NOT NULL)),
  CHECK ((state = 'sent') = (ended_ms IS NOT NULL))
) STRICT;
CREATE INDEX outgoing_progress_to_do ON outgoing_progress (next_try_ms) WHERE state = 'waiting';

CREATE TABLE calendar_file (                                        -- where somebody's own promises are kept as a calendar
  id           BLOB PRIMARY KEY NOT NULL,
  volunteer_id BLOB NOT NULL UNIQUE REFERENCES volunteer (id),
  path         TEXT NOT NULL,
  names        INTEGER NOT NULL                   -- whether people's names stand in it
) STRICT;
