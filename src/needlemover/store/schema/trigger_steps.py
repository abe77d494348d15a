"""The steps that keep what follows from the rows by triggers: the sums of days, the past."""

from collections.abc import Iterable

SUMS = (
    "entries", "seconds", "dials", "conversations", "conversation_seconds", "unnamed", "asks",
    "wins",
)  # fmt: skip
"""`unnamed` are conversations that name no contact."""
_FIRST_SUMS = (*SUMS, "asked")  # up to version 9 one more was kept, which nobody read
KEY = "day, activity_id, hour"
"""The activity is 0 where there is none. The hour is the one on the clock where the call was; where
only its day is known, and of what is not a dial, it is -1."""


def each_sum(form: str, sums: Iterable[str] = SUMS) -> str:
    """Something in SQL for each of the sums, with its name in the place of `{0}`."""
    return ", ".join(form.format(name) for name in sums)


def into_sums(form: str, which: str, sums: Iterable[str] = SUMS) -> str:
    """Adds to the sums what a form makes of each over the rows of `entry_sum` that are told."""
    return f"""INSERT INTO day_sum ({KEY}, {each_sum("{0}", sums)})
    SELECT {KEY}, {each_sum(form, sums)} FROM entry_sum {which}
    ON CONFLICT ({KEY}) DO UPDATE SET {each_sum("{0} = {0} + excluded.{0}", sums)}"""


GROUPED = f"GROUP BY {KEY}"


def _triggers(sums: Iterable[str], old: str = "", new: str = "") -> str:
    """The triggers on entries, and what more they do with a row that goes, and one that comes."""
    add = into_sums("{0}", "WHERE id = NEW.id", sums)
    take = into_sums("-{0}", "WHERE id = OLD.id", sums)
    take += "; DELETE FROM day_sum WHERE day = OLD.day AND entries = 0"
    return f"""
CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN {add}; {new} END;
CREATE TRIGGER entry_leaves BEFORE DELETE ON entry BEGIN {take}; {old} END;
CREATE TRIGGER entry_was BEFORE UPDATE ON entry BEGIN {take}; {old} END;
CREATE TRIGGER entry_becomes AFTER UPDATE ON entry BEGIN {add}; {new} END;
"""


_VIEW = """
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
        dial AND outcome = 'won' AS wins{more}
    FROM (
        SELECT *, outcome IS NOT NULL AND follows IS NULL AS dial,
            outcome IS NOT NULL AND follows IS NULL AND fills_quota AS talk
        FROM entry
    );
"""
DAY_SUMS = f"""
CREATE TABLE day_sum (
    day DATE NOT NULL, activity_id INTEGER NOT NULL, hour INTEGER NOT NULL,
    entries INTEGER NOT NULL, seconds INTEGER NOT NULL, dials INTEGER NOT NULL,
    conversations INTEGER NOT NULL, conversation_seconds INTEGER NOT NULL,
    unnamed INTEGER NOT NULL, asks INTEGER NOT NULL, wins INTEGER NOT NULL,
    asked INTEGER NOT NULL, PRIMARY KEY (day, activity_id, hour)
) WITHOUT ROWID;
{_VIEW.format(more=", dial AND outcome = 'asked' AS asked")}
{into_sums("sum({0})", GROUPED, _FIRST_SUMS)};
{_triggers(_FIRST_SUMS)}
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


def entry_triggers(dropped: str, sums: Iterable[str] = _FIRST_SUMS, meanwhile: str = "") -> str:
    """The triggers on entries anew; `dropped` is when a `{row}` drops what is kept of the past."""
    old, new = (f"DELETE FROM kept_past WHERE {dropped.format(row=row)};" for row in ("OLD", "NEW"))
    return f"""
DELETE FROM kept_past;
DROP TRIGGER entry_comes;
DROP TRIGGER entry_leaves;
DROP TRIGGER entry_was;
DROP TRIGGER entry_becomes;
{meanwhile}
{_triggers(sums, old, new)}
"""


OF_ITS_DAY = (
    "day > {row}.day OR day > (SELECT ask.day FROM entry AS ask WHERE ask.id = {row}.follows)"
)

# A call that is won or lost answers what the same contact was asked before, too.
OF_ITS_ANSWERS = (
    OF_ITS_DAY
    + """ OR {row}.outcome IN ('lost', 'won') AND day > (
    SELECT min(ask.day) FROM entry AS ask
    WHERE ask.outcome = 'asked' AND ask.contact_key = {row}.contact_key
)"""
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

_LESS = f"""DROP VIEW entry_sum;
ALTER TABLE day_sum DROP COLUMN asked;
{_VIEW.format(more="")}"""
READ_SUMS = entry_triggers(OF_ITS_ANSWERS, SUMS, _LESS)  # keeps the sums alone that are read
