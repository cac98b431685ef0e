-- The people of the bench's list in the book's own tables, by SQLite alone: nothing is recognised, matched, journalled or encrypted,
-- and all is one transaction. What an import takes cannot be less than this.
-- `temp.people` holds the list as it stands, and the tables are made by the migrations.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -65536;
BEGIN;
INSERT INTO organisation (id, name, folded, created_ms)
SELECT CAST(printf('o%015d', row_number() OVER ()) AS BLOB), name, lower(name), 0
FROM (SELECT DISTINCT "Organization" AS name FROM temp.people);

INSERT INTO person (seq, id, given, family, name, sort_key, sound_key, standing, place, external_id, do_not_call, source, created_ms)
SELECT rowid, CAST(printf('p%015d', rowid) AS BLOB), "First Name", "Last Name", "First Name" || ' ' || "Last Name",
  lower("Last Name" || ' ' || "First Name"), lower(substr("Last Name", 1, 4) || substr("First Name", 1, 4)), 'prospect', "City",
  "Record ID", 0, 'people.csv', 0
FROM temp.people;

INSERT INTO reach (id, person_id, kind, value, as_typed, unreadable, label, state, voicemail, best_times, position)
SELECT CAST(printf('r%014d0', rowid) AS BLOB), CAST(printf('p%015d', rowid) AS BLOB), 'phone', '+61' || substr("Mobile Phone", 2),
  "Mobile Phone", 0, 'mobile', 'good', 'unknown', '', 0
FROM temp.people;

INSERT INTO reach (id, person_id, kind, value, as_typed, unreadable, label, state, voicemail, best_times, position)
SELECT CAST(printf('r%014d1', rowid) AS BLOB), CAST(printf('p%015d', rowid) AS BLOB), 'email', "E-mail", "E-mail", 0, '', 'good',
  'unknown', '', 1
FROM temp.people;

INSERT INTO role (id, person_id, organisation_id, title)
SELECT CAST(printf('l%015d', p.rowid) AS BLOB), CAST(printf('p%015d', p.rowid) AS BLOB), o.id, ''
FROM temp.people p JOIN organisation o ON o.folded = lower(p."Organization") ORDER BY p.rowid;

INSERT INTO fact (id, person_id, words, learned_ms, learned_from)
SELECT CAST(printf('f%015d', rowid) AS BLOB), CAST(printf('p%015d', rowid) AS BLOB), "Notes", 0, 'people.csv' FROM temp.people;

INSERT INTO person_words (rowid, name, organisation, email, words)
SELECT rowid, "First Name" || ' ' || "Last Name" || ' ' || lower("Last Name" || ' ' || "First Name"),
  "Organization" || ' ' || lower("Organization"), 'example.org', "Notes" || ' ' || "City"
FROM temp.people;

INSERT INTO person_digits (rowid, digits)
SELECT rowid, '61' || substr("Mobile Phone", 2) || ' ' || "Mobile Phone" FROM temp.people;
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
