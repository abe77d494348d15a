"""The steps that bring a file of any version up to this one. An empty file takes them all.

A step that people's files have behind them is never changed: a new version is one more step at the
end of `STEPS`, one more in `SCHEMA_VERSION`, and another `SCHEMA_MARK`. A table with constraints is
made anew rather than given a column, so that it has the same text in every file.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from ...domain.errors import NeedleError
from . import APPLICATION_ID
from .buyer_steps import BUYERS, OTHER_NAMES
from .offer_step import OFFERS
from .settings_step import SETTINGS_ROW
from .trigger_steps import DAY_SUMS, DROPPED_PAST, READ_SUMS, drops_past

_ENTRY = """
    id INTEGER NOT NULL, activity_id INTEGER, day DATE NOT NULL, started_at VARCHAR,
    utc_offset INTEGER, seconds INTEGER NOT NULL, count INTEGER NOT NULL, outcome VARCHAR,
    contact VARCHAR, contact_key VARCHAR, amount INTEGER, note VARCHAR, came_from INTEGER,
    follows INTEGER, fills_quota BOOLEAN NOT NULL, source VARCHAR NOT NULL, batch_id INTEGER,
    source_key VARCHAR, logged_at VARCHAR NOT NULL, logged_on DATE NOT NULL"""
_ENTRY_KEYS = """
    FOREIGN KEY(activity_id) REFERENCES activity (id),
    FOREIGN KEY(came_from) REFERENCES activity (id),
    FOREIGN KEY(follows) REFERENCES entry (id),
    FOREIGN KEY(batch_id) REFERENCES batch (id)"""
_ENTRY_INDEXES = """
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
"""
_ENTRY_LATE = """
-- The days of which something was entered later, by hand.
CREATE INDEX entry_late ON entry (activity_id, day) WHERE source = 'hand' AND logged_on > day;
"""

_FIRST = f"""
-- Files have it from a tool that ran the steps before; nothing reads it.
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE activity (
    id INTEGER NOT NULL, name VARCHAR NOT NULL, name_key VARCHAR NOT NULL,
    is_sales BOOLEAN NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (name_key)
);
CREATE TABLE batch (
    id INTEGER NOT NULL, source VARCHAR NOT NULL, file_name VARCHAR NOT NULL,
    imported_at VARCHAR NOT NULL, PRIMARY KEY (id)
);
CREATE TABLE change (
    id INTEGER NOT NULL, label VARCHAR NOT NULL, changed_at VARCHAR NOT NULL,
    undone BOOLEAN NOT NULL, PRIMARY KEY (id)
);
CREATE TABLE changed_row (
    id INTEGER NOT NULL, change_id INTEGER NOT NULL, table_name VARCHAR NOT NULL,
    row_id INTEGER NOT NULL, "before" VARCHAR, "after" VARCHAR, PRIMARY KEY (id),
    FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE
);
CREATE INDEX changed_row_of ON changed_row (change_id);
CREATE TABLE commitment (
    id INTEGER NOT NULL, activity_id INTEGER NOT NULL, start DATE NOT NULL, weekdays INTEGER,
    seconds INTEGER, count INTEGER, rule VARCHAR NOT NULL, set_on DATE NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)
);
CREATE UNIQUE INDEX commitment_of ON commitment (activity_id, start, set_on);
CREATE TABLE day_off (
    id INTEGER NOT NULL, start DATE NOT NULL, "end" DATE NOT NULL, activity_id INTEGER,
    reason VARCHAR NOT NULL, said_on DATE NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)
);
CREATE TABLE entry ({_ENTRY},
    PRIMARY KEY (id), CONSTRAINT entry_not_negative CHECK (seconds >= 0 AND count >= 0),
    {_ENTRY_KEYS}
);
{_ENTRY_INDEXES}
CREATE TABLE undone_entry ({_ENTRY}, PRIMARY KEY (id));
CREATE TABLE forgotten_key (
    id INTEGER NOT NULL, source VARCHAR NOT NULL, source_key VARCHAR NOT NULL, PRIMARY KEY (id)
);
CREATE UNIQUE INDEX forgotten_source ON forgotten_key (source, source_key);
CREATE TABLE kept_past (
    id INTEGER NOT NULL, day DATE NOT NULL, first_weekday INTEGER NOT NULL,
    facts VARCHAR NOT NULL, PRIMARY KEY (id), CONSTRAINT kept_past_only_one CHECK (id = 1)
);
CREATE TABLE last_use (
    id INTEGER NOT NULL, day DATE NOT NULL, at VARCHAR NOT NULL, asked_on DATE,
    PRIMARY KEY (id), CONSTRAINT last_use_only_one CHECK (id = 1)
);
CREATE TABLE setting (
    id INTEGER NOT NULL, "key" VARCHAR NOT NULL, value VARCHAR NOT NULL,
    PRIMARY KEY (id), UNIQUE ("key")
);
CREATE TABLE skipped_day (
    id INTEGER NOT NULL, day DATE NOT NULL, PRIMARY KEY (id), UNIQUE (day)
);
CREATE TABLE timer (
    id INTEGER NOT NULL, activity_id INTEGER NOT NULL, contact VARCHAR, day DATE NOT NULL,
    started_at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, last_seen VARCHAR,
    PRIMARY KEY (id), CONSTRAINT timer_only_one CHECK (id = 1),
    FOREIGN KEY(activity_id) REFERENCES activity (id)
);
"""

_WEEKS_AND_REASONS = f"""
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
{_ENTRY_LATE}
CREATE TABLE published (
    id INTEGER NOT NULL, day DATE NOT NULL, facts VARCHAR NOT NULL,
    PRIMARY KEY (id), CONSTRAINT published_only_one CHECK (id = 1)
);
DELETE FROM kept_past;
"""

_PROBLEMS = f"""
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
CREATE TABLE entry_with_problems ({_ENTRY}, problem_id INTEGER,
    PRIMARY KEY (id), CONSTRAINT entry_not_negative CHECK (seconds >= 0 AND count >= 0),
    CONSTRAINT entry_one_subject CHECK (activity_id IS NULL OR problem_id IS NULL),
    {_ENTRY_KEYS},
    FOREIGN KEY(problem_id) REFERENCES problem (id)
);
INSERT INTO entry_with_problems SELECT *, NULL FROM entry;
DROP TABLE entry;
ALTER TABLE entry_with_problems RENAME TO entry;
{_ENTRY_INDEXES} {_ENTRY_LATE}
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
"""

_PLACE_TICKS_AND_DRAFT = """
CREATE TABLE last_use_with_place (
    id INTEGER NOT NULL, day DATE NOT NULL, at VARCHAR NOT NULL, asked_on DATE,
    utc_offset INTEGER, zone VARCHAR,
    PRIMARY KEY (id), CONSTRAINT last_use_only_one CHECK (id = 1)
);
INSERT INTO last_use_with_place SELECT id, day, at, day, NULL, NULL FROM last_use;
DROP TABLE last_use;
ALTER TABLE last_use_with_place RENAME TO last_use;
-- A tick of a sales activity counts as no conversation.
DROP INDEX entry_filling;
CREATE INDEX entry_filling ON entry (activity_id, day, seconds, count, fills_quota, outcome)
    WHERE fills_quota = 1;
