CREATE TABLE settings (
    id INTEGER NOT NULL, currency VARCHAR, day_starts_at VARCHAR, first_weekday INTEGER,
    works_from VARCHAR, works_until VARCHAR, works_on INTEGER, call_cap INTEGER,
    hourly_worth INTEGER, next_worth INTEGER, next_worth_from DATE, goal INTEGER, goal_by DATE,
    goal_since DATE, assumed_wins INTEGER, assumed_conversations INTEGER, assumed_win INTEGER,
    PRIMARY KEY (id), CONSTRAINT settings_only_one CHECK (id = 1)
);
-- The settings, once a row of two texts each, become one row of columns. Those of the file have the
-- place 0 here, those of the undo history the id of their row there, below 0 as they became.
CREATE TABLE old_setting AS WITH typed AS (
    SELECT 0 AS place, key, nullif(value, 'none') AS value FROM setting
    UNION ALL SELECT id, json_extract(coalesce("before", "after"), '$.key'),
        nullif(json_extract("before", '$.value'), 'none')
        FROM changed_row WHERE table_name = 'setting'
    UNION ALL SELECT -id, json_extract(coalesce("before", "after"), '$.key'),
        nullif(json_extract("after", '$.value'), 'none')
        FROM changed_row WHERE table_name = 'setting'
) SELECT place, 'currency' AS name, value AS value FROM typed WHERE key = 'currency'
    UNION ALL SELECT place, 'day_starts_at', value || ':00' FROM typed WHERE key = 'day_starts_at'
    UNION ALL SELECT place, 'first_weekday', instr('montuewedthufrisatsun', substr(value, 1, 3)) / 3
        FROM typed WHERE key = 'first_weekday'
    UNION ALL SELECT place, 'works_from', substr(value, 1, 5) || ':00'
        FROM typed WHERE key = 'working_day'
    UNION ALL SELECT place, 'works_until', substr(value, 7, 5) || ':00'
        FROM typed WHERE key = 'working_day'
    UNION ALL SELECT place, 'works_on', CASE
        WHEN value LIKE '% daily' THEN 127 WHEN value LIKE '% mon-fri' THEN 31
        ELSE (value LIKE '%mon%') * 1 + (value LIKE '%tue%') * 2 + (value LIKE '%wed%') * 4
            + (value LIKE '%thu%') * 8 + (value LIKE '%fri%') * 16 + (value LIKE '%sat%') * 32
            + (value LIKE '%sun%') * 64 END
        FROM typed WHERE key = 'working_day'
    UNION ALL SELECT place, 'call_cap', CAST(value AS INTEGER) * iif(value LIKE '% min', 60, 1)
        FROM typed WHERE key = 'call_cap'
    UNION ALL SELECT place, 'hourly_worth', CAST(replace(value, '.', '') AS INTEGER)
        FROM typed WHERE key = 'hourly_worth'
    UNION ALL SELECT place, 'next_worth', CAST(replace(value, '.', '') AS INTEGER)
        FROM typed WHERE key = 'hourly_worth_next'
    UNION ALL SELECT place, 'next_worth_from', substr(value, -10)
        FROM typed WHERE key = 'hourly_worth_next'
    UNION ALL SELECT place, 'goal', CAST(replace(value, '.', '') AS INTEGER)
        FROM typed WHERE key = 'goal'
    UNION ALL SELECT place, 'goal_by', value FROM typed WHERE key = 'goal_by'
    UNION ALL SELECT place, 'goal_since', value FROM typed WHERE key = 'goal_since'
    UNION ALL SELECT place, 'assumed_wins', CAST(value AS INTEGER)
        FROM typed WHERE key = 'assumed_win_rate'
    UNION ALL SELECT place, 'assumed_conversations',
        CAST(substr(value, instr(value, ' in ') + 4) AS INTEGER)
        FROM typed WHERE key = 'assumed_win_rate'
    UNION ALL SELECT place, 'assumed_win', CAST(replace(value, '.', '') AS INTEGER)
        FROM typed WHERE key = 'assumed_win';
