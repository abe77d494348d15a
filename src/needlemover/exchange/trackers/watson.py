"""Watson: its frames, one JSON list of [start, stop, project, id, tags, updated at], and its log.

Described by its source (jazzband/Watson, `watson/frames.py`, `watson/cli.py`): times are seconds
since 1970 in UTC; older files and hands also left ISO 8601. `watson log --json` writes a list of
objects with the same names.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct, ValidationError, convert

from ...store.imports.content import ImportedEntry
from ...text.parse.values import LONGEST_NAME
from ..files import json_cells, json_list
from ..reading import Reading, Request, UnreadableError, entries_of, unreadable
from ..stretches import Stretches

_NAMES = ("start", "stop", "project", "id", "tags")  # of an object of the log


class _Frame(Struct, array_like=True, forbid_unknown_fields=True):
    start: int | float | str
    stop: int | float | str | None
    project: str
    id: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    tags: Any = None
    updated_at: Any = None


def read_watson(request: Request) -> Reading:
    """Read a file of frames."""
    said = ["Reading the frames of Watson: a project becomes an activity."]
    reading = Reading("watson", ("frame",), said, row_word="frame")
    stretches = Stretches("frame", request.moment, in_order=True)
    ids: dict[str, int] = {}

    def entry(number: int, row: Any) -> ImportedEntry | None:
        try:
            cells = [row.get(name) for name in _NAMES] if isinstance(row, dict) else row
            frame = convert(cells, _Frame)
        except ValidationError:
            raise UnreadableError("it is not a list of start, stop, project, id, tags") from None
        activity = request.activity_of(frame.project)
        if (first := ids.setdefault(frame.id, number)) != number:
            raise UnreadableError(f"its id is that of frame {first}")
        if activity is None:
            reading.leave_out(frame.project)
            return None
        tags = frame.tags if isinstance(frame.tags, list) else []
        note = ", ".join(tag for tag in tags if isinstance(tag, str))
        end = None if frame.stop is None else _instant(frame.stop)
        return stretches.entry(number, frame.id, activity, _instant(frame.start), end, note)

    frames = enumerate(json_list(request.path), start=1)
    stretches.put_into(reading, entries_of(frames, entry, json_cells))
    return reading


def _instant(value: float | str) -> datetime:
    try:
        if not isinstance(value, str):
            return datetime.fromtimestamp(int(value), UTC)
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise unreadable(str(value)[:100], "is not a time") from None
