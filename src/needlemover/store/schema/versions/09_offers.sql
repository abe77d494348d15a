-- The asks whose amount was money received before; they go when the app has told of them.
CREATE TABLE old_offer (
    id INTEGER NOT NULL, is_said BOOLEAN NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES entry (id) ON DELETE CASCADE
);
CREATE INDEX entry_answer ON entry (contact_key, day)
    WHERE contact_key IS NOT NULL AND follows IS NULL AND outcome IN ('lost', 'won');
INSERT INTO old_offer SELECT id, 0 FROM entry AS ask
    WHERE outcome = 'asked' AND amount > 0 AND NOT EXISTS (
        SELECT 1 FROM entry AS win WHERE win.follows = ask.id
        AND win.outcome = 'won' AND win.amount IS NULL AND NOT EXISTS (
            SELECT 1 FROM entry AS later WHERE later.follows = win.follows
            AND later.outcome IN ('lost', 'won') AND (later.day, later.id) > (win.day, win.id)
        )
    );
-- A win without an amount takes that of the ask it settles, which was the money of both; also one
-- that undo or redo may bring back.
UPDATE entry AS win SET amount = (
    SELECT amount FROM entry AS ask
    WHERE ask.outcome = 'asked' AND ask.amount > 0 AND ask.id = win.follows
) WHERE win.outcome = 'won' AND win.amount IS NULL AND NOT EXISTS (
    SELECT 1 FROM entry AS later WHERE later.follows = win.follows
    AND later.outcome IN ('lost', 'won') AND (later.day, later.id) > (win.day, win.id)
) AND EXISTS (
    SELECT amount FROM entry AS ask
    WHERE ask.outcome = 'asked' AND ask.amount > 0 AND ask.id = win.follows
);
UPDATE undone_entry AS win SET amount = (
    SELECT amount FROM undone_entry AS ask
    WHERE ask.outcome = 'asked' AND ask.amount > 0 AND ask.id = win.follows
) WHERE win.outcome = 'won' AND win.amount IS NULL AND NOT EXISTS (
    SELECT 1 FROM undone_entry AS later WHERE later.follows = win.follows
    AND later.outcome IN ('lost', 'won') AND (later.day, later.id) > (win.day, win.id)
) AND EXISTS (
    SELECT amount FROM undone_entry AS ask
    WHERE ask.outcome = 'asked' AND ask.amount > 0 AND ask.id = win.follows
);
UPDATE changed_row SET "before" = json_set("before", '$.amount', (
    SELECT amount FROM entry AS ask WHERE ask.outcome = 'asked' AND ask.amount > 0
    AND ask.id = json_extract("before", '$.follows')
)) WHERE table_name = 'entry' AND json_extract("before", '$.outcome') = 'won'
AND json_extract("before", '$.amount') IS NULL AND EXISTS (
    SELECT amount FROM entry AS ask WHERE ask.outcome = 'asked' AND ask.amount > 0
    AND ask.id = json_extract("before", '$.follows')
);
UPDATE changed_row SET "after" = json_set("after", '$.amount', (
    SELECT amount FROM entry AS ask WHERE ask.outcome = 'asked' AND ask.amount > 0
    AND ask.id = json_extract("after", '$.follows')
)) WHERE table_name = 'entry' AND json_extract("after", '$.outcome') = 'won'
AND json_extract("after", '$.amount') IS NULL AND EXISTS (
    SELECT amount FROM entry AS ask WHERE ask.outcome = 'asked' AND ask.amount > 0
    AND ask.id = json_extract("after", '$.follows')
);

-- A call that is won or lost answers what the same contact was asked before, too.
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
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = NEW.follows)
        OR NEW.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = NEW.contact_key
        );
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
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = OLD.follows)
        OR OLD.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = OLD.contact_key
        );
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
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = OLD.follows)
        OR OLD.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = OLD.contact_key
        );
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
        OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = NEW.follows)
        OR NEW.outcome IN ('lost', 'won') AND day > (
            SELECT min(ask.day) FROM entry AS ask
            WHERE ask.outcome = 'asked' AND ask.contact_key = NEW.contact_key
        );
END;
