-- Finding one of a million people.

-- Who matters is asked at each keystroke of a search: who waits longest, and with whom somebody was in touch last.
CREATE INDEX inquiry_open_by_clock ON inquiry (clock_ms) WHERE state = 'open';
CREATE INDEX touch_by_time ON touch (at_ms);

-- The words that the search index knows, in their order.
CREATE VIRTUAL TABLE person_terms USING fts5vocab(person_words, instance);

-- Those who are not removed, told by the index alone.
DROP INDEX person_by_sort;
CREATE INDEX person_by_sort ON person (sort_key, id, removed_ms) WHERE removed_ms IS NULL;
DROP INDEX person_by_sound;
CREATE INDEX person_by_sound ON person (sound_key, id, removed_ms) WHERE removed_ms IS NULL;
