"""The tables and their columns. Indexes, constraints and the undo history only the steps know.

Days are text YYYY-MM-DD, instants UTC text, durations seconds, money minor units.
"""

import re
import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, Integer, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Column, Field, SQLModel, String

from ..facts import COLUMNS

BY_HAND, BY_TIMER = "hand", "timer"  # the sources of entries that no import brought


def instant_text(value: datetime) -> str:
    """An instant as it is kept: 2026-11-24T14:40:00Z."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, kept as sortable text with whole seconds."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else instant_text(value)


class Model(SQLModel):
    """What the tables have in common. Validators are only built when somebody asks for them."""

    model_config = {"defer_build": True}

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805
        return re.sub("(?<=[a-z])(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()

    id: int | None = Field(default=None, primary_key=True)


def new_uid() -> str:
    """What tells a new row from all others, on whatever machine it is: 10 letters, of 56 bits."""
    return secrets.token_urlsafe(7)


class Row(Model):
    """One that other machines have, too."""

    uid: str | None = Field(default=None, sa_column_kwargs={"default": new_uid})


class ActivityRow(Row, table=True):
    """A high-value activity."""

    name: str
    name_key: str  # the name trimmed and case-folded: two activities cannot share it
    is_sales: bool = False
    rank: int
    starts_at: str | None = None  # the local time at which it is meant to begin, like 09:00:00


class CommitmentRow(Row, table=True):
    """What is promised for an activity from a day on."""

    activity_id: int = Field(foreign_key="activity.id")
    start: date
    weekdays: int | None = None  # a bit for each, Monday lowest; 0: by the week; null: archived
    seconds: int | None = None
    count: int | None = None
    rule: str = "all"
    set_on: date
    weekly: bool = False
    at_most: bool = False  # whether the seconds are an upper limit


class ProblemRow(Row, table=True):
    """Something parked, or an activity that is weighed like one."""

    title: str  # of an activity that is weighed, its name then; what it is called now is shown
    parked_on: date
    state: str
    state_on: date  # the day from which the state holds
    seconds: int | None = None  # each time, as estimated
    every: str | None = None
    cost: int | None = None
    cost_per: str | None = None
    handover_seconds: int | None = None
    candidate: str | None = None
    note: str | None = None
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    delegated_to: str | None = None
    real_cost: int | None = None
    real_cost_per: str | None = None
    ask_again_on: date | None = None  # the day on which Today asks about it


class EntryRow(Row, table=True):
    """Something that happened."""

    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    day: date  # the local day it counts for, fixed when it was logged
    started_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    utc_offset: int | None = None
    seconds: int = 0
    count: int = 0
    outcome: str | None = None
    contact: str | None = None
    contact_key: str | None = None
    amount: int | None = None
    note: str | None = None
    came_from: int | None = Field(default=None, foreign_key="activity.id")
    follows: int | None = Field(default=None, foreign_key="entry.id")
    fills_quota: bool = False  # whether it counts towards the commitment
    source: str = BY_HAND
    batch_id: int | None = Field(default=None, foreign_key="batch.id")
    source_key: str | None = None
    logged_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    logged_on: date  # the local day on which it was logged
    problem_id: int | None = Field(default=None, foreign_key="problem.id")  # a leak, of no activity


class DayOffRow(Row, table=True):
    """Days on which nothing is due, of one activity or of all."""

    start: date
    end: date
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    reason: str = ""
    said_on: date


class TimerRow(Model, table=True):
    """The timer that runs: at most one, because its id can only be 1."""

    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    contact: str | None = None
    day: date
    started_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    utc_offset: int
    last_seen: datetime | None = Field(default=None, sa_column=Column(Instant))  # by an app
    problem_id: int | None = Field(default=None, foreign_key="problem.id")  # or of an activity
    draft: str | None = None  # the note, as far as it is typed


class CallBlockRow(Row, table=True):
    """A stretch of time kept for calling: at most one that is open."""

    day: date
    started_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    utc_offset: int
    planned: int  # seconds
    ended_at: datetime | None = Field(default=None, sa_column=Column(Instant))  # null: open
    last_seen: datetime | None = Field(default=None, sa_column=Column(Instant))  # by an app


class ContactRow(Model, table=True):
    """A buyer: what is known, and what its entries come to, which triggers keep."""

    name: str
    name_key: str  # by which its entries name it
    phone: str | None = None
    phone_key: str | None = None  # its last digits, by which calls of other programs find it
    note: str | None = None
    never_since: date | None = None  # the day on which it asked not to be called again
    position: int | None = None  # on the list of those to be called; `LET_GO`: off it
    touched_on: date | None = None  # the day of the last entry
    talked_on: date | None = None  # the day of the last conversation
    tries: int = 0  # dials since the last conversation
    uid: str | None = None  # the key of its first name, unless another was known by that before
    same_as: str | None = None  # the key of the name that it goes by now: see `other_names`


class NextStepRow(Row, table=True):
    """What was promised to a contact: at most one that is open."""

    contact_id: int = Field(foreign_key="contact.id")
    kind: str
    day: date
    at: str | None = None  # the local time of day that was agreed, like 14:00:00
    note: str | None = None
    set_on: date
    ended_on: date | None = None  # null while it is open
    ended_by: str | None = None


IDENTITY = """coalesce(entry.uid, iif(entry.source_key IS NULL OR entry.source_key LIKE 'needle:%',
    printf('%x.%x', strftime('%s', entry.logged_at),
        coalesce(CAST(substr(entry.source_key, 29) AS INTEGER), entry.id)),
    length(entry.source) || ':' || entry.source || entry.source_key))"""
"""In SQL, what tells an entry from all others on whatever machine it is: its uid, else, of one made
before there were any, when it was logged and its id, or, of an imported one, its source and key."""


ACTIVITY = SQLModel.metadata.tables["activity"]
COMMITMENT = SQLModel.metadata.tables["commitment"]
PROBLEM = SQLModel.metadata.tables["problem"]
ENTRY = SQLModel.metadata.tables["entry"]
DAY_OFF = SQLModel.metadata.tables["day_off"]
TIMER = SQLModel.metadata.tables["timer"]
CALL_BLOCK = SQLModel.metadata.tables["call_block"]
CONTACT = SQLModel.metadata.tables["contact"]
NEXT_STEP = SQLModel.metadata.tables["next_step"]


def _table(name: str, *more: Column[Any], **columns: type[TypeEngine[Any]]) -> Table:
    """A table of columns that always hold a value, and `more`; a model costs time at each start."""
    key = Column("id", Integer, primary_key=True)
    filled = [Column(column, kind, nullable=False) for column, kind in columns.items()]
    return Table(name, SQLModel.metadata, key, *filled, *more)


MISSED_REASON = _table("missed_reason", day=Date, reason=String)

# What the numbers depend on, in the only row; null is what nobody chose. Times of day like
# 04:00:00, a bit for each weekday, Monday lowest, and lists with a space between.
_TEXTS = ("currency", "day_starts_at", "works_from", "works_until", "week_turns", "retry_days")
_DAYS = ("next_worth_from", "goal_by", "goal_since")
_KINDS = dict.fromkeys(_TEXTS, String) | dict.fromkeys(_DAYS, Date)
SETTINGS = _table("settings", *(Column(name, _KINDS.get(name, Integer)) for name in COLUMNS))

# One import. Its entries leave and come back together.
_UID = Column("uid", String, default=new_uid)
BATCH = _table("batch", _UID, source=String, file_name=String, imported_at=Instant)
# The keys of imported entries that were deleted, so that the next import does not bring them back:
# `gone` does not tell, as it has the entries of an undone import, too, which may be imported again.
FORGOTTEN_KEY = _table("forgotten_key", source=String, source_key=String)
# The keys of rows that were left out, as somebody said that the same entry is here already.
DOUBLE_KEY = _table("double_key", source=String, source_key=String)
# How the tables with these columns were read before: the options that say so, as JSON.
IMPORT_ANSWER = _table("import_answer", header=String, options=String, answered_on=Date)
SKIPPED_DAY = _table("skipped_day", day=Date)  # the local dates that travel skipped
# When and where the data were last used, by the app or by a command that writes: the latest day,
# and the day on which the app last asked about missed days.
_IF_KNOWN = (Column("asked_on", Date), Column("utc_offset", Integer), Column("zone", String))
LAST_USE = _table("last_use", *_IF_KNOWN, day=Date, at=Instant)

IDENTIFIED = {
    name for name, table in SQLModel.metadata.tables.items()
    if "uid" in table.columns and table not in (CONTACT, ENTRY)
}  # fmt: skip
"""Tables of which every row has a uid."""
