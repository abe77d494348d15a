CREATE TABLE commitment_with_weeks (
    id INTEGER NOT NULL, activity_id INTEGER NOT NULL, start DATE NOT NULL, weekdays INTEGER,
    seconds INTEGER, count INTEGER, rule VARCHAR NOT NULL, set_on DATE NOT NULL,
    weekly BOOLEAN DEFAULT 0 NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)
);
INSERT INTO commitment_with_weeks SELECT *, 0 FROM commitment;
DROP TABLE commitment;
ALTER TABLE commitment_with_weeks RENAME TO commitment;
CREATE UNIQUE INDEX commitment_of ON commitment (activity_id, start, set_on);
CREATE TABLE missed_reason (
    id INTEGER NOT NULL, day DATE NOT NULL, reason VARCHAR NOT NULL,
    PRIMARY KEY (id), UNIQUE (day)
);

-- The days of which something was entered later, by hand.
CREATE INDEX entry_late ON entry (activity_id, day) WHERE source = 'hand' AND logged_on > day;

CREATE TABLE published (
    id INTEGER NOT NULL, day DATE NOT NULL, facts VARCHAR NOT NULL,
    PRIMARY KEY (id), CONSTRAINT published_only_one CHECK (id = 1)
);
DELETE FROM kept_past;
