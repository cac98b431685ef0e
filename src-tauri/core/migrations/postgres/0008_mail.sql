-- As migrations/sqlite/0008_mail.sql, whose comments hold here too.

CREATE TABLE mail_server (                                          -- at most one; its password is in the keyring
  id             uuid PRIMARY KEY NOT NULL,
  host           text NOT NULL,
  port           bigint NOT NULL CHECK (port BETWEEN 1 AND 65535),
  security       text NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
  user_name      text NOT NULL,                   -- empty: it asks for none
  sender_name    text NOT NULL,
  sender_address text NOT NULL
);

CREATE TABLE outgoing_mail (                                        -- never changed
  id           uuid PRIMARY KEY NOT NULL,
  message_id   text NOT NULL UNIQUE,              -- without its angle brackets; the same at each try
  person_id    uuid NOT NULL REFERENCES person (id),
  promise_id   uuid NOT NULL REFERENCES promise (id),
  volunteer_id uuid REFERENCES volunteer (id),
  edit_id      uuid NOT NULL,                     -- what put it here
  to_address   text NOT NULL,
  subject      text NOT NULL,
  body         text NOT NULL,
  used         text NOT NULL,                     -- JSON: the facts that stand in it
  learned      text NOT NULL,                     -- JSON: what was said of them while it was written
  made_ms      bigint NOT NULL
);
CREATE INDEX outgoing_mail_by_person ON outgoing_mail (person_id);
CREATE INDEX outgoing_mail_by_promise ON outgoing_mail (promise_id);
CREATE INDEX outgoing_mail_by_edit ON outgoing_mail (edit_id);

-- How far it has come. 'sending' is written before anything is said to the server, so that a kill leaves what nobody knows
-- as 'unsure', which no machine sends again.
CREATE TABLE outgoing_progress (
  id          uuid PRIMARY KEY NOT NULL REFERENCES outgoing_mail (id),
  state       text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'gave_up', 'unsure', 'taken_back')),
  tries       bigint NOT NULL,
  next_try_ms bigint,
  said        text NOT NULL,                      -- the server's last words, or ours
  ended_ms    bigint,
  CHECK ((state = 'waiting') = (next_try_ms IS NOT NULL)),
  CHECK ((state = 'sent') = (ended_ms IS NOT NULL))
);
CREATE INDEX outgoing_progress_to_do ON outgoing_progress (next_try_ms) WHERE state = 'waiting';

CREATE TABLE calendar_file (                                        -- where somebody's own promises are kept as a calendar
  id           uuid PRIMARY KEY NOT NULL,
  volunteer_id uuid NOT NULL UNIQUE REFERENCES volunteer (id),
  path         text NOT NULL,
  names        boolean NOT NULL                   -- whether people's names stand in it
);
