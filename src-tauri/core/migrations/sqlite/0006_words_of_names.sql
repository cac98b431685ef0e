-- The words that people, organisations, tags and places are called by, for what was typed with a slip. Kept as the search index is;
-- a word that nobody is called by any more stays until the index is made anew.
CREATE TABLE called_word (
  word TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO called_word (word)
SELECT DISTINCT w.value
FROM (
  SELECT sort_key AS words FROM person WHERE removed_ms IS NULL
  UNION SELECT lower(place) FROM person WHERE removed_ms IS NULL
  UNION SELECT folded FROM organisation
  UNION SELECT lower(name) FROM tag
) c, json_each('[' || replace(json_quote(c.words), ' ', '","') || ']') w
WHERE length(w.value) > 2;
