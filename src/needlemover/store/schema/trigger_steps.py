"""The steps that keep what follows from the rows by triggers: the sums of days, the past.

The last of them makes the amounts of asks offers, which are no money received.
"""

SUMS = (
    "entries", "seconds", "dials", "conversations", "conversation_seconds", "unnamed", "asks",
    "wins", "asked",
)  # fmt: skip
"""`unnamed` are conversations that name no contact, `asked` those that ended with an ask."""
KEY = "day, activity_id, hour"
"""The activity is 0 where there is none. The hour is the one on the clock where the call was; where
only its day is known, and of what is not a dial, it is -1."""


def each_sum(form: str) -> str:
    """Something in SQL for each of the sums, with its name in the place of `{0}`."""
    return ", ".join(form.format(name) for name in SUMS)


INTO_SUMS = f"INSERT INTO day_sum ({KEY}, {each_sum('{0}')})"
SUMMED_UP = f"{INTO_SUMS} SELECT {KEY}, {each_sum('sum({0})')} FROM entry_sum"
GROUPED = f"GROUP BY {KEY}"
ADDED_TO = f"ON CONFLICT ({KEY}) DO UPDATE SET {each_sum('{0} = {0} + excluded.{0}')}"
_ADD_ENTRY = f"""{INTO_SUMS}
    SELECT {KEY}, {each_sum("{0}")} FROM entry_sum WHERE id = NEW.id {ADDED_TO};
"""
_TAKE_ENTRY = f"""{INTO_SUMS}
    SELECT {KEY}, {each_sum("-{0}")} FROM entry_sum WHERE id = OLD.id {ADDED_TO};
    DELETE FROM day_sum WHERE day = OLD.day AND entries = 0;
"""
DAY_SUMS = f"""
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
{SUMMED_UP} {GROUPED};
CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN {_ADD_ENTRY} END;
CREATE TRIGGER entry_leaves BEFORE DELETE ON entry BEGIN {_TAKE_ENTRY} END;
CREATE TRIGGER entry_was BEFORE UPDATE ON entry BEGIN {_TAKE_ENTRY} END;
CREATE TRIGGER entry_becomes AFTER UPDATE ON entry BEGIN {_ADD_ENTRY} END;
CREATE INDEX entry_talked ON entry (contact_key, day)
    WHERE contact_key IS NOT NULL AND fills_quota = 1 AND outcome IS NOT NULL AND follows IS NULL;
CREATE INDEX entry_money ON entry (day) WHERE amount IS NOT NULL;
"""


def drops_past(*tables: str) -> str:
    """Triggers on tables of which each change drops what the days before a day come to."""
    return "".join(
        f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} BEGIN "
        "DELETE FROM kept_past; END;\n"
        for table in tables
        for event in ("INSERT", "UPDATE", "DELETE")
    )


def entry_triggers(dropped: str) -> str:
    """The triggers on entries anew; `dropped` is when a `{row}` drops what is kept of the past."""
    old, new = (f"DELETE FROM kept_past WHERE {dropped.format(row=row)};" for row in ("OLD", "NEW"))
    return f"""
DELETE FROM kept_past;
DROP TRIGGER entry_comes;
DROP TRIGGER entry_leaves;
DROP TRIGGER entry_was;
DROP TRIGGER entry_becomes;
CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN {_ADD_ENTRY} {new} END;
CREATE TRIGGER entry_leaves BEFORE DELETE ON entry BEGIN {_TAKE_ENTRY} {old} END;
CREATE TRIGGER entry_was BEFORE UPDATE ON entry BEGIN {_TAKE_ENTRY} {old} END;
CREATE TRIGGER entry_becomes AFTER UPDATE ON entry BEGIN {_ADD_ENTRY} {new} END;
"""


OF_ITS_DAY = (
    "day > {row}.day OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = {row}.follows)"
)

# What the days before a day come to is dropped by whatever changes one of them. So is, by a new
# change, what had been undone, and the oldest of a thousand changes.
DROPPED_PAST = (
    "DROP TABLE alembic_version;\nDROP TABLE published;"
    + entry_triggers(OF_ITS_DAY)
    + drops_past("activity", "commitment", "day_off", "skipped_day")
    + """
CREATE INDEX change_undone ON change (id) WHERE undone;
CREATE TRIGGER change_comes AFTER INSERT ON change WHEN NOT NEW.undone BEGIN
    DELETE FROM undone_entry WHERE EXISTS (SELECT 1 FROM change WHERE undone);
    DELETE FROM change WHERE undone;
    DELETE FROM change WHERE id <= NEW.id - 1000;
END;
"""
)

# A win without an amount takes that of the ask it settles, which was the money of both.
_TAKES = """win.outcome = 'won' AND win.amount IS NULL AND NOT EXISTS (
    SELECT 1 FROM entry AS later WHERE later.follows = win.follows
    AND later.outcome IN ('lost', 'won') AND (later.day, later.id) > (win.day, win.id)
)"""
_OFFERED = "SELECT amount FROM entry AS ask WHERE ask.outcome = 'asked' AND ask.amount > 0"
_LISTED = f"""INSERT INTO old_offer SELECT id, 0 FROM entry AS ask
    WHERE outcome = 'asked' AND amount > 0 AND {{which}}
    AND NOT EXISTS (SELECT 1 FROM entry AS win WHERE win.follows = ask.id AND {_TAKES})"""
_TAKEN = f"""UPDATE entry AS win SET amount = ({_OFFERED} AND ask.id = win.follows)
    WHERE {_TAKES} AND {{which}} AND EXISTS ({_OFFERED} AND ask.id = win.follows)"""
OFFERS_SINCE = tuple(part.format(which="id > :newest") for part in (_LISTED, _TAKEN))
"""Take the amounts on asks among the entries behind one, which were money received, for offers."""

# Also those that undo or redo may bring back.
_IN_HISTORY = "".join(
    f"""UPDATE changed_row SET "{image}" = json_set("{image}", '$.amount',
        ({_OFFERED} AND ask.id = json_extract("{image}", '$.follows')))
    WHERE table_name = 'entry' AND json_extract("{image}", '$.outcome') = 'won'
    AND json_extract("{image}", '$.amount') IS NULL
    AND EXISTS ({_OFFERED} AND ask.id = json_extract("{image}", '$.follows'));
    """
    for image in ("before", "after")
)
# A call that is won or lost answers what the same contact was asked before, too.
_ANSWERS = """ OR {row}.outcome IN ('lost', 'won') AND day > (
    SELECT min(ask.day) FROM entry AS ask
    WHERE ask.outcome = 'asked' AND ask.contact_key = {row}.contact_key
)"""
_LIST, _TAKE = _LISTED.format(which="TRUE"), _TAKEN.format(which="TRUE")
OFFERS = f"""
-- The asks whose amount was money received before; they go when the app has told of them.
CREATE TABLE old_offer (
    id INTEGER NOT NULL, is_said BOOLEAN NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES entry (id) ON DELETE CASCADE
);
CREATE INDEX entry_answer ON entry (contact_key, day)
    WHERE contact_key IS NOT NULL AND follows IS NULL AND outcome IN ('lost', 'won');
{_LIST};
{_TAKE};
{_TAKE.replace("entry AS", "undone_entry AS")};
{_IN_HISTORY}
{entry_triggers(OF_ITS_DAY + _ANSWERS)}
"""
