CREATE TABLE problem (
    id INTEGER NOT NULL, title VARCHAR NOT NULL, parked_on DATE NOT NULL, state VARCHAR NOT NULL,
    state_on DATE NOT NULL, seconds INTEGER, every VARCHAR, cost INTEGER, cost_per VARCHAR,
    handover_seconds INTEGER, candidate VARCHAR, note VARCHAR, activity_id INTEGER,
    delegated_to VARCHAR, real_cost INTEGER, real_cost_per VARCHAR, ask_again_on DATE,
    PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)
);
-- An activity can be weighed again only when what was decided of it is over.
CREATE UNIQUE INDEX problem_activity ON problem (activity_id)
    WHERE activity_id IS NOT NULL AND state IN ('parked', 'delegated');
CREATE INDEX problem_ask ON problem (ask_again_on) WHERE ask_again_on IS NOT NULL;
CREATE TABLE entry_with_problems (
    id INTEGER NOT NULL, activity_id INTEGER, day DATE NOT NULL, started_at VARCHAR,
    utc_offset INTEGER, seconds INTEGER NOT NULL, count INTEGER NOT NULL, outcome VARCHAR,
    contact VARCHAR, contact_key VARCHAR, amount INTEGER, note VARCHAR, came_from INTEGER,
    follows INTEGER, fills_quota BOOLEAN NOT NULL, source VARCHAR NOT NULL, batch_id INTEGER,
    source_key VARCHAR, logged_at VARCHAR NOT NULL, logged_on DATE NOT NULL, problem_id INTEGER,
    PRIMARY KEY (id), CONSTRAINT entry_not_negative CHECK (seconds >= 0 AND count >= 0),
    CONSTRAINT entry_one_subject CHECK (activity_id IS NULL OR problem_id IS NULL),

    FOREIGN KEY(activity_id) REFERENCES activity (id),
    FOREIGN KEY(came_from) REFERENCES activity (id),
    FOREIGN KEY(follows) REFERENCES entry (id),
    FOREIGN KEY(batch_id) REFERENCES batch (id),
    FOREIGN KEY(problem_id) REFERENCES problem (id)
);
INSERT INTO entry_with_problems SELECT *, NULL FROM entry;
DROP TABLE entry;
ALTER TABLE entry_with_problems RENAME TO entry;

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

-- The days of which something was entered later, by hand.
CREATE INDEX entry_late ON entry (activity_id, day) WHERE source = 'hand' AND logged_on > day;

CREATE INDEX entry_problem ON entry (problem_id) WHERE problem_id IS NOT NULL;
ALTER TABLE undone_entry ADD COLUMN problem_id INTEGER;
CREATE TABLE timer_with_problems (
    id INTEGER NOT NULL, activity_id INTEGER, contact VARCHAR, day DATE NOT NULL,
    started_at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, last_seen VARCHAR,
    problem_id INTEGER,
    PRIMARY KEY (id), CONSTRAINT timer_only_one CHECK (id = 1),
    CONSTRAINT timer_one_subject CHECK ((activity_id IS NULL) <> (problem_id IS NULL)),
    FOREIGN KEY(activity_id) REFERENCES activity (id),
    FOREIGN KEY(problem_id) REFERENCES problem (id)
);
INSERT INTO timer_with_problems SELECT *, NULL FROM timer;
DROP TABLE timer;
ALTER TABLE timer_with_problems RENAME TO timer;
DELETE FROM published;
