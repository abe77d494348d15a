-- The sums of each day, which triggers keep. The activity is 0 where there is none. The hour is the
-- one on the clock where the call was; where only its day is known, and of what is no dial, it is
-- -1. `unnamed` are conversations that name no contact.
CREATE TABLE day_sum (
    day DATE NOT NULL, activity_id INTEGER NOT NULL, hour INTEGER NOT NULL,
    entries INTEGER NOT NULL, seconds INTEGER NOT NULL, dials INTEGER NOT NULL,
    conversations INTEGER NOT NULL, conversation_seconds INTEGER NOT NULL,
    unnamed INTEGER NOT NULL, asks INTEGER NOT NULL, wins INTEGER NOT NULL,
    asked INTEGER NOT NULL, PRIMARY KEY (day, activity_id, hour)
) WITHOUT ROWID;

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
        dial AND outcome = 'won' AS wins, dial AND outcome = 'asked' AS asked
    FROM (
        SELECT *, outcome IS NOT NULL AND follows IS NULL AS dial,
            outcome IS NOT NULL AND follows IS NULL AND fills_quota AS talk
        FROM entry
    );

INSERT INTO day_sum (day, activity_id, hour, entries, seconds, dials, conversations,
    conversation_seconds, unnamed, asks, wins, asked)
    SELECT day, activity_id, hour, sum(entries), sum(seconds), sum(dials), sum(conversations),
        sum(conversation_seconds), sum(unnamed), sum(asks), sum(wins), sum(asked)
    FROM entry_sum GROUP BY day, activity_id, hour
    ON CONFLICT (day, activity_id, hour) DO UPDATE SET
        entries = entries + excluded.entries, seconds = seconds + excluded.seconds,
        dials = dials + excluded.dials, conversations = conversations + excluded.conversations,
        conversation_seconds = conversation_seconds + excluded.conversation_seconds,
        unnamed = unnamed + excluded.unnamed, asks = asks + excluded.asks,
        wins = wins + excluded.wins, asked = asked + excluded.asked;

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
END;

CREATE INDEX entry_talked ON entry (contact_key, day)
    WHERE contact_key IS NOT NULL AND fills_quota = 1 AND outcome IS NOT NULL AND follows IS NULL;
CREATE INDEX entry_money ON entry (day) WHERE amount IS NOT NULL;
