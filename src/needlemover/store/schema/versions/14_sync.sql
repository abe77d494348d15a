-- Two machines. What tells a row from all others, on whatever machine it is, is its `uid`: a random
-- one of a new row; of one that was here before, what it was made with. Without a `uid` are entries
-- that were here before, which are known by when they were logged and their id, and those of an
-- import, known by their source and key.
ALTER TABLE activity ADD COLUMN uid VARCHAR;
ALTER TABLE commitment ADD COLUMN uid VARCHAR;
ALTER TABLE problem ADD COLUMN uid VARCHAR;
ALTER TABLE contact ADD COLUMN uid VARCHAR;
ALTER TABLE next_step ADD COLUMN uid VARCHAR;
ALTER TABLE batch ADD COLUMN uid VARCHAR;
ALTER TABLE day_off ADD COLUMN uid VARCHAR;
ALTER TABLE call_block ADD COLUMN uid VARCHAR;
ALTER TABLE entry ADD COLUMN uid VARCHAR;
ALTER TABLE undone_entry ADD COLUMN uid VARCHAR;
UPDATE contact SET uid = name_key;
UPDATE activity SET uid = id || ' ' || name_key;
UPDATE commitment SET uid = (SELECT uid FROM activity WHERE id = activity_id)
    || ' ' || start || ' ' || set_on;
UPDATE problem SET uid = id || ' ' || parked_on || ' ' || title;
UPDATE next_step SET uid = id || ' ' || set_on || ' '
    || (SELECT name_key FROM contact WHERE id = contact_id);
