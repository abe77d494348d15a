CREATE TABLE last_use_with_place (
    id INTEGER NOT NULL, day DATE NOT NULL, at VARCHAR NOT NULL, asked_on DATE,
    utc_offset INTEGER, zone VARCHAR,
    PRIMARY KEY (id), CONSTRAINT last_use_only_one CHECK (id = 1)
);
INSERT INTO last_use_with_place SELECT id, day, at, day, NULL, NULL FROM last_use;
DROP TABLE last_use;
ALTER TABLE last_use_with_place RENAME TO last_use;
-- A tick of a sales activity counts as no conversation.
DROP INDEX entry_filling;
CREATE INDEX entry_filling ON entry (activity_id, day, seconds, count, fills_quota, outcome)
    WHERE fills_quota = 1;
DELETE FROM kept_past;
ALTER TABLE timer ADD COLUMN draft VARCHAR;
