-- Rows that say who may do what are bound to what was written there, by a keyed hash. Those that are there get theirs
-- when the store is opened next. Who is signed in signs in once more.

ALTER TABLE people ADD COLUMN bound TEXT NOT NULL DEFAULT '';
ALTER TABLE tokens ADD COLUMN bound TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN bound TEXT NOT NULL DEFAULT '';
DELETE FROM sessions;