UPDATE batch SET uid = id || ' ' || imported_at;
UPDATE day_off SET uid = id || ' ' || start || ' ' || "end" || ' ' || said_on;
UPDATE call_block SET uid = id || ' ' || started_at;
CREATE UNIQUE INDEX activity_uid ON activity (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX commitment_uid ON commitment (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX problem_uid ON problem (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX contact_uid ON contact (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX next_step_uid ON next_step (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX batch_uid ON batch (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX day_off_uid ON day_off (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX call_block_uid ON call_block (uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX entry_uid ON entry (uid) WHERE uid IS NOT NULL;

-- This machine; with a folder it takes part. `clock` is that of the last change: milliseconds since
-- 1970, then 20 bits of the machine. `merging`: what changes now came from another machine, so no
-- trigger below notes it.
CREATE TABLE sync (
    id INTEGER NOT NULL, machine VARCHAR, name VARCHAR, host VARCHAR, folder VARCHAR,
    clock INTEGER NOT NULL, merging BOOLEAN NOT NULL,
    PRIMARY KEY (id), CONSTRAINT sync_only_one CHECK (id = 1)
);
INSERT INTO sync (id, clock, merging) VALUES (1, 0, 0);
-- When fields of a row were edited after it was made: those that go together under the first of
-- them, all of them under an empty name. A row of which all is said anew each time (a promise, a
-- reason) has the empty name from the start, a setting its own.
CREATE TABLE edit (
    tbl VARCHAR NOT NULL, row INTEGER NOT NULL, field VARCHAR NOT NULL, clock INTEGER NOT NULL,
    PRIMARY KEY (tbl, row, field)
) WITHOUT ROWID;
-- The rows that were deleted, with their newest clock that was known: a newer edit brings one back.
-- `sent`, here and in `same`: 0 is not told yet, 1 stands in the file that is being written, 2 is
-- told.
CREATE TABLE gone (
    tbl VARCHAR NOT NULL, uid VARCHAR NOT NULL, known INTEGER NOT NULL, sent INTEGER NOT NULL,
    PRIMARY KEY (tbl, uid)
) WITHOUT ROWID;
-- The rows that the other machines are to be told of. With '>' before the name of their table they
-- stand in the file that is being written, whose number is the row of '>'; '*' is every row.
CREATE TABLE outbox (
    tbl VARCHAR NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (tbl, row)
) WITHOUT ROWID;
-- Rows of one name made apart are one: this uid means that one.
CREATE TABLE same (
    tbl VARCHAR NOT NULL, uid VARCHAR NOT NULL, meant VARCHAR NOT NULL, sent INTEGER NOT NULL,
    PRIMARY KEY (tbl, uid)
) WITHOUT ROWID;
-- What came and has no place yet, as it came, or had one that another row needs; `untold`: of that
-- the other machines do not know all.
CREATE TABLE held (
    tbl VARCHAR NOT NULL, uid VARCHAR NOT NULL, state VARCHAR NOT NULL, untold BOOLEAN NOT NULL,
    PRIMARY KEY (tbl, uid)
) WITHOUT ROWID;
-- The other machines, and the files of each machine, this one too, whose rows are in the tables.
CREATE TABLE peer (
    machine VARCHAR NOT NULL, name VARCHAR NOT NULL, heard_at VARCHAR, PRIMARY KEY (machine)
) WITHOUT ROWID;
CREATE TABLE seen (
    machine VARCHAR NOT NULL, file VARCHAR NOT NULL, PRIMARY KEY (machine, file)
) WITHOUT ROWID;
-- The fields that came from where, and the values they took the place of, as JSON; `overrode`: one
-- that had been edited here.
CREATE TABLE sync_note (
    id INTEGER NOT NULL, at VARCHAR NOT NULL, machine VARCHAR NOT NULL, tbl VARCHAR NOT NULL,
    uid VARCHAR NOT NULL, field VARCHAR NOT NULL, was VARCHAR, is_now VARCHAR,
    overrode BOOLEAN NOT NULL, PRIMARY KEY (id)
);
-- A contact is known by the key of its first name, so that two that were made apart are one; where
-- another one was known by it before, by a uid of its own.
CREATE TRIGGER contact_comes_to_be AFTER INSERT ON contact WHEN NEW.uid IS NULL BEGIN
    UPDATE contact SET uid = iif(
        EXISTS (
            SELECT 1 FROM contact WHERE uid = NEW.name_key
            UNION ALL SELECT 1 FROM same WHERE tbl = 'contact' AND uid = NEW.name_key
            UNION ALL SELECT 1 FROM gone WHERE tbl = 'contact' AND uid = NEW.name_key
        ), hex(randomblob(7)), NEW.name_key
    ) WHERE id = NEW.id;
END;

-- Of each table whose rows travel: a row that is made is told; where it was deleted before, it is
-- newer than that. One that is edited gets clocks for the groups that became others, and is told.
-- One that is deleted leaves its newest clock in `gone`. `store/sync/rows.py` names the same groups
-- and the same identities.
CREATE TRIGGER activity_made AFTER INSERT ON activity
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'activity', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'activity' AND uid = coalesce(NEW.uid, 'id ' || NEW.id)
        );
    DELETE FROM gone WHERE tbl = 'activity' AND uid = coalesce(NEW.uid, 'id ' || NEW.id);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'activity', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER activity_edited AFTER UPDATE OF name, is_sales, rank, starts_at
    ON activity WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'activity', NEW.id, column1, clock FROM sync, (VALUES
            ('name', OLD.name IS NOT NEW.name),
            ('is_sales', OLD.is_sales IS NOT NEW.is_sales),
            ('rank', OLD.rank IS NOT NEW.rank),
            ('starts_at', OLD.starts_at IS NOT NEW.starts_at)
        ) WHERE column2;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'activity', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER activity_deleted AFTER DELETE ON activity BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'activity', coalesce(OLD.uid, 'id ' || OLD.id), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'activity' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'activity' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'activity' AND row = OLD.id;
END;

CREATE TRIGGER commitment_made AFTER INSERT ON commitment
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'commitment', NEW.id, '', clock FROM sync;
    DELETE FROM gone WHERE tbl = 'commitment' AND uid = coalesce(NEW.uid, 'id ' || NEW.id);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'commitment', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER commitment_edited AFTER UPDATE OF
        activity_id, start, weekdays, seconds, count, rule, set_on, weekly, at_most
    ON commitment WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'commitment', NEW.id, '', clock FROM sync
        WHERE (OLD.activity_id, OLD.start, OLD.weekdays, OLD.seconds, OLD.count, OLD.rule,
             OLD.set_on, OLD.weekly, OLD.at_most)
            IS NOT (NEW.activity_id, NEW.start, NEW.weekdays, NEW.seconds, NEW.count, NEW.rule,
             NEW.set_on, NEW.weekly, NEW.at_most);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'commitment', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER commitment_deleted AFTER DELETE ON commitment BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'commitment', coalesce(OLD.uid, 'id ' || OLD.id), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'commitment' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'commitment' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'commitment' AND row = OLD.id;
END;

CREATE TRIGGER problem_made AFTER INSERT ON problem
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'problem', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'problem' AND uid = coalesce(NEW.uid, 'id ' || NEW.id)
        );
    DELETE FROM gone WHERE tbl = 'problem' AND uid = coalesce(NEW.uid, 'id ' || NEW.id);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'problem', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER problem_edited AFTER UPDATE OF
        title, parked_on, state, state_on, ask_again_on, delegated_to, seconds, every, cost,
        cost_per, handover_seconds, candidate, note, activity_id, real_cost, real_cost_per
    ON problem WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'problem', NEW.id, column1, clock FROM sync, (VALUES
            ('title', OLD.title IS NOT NEW.title),
            ('parked_on', OLD.parked_on IS NOT NEW.parked_on),
            ('state', (OLD.state, OLD.state_on, OLD.ask_again_on, OLD.delegated_to)
                IS NOT (NEW.state, NEW.state_on, NEW.ask_again_on, NEW.delegated_to)),
            ('seconds', OLD.seconds IS NOT NEW.seconds),
            ('every', OLD.every IS NOT NEW.every),
            ('cost', (OLD.cost, OLD.cost_per)
                IS NOT (NEW.cost, NEW.cost_per)),
            ('handover_seconds', OLD.handover_seconds IS NOT NEW.handover_seconds),
            ('candidate', OLD.candidate IS NOT NEW.candidate),
            ('note', OLD.note IS NOT NEW.note),
            ('activity_id', OLD.activity_id IS NOT NEW.activity_id),
            ('real_cost', (OLD.real_cost, OLD.real_cost_per)
                IS NOT (NEW.real_cost, NEW.real_cost_per))
        ) WHERE column2;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'problem', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER problem_deleted AFTER DELETE ON problem BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'problem', coalesce(OLD.uid, 'id ' || OLD.id), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'problem' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'problem' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'problem' AND row = OLD.id;
END;

CREATE TRIGGER contact_made AFTER INSERT ON contact
    WHEN (SELECT NOT merging FROM sync)
    AND coalesce(NEW.phone, NEW.note, NEW.position, NEW.never_since, NEW.same_as) IS NOT NULL BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'contact', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'contact' AND uid = coalesce(NEW.uid, NEW.name_key)
        );
    DELETE FROM gone WHERE tbl = 'contact' AND uid = coalesce(NEW.uid, NEW.name_key);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'contact', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER contact_edited AFTER UPDATE OF name, phone, note, never_since, position, same_as
    ON contact WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'contact', NEW.id, column1, clock FROM sync, (VALUES
            ('name', OLD.name IS NOT NEW.name),
            ('phone', OLD.phone IS NOT NEW.phone),
            ('note', OLD.note IS NOT NEW.note),
            ('never_since', OLD.never_since IS NOT NEW.never_since),
            ('position', OLD.position IS NOT NEW.position),
            ('same_as', OLD.same_as IS NOT NEW.same_as)
        ) WHERE column2;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'contact', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER contact_deleted AFTER DELETE ON contact BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'contact', coalesce(OLD.uid, OLD.name_key), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'contact' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'contact' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'contact' AND row = OLD.id;
END;

CREATE TRIGGER next_step_made AFTER INSERT ON next_step
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'next_step', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'next_step' AND uid = coalesce(NEW.uid, 'id ' || NEW.id)
        );
    DELETE FROM gone WHERE tbl = 'next_step' AND uid = coalesce(NEW.uid, 'id ' || NEW.id);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'next_step', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER next_step_edited AFTER UPDATE OF
        contact_id, kind, day, at, note, set_on, ended_on, ended_by
    ON next_step WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'next_step', NEW.id, column1, clock FROM sync, (VALUES
            ('contact_id', OLD.contact_id IS NOT NEW.contact_id),
            ('day', (OLD.kind, OLD.day, OLD.at)
                IS NOT (NEW.kind, NEW.day, NEW.at)),
            ('note', OLD.note IS NOT NEW.note),
            ('set_on', OLD.set_on IS NOT NEW.set_on),
            ('ended_on', (OLD.ended_on, OLD.ended_by)
                IS NOT (NEW.ended_on, NEW.ended_by))
        ) WHERE column2;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'next_step', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER next_step_deleted AFTER DELETE ON next_step BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'next_step', coalesce(OLD.uid, 'id ' || OLD.id), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'next_step' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'next_step' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'next_step' AND row = OLD.id;
END;

CREATE TRIGGER batch_made AFTER INSERT ON batch
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'batch', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'batch' AND uid = coalesce(NEW.uid, 'id ' || NEW.id)
        );
    DELETE FROM gone WHERE tbl = 'batch' AND uid = coalesce(NEW.uid, 'id ' || NEW.id);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'batch', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER batch_edited AFTER UPDATE OF source, file_name, imported_at
    ON batch WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'batch', NEW.id, '', clock FROM sync
        WHERE (OLD.source, OLD.file_name, OLD.imported_at)
            IS NOT (NEW.source, NEW.file_name, NEW.imported_at);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'batch', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER batch_deleted AFTER DELETE ON batch BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'batch', coalesce(OLD.uid, 'id ' || OLD.id), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'batch' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'batch' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'batch' AND row = OLD.id;
END;

CREATE TRIGGER day_off_made AFTER INSERT ON day_off
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'day_off', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'day_off' AND uid = coalesce(NEW.uid, 'id ' || NEW.id)
        );
    DELETE FROM gone WHERE tbl = 'day_off' AND uid = coalesce(NEW.uid, 'id ' || NEW.id);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'day_off', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER day_off_edited AFTER UPDATE OF start, "end", activity_id, reason, said_on
    ON day_off WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'day_off', NEW.id, '', clock FROM sync
        WHERE (OLD.start, OLD."end", OLD.activity_id, OLD.reason, OLD.said_on)
            IS NOT (NEW.start, NEW."end", NEW.activity_id, NEW.reason, NEW.said_on);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'day_off', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER day_off_deleted AFTER DELETE ON day_off BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'day_off', coalesce(OLD.uid, 'id ' || OLD.id), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'day_off' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'day_off' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'day_off' AND row = OLD.id;
END;

CREATE TRIGGER missed_reason_made AFTER INSERT ON missed_reason
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'missed_reason', NEW.id, '', clock FROM sync;
    DELETE FROM gone WHERE tbl = 'missed_reason' AND uid = NEW.day;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'missed_reason', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER missed_reason_edited AFTER UPDATE OF reason
    ON missed_reason WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'missed_reason', NEW.id, '', clock FROM sync
        WHERE OLD.reason IS NOT NEW.reason;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'missed_reason', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER missed_reason_deleted AFTER DELETE ON missed_reason BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'missed_reason', OLD.day, coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'missed_reason' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'missed_reason' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'missed_reason' AND row = OLD.id;
END;

CREATE TRIGGER skipped_day_made AFTER INSERT ON skipped_day
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'skipped_day', NEW.id, '', clock FROM sync
        WHERE EXISTS (SELECT 1 FROM gone WHERE tbl = 'skipped_day' AND uid = NEW.day);
    DELETE FROM gone WHERE tbl = 'skipped_day' AND uid = NEW.day;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'skipped_day', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER skipped_day_deleted AFTER DELETE ON skipped_day BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'skipped_day', OLD.day, coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'skipped_day' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'skipped_day' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'skipped_day' AND row = OLD.id;
END;

CREATE TRIGGER forgotten_key_made AFTER INSERT ON forgotten_key
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'forgotten_key', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'forgotten_key' AND uid =
                length(NEW.source) || ':' || NEW.source || NEW.source_key
        );
    DELETE FROM gone WHERE tbl = 'forgotten_key' AND uid =
        length(NEW.source) || ':' || NEW.source || NEW.source_key;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'forgotten_key', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER forgotten_key_deleted AFTER DELETE ON forgotten_key BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'forgotten_key', length(OLD.source) || ':' || OLD.source || OLD.source_key, coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'forgotten_key' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'forgotten_key' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'forgotten_key' AND row = OLD.id;
END;

CREATE TRIGGER call_block_made AFTER INSERT ON call_block
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'call_block', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'call_block' AND uid = coalesce(NEW.uid, 'id ' || NEW.id)
        );
    DELETE FROM gone WHERE tbl = 'call_block' AND uid = coalesce(NEW.uid, 'id ' || NEW.id);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'call_block', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER call_block_edited AFTER UPDATE OF day, started_at, utc_offset, planned, ended_at
    ON call_block WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'call_block', NEW.id, '', clock FROM sync
        WHERE (OLD.day, OLD.started_at, OLD.utc_offset, OLD.planned, OLD.ended_at)
            IS NOT (NEW.day, NEW.started_at, NEW.utc_offset, NEW.planned, NEW.ended_at);
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'call_block', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER call_block_deleted AFTER DELETE ON call_block BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'call_block', coalesce(OLD.uid, 'id ' || OLD.id), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'call_block' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'call_block' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'call_block' AND row = OLD.id;
END;

