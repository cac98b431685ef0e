-- What a book of a million people needs.

-- Whoever came with a list, and with all that the list gave them: the journal names only what was changed since.
ALTER TABLE person ADD COLUMN came_with BLOB REFERENCES edit (id);
CREATE INDEX person_by_came_with ON person (came_with) WHERE came_with IS NOT NULL;
ALTER TABLE current_edit ADD COLUMN brings INTEGER NOT NULL DEFAULT 0;
