-- The id of a deleted entry is free again: entries of several undone imports may have had the same.
CREATE TABLE undone_entry_before AS SELECT * FROM undone_entry;
DROP TABLE undone_entry;
CREATE TABLE undone_entry (
    id INTEGER NOT NULL, activity_id INTEGER, day DATE NOT NULL, started_at VARCHAR,
    utc_offset INTEGER, seconds INTEGER NOT NULL, count INTEGER NOT NULL, outcome VARCHAR,
    contact VARCHAR, contact_key VARCHAR, amount INTEGER, note VARCHAR, came_from INTEGER,
    follows INTEGER, fills_quota BOOLEAN NOT NULL, source VARCHAR NOT NULL, batch_id INTEGER,
    source_key VARCHAR, logged_at VARCHAR NOT NULL, logged_on DATE NOT NULL, problem_id INTEGER
);
INSERT INTO undone_entry SELECT * FROM undone_entry_before;
DROP TABLE undone_entry_before;
