ALTER TABLE activity ADD COLUMN starts_at VARCHAR;
ALTER TABLE commitment ADD COLUMN at_most BOOLEAN DEFAULT 0 NOT NULL;
CREATE TABLE call_block (
    id INTEGER NOT NULL, day DATE NOT NULL, started_at VARCHAR NOT NULL,
    utc_offset INTEGER NOT NULL, planned INTEGER NOT NULL, ended_at VARCHAR, last_seen VARCHAR,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX call_block_open ON call_block (ended_at IS NULL) WHERE ended_at IS NULL;
