-- Files have it from a tool that ran the steps before; nothing reads it.
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE activity (
    id INTEGER NOT NULL, name VARCHAR NOT NULL, name_key VARCHAR NOT NULL,
    is_sales BOOLEAN NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (name_key)
);
CREATE TABLE batch (
    id INTEGER NOT NULL, source VARCHAR NOT NULL, file_name VARCHAR NOT NULL,
    imported_at VARCHAR NOT NULL, PRIMARY KEY (id)
);
CREATE TABLE change (
    id INTEGER NOT NULL, label VARCHAR NOT NULL, changed_at VARCHAR NOT NULL,
    undone BOOLEAN NOT NULL, PRIMARY KEY (id)
);
CREATE TABLE changed_row (
    id INTEGER NOT NULL, change_id INTEGER NOT NULL, table_name VARCHAR NOT NULL,
    row_id INTEGER NOT NULL, "before" VARCHAR, "after" VARCHAR, PRIMARY KEY (id),
    FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE
);
CREATE INDEX changed_row_of ON changed_row (change_id);
CREATE TABLE commitment (
    id INTEGER NOT NULL, activity_id INTEGER NOT NULL, start DATE NOT NULL, weekdays INTEGER,
    seconds INTEGER, count INTEGER, rule VARCHAR NOT NULL, set_on DATE NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)
);
CREATE UNIQUE INDEX commitment_of ON commitment (activity_id, start, set_on);
CREATE TABLE day_off (
    id INTEGER NOT NULL, start DATE NOT NULL, "end" DATE NOT NULL, activity_id INTEGER,
    reason VARCHAR NOT NULL, said_on DATE NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)
);
CREATE TABLE entry (
    id INTEGER NOT NULL, activity_id INTEGER, day DATE NOT NULL, started_at VARCHAR,
    utc_offset INTEGER, seconds INTEGER NOT NULL, count INTEGER NOT NULL, outcome VARCHAR,
    contact VARCHAR, contact_key VARCHAR, amount INTEGER, note VARCHAR, came_from INTEGER,
    follows INTEGER, fills_quota BOOLEAN NOT NULL, source VARCHAR NOT NULL, batch_id INTEGER,
    source_key VARCHAR, logged_at VARCHAR NOT NULL, logged_on DATE NOT NULL,
    PRIMARY KEY (id), CONSTRAINT entry_not_negative CHECK (seconds >= 0 AND count >= 0),

    FOREIGN KEY(activity_id) REFERENCES activity (id),
    FOREIGN KEY(came_from) REFERENCES activity (id),
    FOREIGN KEY(follows) REFERENCES entry (id),
    FOREIGN KEY(batch_id) REFERENCES batch (id)
);

CREATE INDEX entry_asked ON entry (day) WHERE outcome = 'asked';
CREATE INDEX entry_batch ON entry (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX entry_came_from ON entry (came_from) WHERE came_from IS NOT NULL;
CREATE INDEX entry_contact ON entry (contact_key, day, started_at) WHERE contact_key IS NOT NULL;
CREATE INDEX entry_day ON entry (day);
-- The totals of a day and of all days are read from this index alone.
CREATE INDEX entry_filling ON entry (activity_id, day, seconds, count, fills_quota)
    WHERE fills_quota = 1;
CREATE INDEX entry_follows ON entry (follows) WHERE follows IS NOT NULL;
CREATE UNIQUE INDEX entry_source ON entry (source, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE undone_entry (
    id INTEGER NOT NULL, activity_id INTEGER, day DATE NOT NULL, started_at VARCHAR,
    utc_offset INTEGER, seconds INTEGER NOT NULL, count INTEGER NOT NULL, outcome VARCHAR,
    contact VARCHAR, contact_key VARCHAR, amount INTEGER, note VARCHAR, came_from INTEGER,
    follows INTEGER, fills_quota BOOLEAN NOT NULL, source VARCHAR NOT NULL, batch_id INTEGER,
    source_key VARCHAR, logged_at VARCHAR NOT NULL, logged_on DATE NOT NULL, PRIMARY KEY (id));
CREATE TABLE forgotten_key (
    id INTEGER NOT NULL, source VARCHAR NOT NULL, source_key VARCHAR NOT NULL, PRIMARY KEY (id)
);
CREATE UNIQUE INDEX forgotten_source ON forgotten_key (source, source_key);
CREATE TABLE kept_past (
    id INTEGER NOT NULL, day DATE NOT NULL, first_weekday INTEGER NOT NULL,
    facts VARCHAR NOT NULL, PRIMARY KEY (id), CONSTRAINT kept_past_only_one CHECK (id = 1)
);
CREATE TABLE last_use (
    id INTEGER NOT NULL, day DATE NOT NULL, at VARCHAR NOT NULL, asked_on DATE,
    PRIMARY KEY (id), CONSTRAINT last_use_only_one CHECK (id = 1)
);
CREATE TABLE setting (
    id INTEGER NOT NULL, "key" VARCHAR NOT NULL, value VARCHAR NOT NULL,
    PRIMARY KEY (id), UNIQUE ("key")
);
CREATE TABLE skipped_day (
    id INTEGER NOT NULL, day DATE NOT NULL, PRIMARY KEY (id), UNIQUE (day)
);
CREATE TABLE timer (
    id INTEGER NOT NULL, activity_id INTEGER NOT NULL, contact VARCHAR, day DATE NOT NULL,
    started_at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, last_seen VARCHAR,
    PRIMARY KEY (id), CONSTRAINT timer_only_one CHECK (id = 1),
    FOREIGN KEY(activity_id) REFERENCES activity (id)
);
