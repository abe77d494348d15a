-- What a name that nobody has any more was joined into, or came to be: the key of that name.
ALTER TABLE contact ADD COLUMN same_as VARCHAR;
CREATE INDEX next_step_of ON next_step (contact_id);

-- The sums alone are kept that are read.
DELETE FROM kept_past;
DROP TRIGGER entry_comes;
DROP TRIGGER entry_leaves;
DROP TRIGGER entry_was;
DROP TRIGGER entry_becomes;
DROP VIEW entry_sum;
ALTER TABLE day_sum DROP COLUMN asked;

CREATE VIEW entry_sum AS
    SELECT id, day, coalesce(activity_id, 0) AS activity_id,
        CASE WHEN dial AND started_at IS NOT NULL THEN
            (CAST(substr(started_at, 12, 2) AS INTEGER) * 3600
            + CAST(substr(started_at, 15, 2) AS INTEGER) * 60
            + coalesce(utc_offset, 0) + 86400) / 3600 % 24
        ELSE -1 END AS hour,
        1 AS entries, seconds, dial AS dials, talk AS conversations,
        talk * seconds AS conversation_seconds, talk AND contact_key IS NULL AS unnamed,
        dial AND outcome IN ('asked', 'won', 'lost') AS asks,
        dial AND outcome = 'won' AS wins
    FROM (
        SELECT *, outcome IS NOT NULL AND follows IS NULL AS dial,
            outcome IS NOT NULL AND follows IS NULL AND fills_quota AS talk
        FROM entry
    );

CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins)
    SELECT day, activity_id, hour, entries, seconds, dials, conversations, conversation_seconds,
        unnamed, asks, wins FROM entry_sum WHERE id = NEW.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins;
    DELETE FROM kept_past WHERE day > NEW.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = NEW.follows)
        OR NEW.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = NEW.contact_key
        );
END;
CREATE TRIGGER entry_leaves BEFORE DELETE ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins)
    SELECT day, activity_id, hour, -entries, -seconds, -dials, -conversations,
        -conversation_seconds, -unnamed, -asks, -wins FROM entry_sum WHERE id = OLD.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins;
    DELETE FROM day_sum WHERE day = OLD.day AND entries = 0;
    DELETE FROM kept_past WHERE day > OLD.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = OLD.follows)
        OR OLD.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = OLD.contact_key
        );
END;
CREATE TRIGGER entry_was BEFORE UPDATE ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins)
    SELECT day, activity_id, hour, -entries, -seconds, -dials, -conversations,
        -conversation_seconds, -unnamed, -asks, -wins FROM entry_sum WHERE id = OLD.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins;
    DELETE FROM day_sum WHERE day = OLD.day AND entries = 0;
    DELETE FROM kept_past WHERE day > OLD.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = OLD.follows)
        OR OLD.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = OLD.contact_key
        );
END;
CREATE TRIGGER entry_becomes AFTER UPDATE ON entry BEGIN
    INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
        conversation_seconds, unnamed, asks, wins)
    SELECT day, activity_id, hour, entries, seconds, dials, conversations, conversation_seconds,
        unnamed, asks, wins FROM entry_sum WHERE id = NEW.id
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins;
    DELETE FROM kept_past WHERE day > NEW.day
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = NEW.follows)
        OR NEW.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = NEW.contact_key
        );
END;