INSERT INTO settings SELECT 1,
    max(iif(place = 0 AND name = 'currency', value, NULL)),
    max(iif(place = 0 AND name = 'day_starts_at', value, NULL)),
    max(iif(place = 0 AND name = 'first_weekday', value, NULL)),
    max(iif(place = 0 AND name = 'works_from', value, NULL)),
    max(iif(place = 0 AND name = 'works_until', value, NULL)),
    max(iif(place = 0 AND name = 'works_on', value, NULL)),
    max(iif(place = 0 AND name = 'call_cap', value, NULL)),
    max(iif(place = 0 AND name = 'hourly_worth', value, NULL)),
    max(iif(place = 0 AND name = 'next_worth', value, NULL)),
    max(iif(place = 0 AND name = 'next_worth_from', value, NULL)),
    max(iif(place = 0 AND name = 'goal', value, NULL)),
    max(iif(place = 0 AND name = 'goal_by', value, NULL)),
    max(iif(place = 0 AND name = 'goal_since', value, NULL)),
    max(iif(place = 0 AND name = 'assumed_wins', value, NULL)),
    max(iif(place = 0 AND name = 'assumed_conversations', value, NULL)),
    max(iif(place = 0 AND name = 'assumed_win', value, NULL))
    FROM old_setting GROUP BY 1;
-- Of the only row the undo history keeps the columns that a change gave other values.
UPDATE changed_row AS it SET table_name = 'settings', row_id = 1,
    "before" = (SELECT json_group_object(name, value) FROM old_setting WHERE place = it.id),
    "after" = (SELECT json_group_object(name, value) FROM old_setting WHERE place = -it.id)
    WHERE table_name = 'setting';
DROP TABLE old_setting;
DROP TABLE setting;
-- What the days before a day come to is dropped by whatever changes one of them.
DROP TABLE alembic_version;
DROP TABLE published;
DELETE FROM kept_past;
DROP TRIGGER entry_comes;
DROP TRIGGER entry_leaves;
DROP TRIGGER entry_was;
DROP TRIGGER entry_becomes;

CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins, asked)
    SELECT day, activity_id, hour, entries, seconds, dials, conversations, conversation_seconds,
        unnamed, asks, wins, asked FROM entry_sum WHERE id = NEW.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins, asked = asked + excluded.asked;
    DELETE FROM kept_past WHERE day > NEW.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = NEW.follows);
END;
CREATE TRIGGER entry_leaves BEFORE DELETE ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins, asked)
    SELECT day, activity_id, hour, -entries, -seconds, -dials, -conversations,
        -conversation_seconds, -unnamed, -asks, -wins, -asked FROM entry_sum WHERE id = OLD.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins, asked = asked + excluded.asked;
    DELETE FROM day_sum WHERE day = OLD.day AND entries = 0;
    DELETE FROM kept_past WHERE day > OLD.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = OLD.follows);
END;
CREATE TRIGGER entry_was BEFORE UPDATE ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins, asked)
    SELECT day, activity_id, hour, -entries, -seconds, -dials, -conversations,
        -conversation_seconds, -unnamed, -asks, -wins, -asked FROM entry_sum WHERE id = OLD.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins, asked = asked + excluded.asked;
    DELETE FROM day_sum WHERE day = OLD.day AND entries = 0;
    DELETE FROM kept_past WHERE day > OLD.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = OLD.follows);
END;
CREATE TRIGGER entry_becomes AFTER UPDATE ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins, asked)
    SELECT day, activity_id, hour, entries, seconds, dials, conversations, conversation_seconds,
        unnamed, asks, wins, asked FROM entry_sum WHERE id = NEW.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins, asked = asked + excluded.asked;
    DELETE FROM kept_past WHERE day > NEW.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = NEW.follows);
END;

CREATE TRIGGER activity_insert AFTER INSERT ON activity BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER activity_update AFTER UPDATE ON activity BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER activity_delete AFTER DELETE ON activity BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER commitment_insert AFTER INSERT ON commitment BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER commitment_update AFTER UPDATE ON commitment BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER commitment_delete AFTER DELETE ON commitment BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER day_off_insert AFTER INSERT ON day_off BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER day_off_update AFTER UPDATE ON day_off BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER day_off_delete AFTER DELETE ON day_off BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER skipped_day_insert AFTER INSERT ON skipped_day BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER skipped_day_update AFTER UPDATE ON skipped_day BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER skipped_day_delete AFTER DELETE ON skipped_day BEGIN DELETE FROM kept_past; END;

-- A new change drops what had been undone, and the oldest of a thousand changes.
CREATE INDEX change_undone ON change (id) WHERE undone;
CREATE TRIGGER change_comes AFTER INSERT ON change WHEN NOT NEW.undone BEGIN
    DELETE FROM undone_entry WHERE EXISTS (SELECT 1 FROM change WHERE undone);
    DELETE FROM change WHERE undone;
    DELETE FROM change WHERE id <= NEW.id - 1000;
END;
