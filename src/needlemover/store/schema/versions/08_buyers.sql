CREATE TABLE contact (
    id INTEGER NOT NULL, name VARCHAR NOT NULL, name_key VARCHAR NOT NULL, phone VARCHAR,
    phone_key VARCHAR, note VARCHAR, never_since DATE, position INTEGER, touched_on DATE,
    talked_on DATE, tries INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (name_key)
);
CREATE INDEX contact_phone ON contact (phone_key) WHERE phone_key IS NOT NULL;
-- The list, in the order in which it is called.
CREATE INDEX contact_listed ON contact (tries, position)
    WHERE position IS NOT NULL AND never_since IS NULL;
CREATE INDEX contact_touched ON contact (touched_on);
CREATE INDEX entry_asked_of ON entry (contact_key, day) WHERE outcome = 'asked';
CREATE TABLE next_step (
    id INTEGER NOT NULL, contact_id INTEGER NOT NULL, kind VARCHAR NOT NULL, day DATE NOT NULL,
    at VARCHAR, note VARCHAR, set_on DATE NOT NULL, ended_on DATE, ended_by VARCHAR,
    PRIMARY KEY (id), FOREIGN KEY(contact_id) REFERENCES contact (id)
);
ALTER TABLE settings ADD COLUMN retry_days VARCHAR;
CREATE UNIQUE INDEX next_step_open ON next_step (contact_id) WHERE ended_on IS NULL;
CREATE INDEX next_step_due ON next_step (day) WHERE ended_on IS NULL;
INSERT OR IGNORE INTO contact (name, name_key, tries)
    SELECT contact, contact_key, 0 FROM entry WHERE contact_key IS NOT NULL
    GROUP BY contact_key ORDER BY min(id);
UPDATE contact SET (touched_on, talked_on, tries) = (
    SELECT substr(max(place), 1, 10), substr(max(talked_at), 1, 10),
        coalesce(sum(is_dial AND place > coalesce(talked_at, '')), 0)
    FROM (
        SELECT is_dial, place, max(iif(is_talk, place, NULL)) OVER () AS talked_at FROM (
            SELECT outcome IS NOT NULL AND follows IS NULL AS is_dial,
                outcome IS NOT NULL AND follows IS NULL AND fills_quota AS is_talk,
                day || coalesce(started_at, logged_at) || printf('%020d', id) AS place
            FROM entry WHERE contact_key = contact.name_key
        )
    )
) WHERE TRUE;
CREATE TRIGGER contact_comes AFTER INSERT ON entry WHEN NEW.contact_key IS NOT NULL BEGIN
    INSERT OR IGNORE INTO contact (name, name_key, tries)
        SELECT contact, contact_key, 0 FROM entry WHERE contact_key IS NOT NULL AND id = NEW.id
        GROUP BY contact_key ORDER BY min(id);
    UPDATE contact SET (touched_on, talked_on, tries) = (
        SELECT substr(max(place), 1, 10), substr(max(talked_at), 1, 10),
            coalesce(sum(is_dial AND place > coalesce(talked_at, '')), 0)
        FROM (
            SELECT is_dial, place, max(iif(is_talk, place, NULL)) OVER () AS talked_at FROM (
                SELECT outcome IS NOT NULL AND follows IS NULL AS is_dial,
                    outcome IS NOT NULL AND follows IS NULL AND fills_quota AS is_talk,
                    day || coalesce(started_at, logged_at) || printf('%020d', id) AS place
                FROM entry WHERE contact_key = contact.name_key
            )
        )
    ) WHERE name_key = NEW.contact_key;
END;
CREATE TRIGGER contact_leaves AFTER DELETE ON entry WHEN OLD.contact_key IS NOT NULL BEGIN
    UPDATE contact SET (touched_on, talked_on, tries) = (
        SELECT substr(max(place), 1, 10), substr(max(talked_at), 1, 10),
            coalesce(sum(is_dial AND place > coalesce(talked_at, '')), 0)
        FROM (
            SELECT is_dial, place, max(iif(is_talk, place, NULL)) OVER () AS talked_at FROM (
                SELECT outcome IS NOT NULL AND follows IS NULL AS is_dial,
                    outcome IS NOT NULL AND follows IS NULL AND fills_quota AS is_talk,
                    day || coalesce(started_at, logged_at) || printf('%020d', id) AS place
                FROM entry WHERE contact_key = contact.name_key
            )
        )
    ) WHERE name_key = OLD.contact_key;
END;
CREATE TRIGGER contact_becomes
    AFTER UPDATE OF contact_key, day, started_at, outcome, follows, fills_quota ON entry
    WHEN OLD.contact_key IS NOT NULL OR NEW.contact_key IS NOT NULL BEGIN
    INSERT OR IGNORE INTO contact (name, name_key, tries)
        SELECT contact, contact_key, 0 FROM entry WHERE contact_key IS NOT NULL AND id = NEW.id
        GROUP BY contact_key ORDER BY min(id);
    UPDATE contact SET (touched_on, talked_on, tries) = (
        SELECT substr(max(place), 1, 10), substr(max(talked_at), 1, 10),
            coalesce(sum(is_dial AND place > coalesce(talked_at, '')), 0)
        FROM (
            SELECT is_dial, place, max(iif(is_talk, place, NULL)) OVER () AS talked_at FROM (
                SELECT outcome IS NOT NULL AND follows IS NULL AS is_dial,
                    outcome IS NOT NULL AND follows IS NULL AND fills_quota AS is_talk,
                    day || coalesce(started_at, logged_at) || printf('%020d', id) AS place
                FROM entry WHERE contact_key = contact.name_key
            )
        )
    ) WHERE name_key = NEW.contact_key;
    UPDATE contact SET (touched_on, talked_on, tries) = (
        SELECT substr(max(place), 1, 10), substr(max(talked_at), 1, 10),
            coalesce(sum(is_dial AND place > coalesce(talked_at, '')), 0)
        FROM (
            SELECT is_dial, place, max(iif(is_talk, place, NULL)) OVER () AS talked_at FROM (
                SELECT outcome IS NOT NULL AND follows IS NULL AS is_dial,
                    outcome IS NOT NULL AND follows IS NULL AND fills_quota AS is_talk,
                    day || coalesce(started_at, logged_at) || printf('%020d', id) AS place
                FROM entry WHERE contact_key = contact.name_key
            )
        )
    ) WHERE name_key = OLD.contact_key;
END;
