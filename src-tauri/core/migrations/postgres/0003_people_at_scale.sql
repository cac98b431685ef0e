-- What a book of a million people needs.

ALTER TABLE person ADD COLUMN came_with uuid REFERENCES edit (id);
CREATE INDEX person_by_came_with ON person (came_with) WHERE came_with IS NOT NULL;
ALTER TABLE current_edit ADD COLUMN brings boolean NOT NULL DEFAULT false;