CREATE TRIGGER settings_made AFTER INSERT ON settings
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'settings', NEW.id, column1, clock FROM sync, (VALUES
            ('currency', NEW.currency IS NOT NULL),
            ('day_starts_at', NEW.day_starts_at IS NOT NULL),
            ('first_weekday', NEW.first_weekday IS NOT NULL),
            ('works_from', NEW.works_from IS NOT NULL),
            ('call_cap', NEW.call_cap IS NOT NULL),
            ('hourly_worth', NEW.hourly_worth IS NOT NULL),
            ('next_worth', NEW.next_worth IS NOT NULL),
            ('goal', NEW.goal IS NOT NULL),
            ('goal_by', NEW.goal_by IS NOT NULL),
            ('goal_since', NEW.goal_since IS NOT NULL),
            ('assumed_wins', NEW.assumed_wins IS NOT NULL),
            ('assumed_win', NEW.assumed_win IS NOT NULL),
            ('retry_days', NEW.retry_days IS NOT NULL)
        ) WHERE column2;
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'settings', NEW.id, '', clock FROM sync
        WHERE EXISTS (SELECT 1 FROM gone WHERE tbl = 'settings' AND uid = 'settings');
    DELETE FROM gone WHERE tbl = 'settings' AND uid = 'settings';
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'settings', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER settings_edited AFTER UPDATE OF
        currency, day_starts_at, first_weekday, week_turns, works_from, works_until, works_on,
        call_cap, hourly_worth, next_worth, next_worth_from, goal, goal_by, goal_since,
        assumed_wins, assumed_conversations, assumed_win, retry_days
    ON settings WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'settings', NEW.id, column1, clock FROM sync, (VALUES
            ('currency', OLD.currency IS NOT NEW.currency),
            ('day_starts_at', OLD.day_starts_at IS NOT NEW.day_starts_at),
            ('first_weekday', (OLD.first_weekday, OLD.week_turns)
                IS NOT (NEW.first_weekday, NEW.week_turns)),
            ('works_from', (OLD.works_from, OLD.works_until, OLD.works_on)
                IS NOT (NEW.works_from, NEW.works_until, NEW.works_on)),
            ('call_cap', OLD.call_cap IS NOT NEW.call_cap),
            ('hourly_worth', OLD.hourly_worth IS NOT NEW.hourly_worth),
            ('next_worth', (OLD.next_worth, OLD.next_worth_from)
                IS NOT (NEW.next_worth, NEW.next_worth_from)),
            ('goal', OLD.goal IS NOT NEW.goal),
            ('goal_by', OLD.goal_by IS NOT NEW.goal_by),
            ('goal_since', OLD.goal_since IS NOT NEW.goal_since),
            ('assumed_wins', (OLD.assumed_wins, OLD.assumed_conversations)
                IS NOT (NEW.assumed_wins, NEW.assumed_conversations)),
            ('assumed_win', OLD.assumed_win IS NOT NEW.assumed_win),
            ('retry_days', OLD.retry_days IS NOT NEW.retry_days)
        ) WHERE column2;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'settings', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER settings_deleted AFTER DELETE ON settings BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'settings', 'settings', coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'settings' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'settings' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'settings' AND row = OLD.id;