DELETE FROM kept_past;
ALTER TABLE timer ADD COLUMN draft VARCHAR;
"""

_TURNS_OF_WEEKS = f"""
ALTER TABLE settings ADD COLUMN week_turns VARCHAR;
DELETE FROM kept_past;
ALTER TABLE kept_past DROP COLUMN first_weekday;
{drops_past("settings")}
"""

_THE_DAY = """
ALTER TABLE activity ADD COLUMN starts_at VARCHAR;
ALTER TABLE commitment ADD COLUMN at_most BOOLEAN DEFAULT 0 NOT NULL;
CREATE TABLE call_block (
    id INTEGER NOT NULL, day DATE NOT NULL, started_at VARCHAR NOT NULL,
    utc_offset INTEGER NOT NULL, planned INTEGER NOT NULL, ended_at VARCHAR, last_seen VARCHAR,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX call_block_open ON call_block (ended_at IS NULL) WHERE ended_at IS NULL;
"""

STEPS = (
    _FIRST, _WEEKS_AND_REASONS, _PROBLEMS, DAY_SUMS, SETTINGS_ROW + DROPPED_PAST,
    _PLACE_TICKS_AND_DRAFT, _TURNS_OF_WEEKS, BUYERS, OFFERS, _THE_DAY, OTHER_NAMES + READ_SUMS,
)  # fmt: skip
"""Each leads from the version that is its place, 0 of an empty file, to the next."""

_OF_THE_STEP = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT}  # unlike a full disk


def bring_up(connection: sqlite3.Connection, copy: Callable[[int], object] | None = None) -> None:
    """Run the steps that a file lacks, all or none, on a connection in no transaction.

    `copy` is called first, with the version of a file that has tables. A `NeedleError` when a step
    fails; a `sqlite3.Error` when the file cannot be written.
    """
    connection.execute("PRAGMA foreign_keys = OFF")  # so that a table can be made anew
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have been faster, and none can be from here on.
            version = version_of(connection)
            if copy is not None and 0 < version < len(STEPS):
                copy(version)
            _bring_up(connection, version)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def run_steps(connection: sqlite3.Connection, steps: Iterable[str]) -> None:
    """Run steps, in a transaction that is under way where there is one."""
    for statement in _statements("\n".join(steps)):
        connection.execute(statement)


def _bring_up(connection: sqlite3.Connection, version: int) -> None:
    try:
        run_steps(connection, STEPS[version:])
        lost = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)  # the driver's have none
        if code & 0xFF not in _OF_THE_STEP:
            raise
        raise _failure(str(error)) from error
    if lost is not None:
        raise _failure(f"row {lost[1]} of {lost[0]} refers to nothing")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(STEPS)}")


def version_of(connection: sqlite3.Connection) -> int:
    """The version of a file; 0 when it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """One statement after the other: the driver's own way would commit first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _failure(reason: str) -> NeedleError:
    return NeedleError(
        f"The data could not be brought up to this version ({reason}). They were not changed: "
        "use the version before, and tell us."
    )