END;

CREATE TRIGGER entry_made AFTER INSERT ON entry
    WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'entry', NEW.id, '', clock FROM sync
        WHERE EXISTS (
            SELECT 1 FROM gone WHERE tbl = 'entry' AND uid =
                coalesce(NEW.uid, iif(NEW.source_key IS NULL OR NEW.source_key LIKE 'needle:%',
                    printf('%x.%x', strftime('%s', NEW.logged_at),
                        coalesce(CAST(substr(NEW.source_key, 29) AS INTEGER), NEW.id)),
                    length(NEW.source) || ':' || NEW.source || NEW.source_key))
        );
    DELETE FROM gone WHERE tbl = 'entry' AND uid =
        coalesce(NEW.uid, iif(NEW.source_key IS NULL OR NEW.source_key LIKE 'needle:%',
            printf('%x.%x', strftime('%s', NEW.logged_at),
                coalesce(CAST(substr(NEW.source_key, 29) AS INTEGER), NEW.id)),
            length(NEW.source) || ':' || NEW.source || NEW.source_key));
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'entry', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER entry_edited AFTER UPDATE OF
        activity_id, problem_id, outcome, follows, count, day, started_at, utc_offset, seconds,
        contact, amount, note, came_from, batch_id
    ON entry WHEN (SELECT NOT merging FROM sync) BEGIN
    INSERT OR REPLACE INTO edit (tbl, row, field, clock)
        SELECT 'entry', NEW.id, column1, clock FROM sync, (VALUES
            ('outcome', (OLD.activity_id, OLD.problem_id, OLD.outcome, OLD.follows, OLD.count)
                IS NOT (NEW.activity_id, NEW.problem_id, NEW.outcome, NEW.follows, NEW.count)),
            ('day', (OLD.day, OLD.started_at, OLD.utc_offset)
                IS NOT (NEW.day, NEW.started_at, NEW.utc_offset)),
            ('seconds', OLD.seconds IS NOT NEW.seconds),
            ('contact', OLD.contact IS NOT NEW.contact),
            ('amount', OLD.amount IS NOT NEW.amount),
            ('note', OLD.note IS NOT NEW.note),
            ('came_from', OLD.came_from IS NOT NEW.came_from),
            ('batch_id', OLD.batch_id IS NOT NEW.batch_id)
        ) WHERE column2;
    INSERT OR IGNORE INTO outbox (tbl, row)
        SELECT 'entry', NEW.id FROM sync WHERE folder IS NOT NULL;
END;
CREATE TRIGGER entry_deleted AFTER DELETE ON entry BEGIN
    INSERT OR REPLACE INTO gone (tbl, uid, known, sent)
        SELECT 'entry',
            coalesce(OLD.uid, iif(OLD.source_key IS NULL OR OLD.source_key LIKE 'needle:%',
                printf('%x.%x', strftime('%s', OLD.logged_at),
                    coalesce(CAST(substr(OLD.source_key, 29) AS INTEGER), OLD.id)),
                length(OLD.source) || ':' || OLD.source || OLD.source_key)), coalesce(
            (SELECT max(clock) FROM edit WHERE tbl = 'entry' AND row = OLD.id), 0), 0
        FROM sync WHERE NOT merging;
    DELETE FROM edit WHERE tbl = 'entry' AND row = OLD.id;
    DELETE FROM outbox WHERE tbl = 'entry' AND row = OLD.id;
END;
