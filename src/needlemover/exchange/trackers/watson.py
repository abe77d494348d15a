"""Watson: its frames, one JSON list of [start, stop, project, id, tags, updated at].

Described by its source (jazzband/Watson, `watson/frames.py`): times are seconds since 1970 in UTC;
older files and hands also left ISO 8601.
"""

import json
import math
from datetime import UTC, datetime
from typing import Any

from ...domain.errors import NeedleError
from ...store.imports.content import ImportedEntry
from ...text.format import quoted, shown
from ...text.parse.names import LONGEST_NAME
from ..reading import Reading, Request
from ..records import UnreadableError, activities_in, entries_of
from ..stretches import Stretches
from ..text_file import read_text

_LEAST, _MOST = 4, 6


def read_watson(request: Request) -> Reading:
    """Read a file of frames.

    Raises:
        NeedleError: when it is not one.
    """
    reading = Reading("Watson", "watson", columns=("frame",), row_word="frame")
    reading.said.append("Reading the frames of Watson: a project becomes an activity.")
    stretches = Stretches(reading.row_word, request.moment, in_order=True)
    ids: dict[str, int] = {}

    def entry(number: int, frame: Any) -> ImportedEntry | None:
        return _entry(number, frame, request, reading, stretches, ids)

    frames = enumerate(json_list(request), start=1)
    reading.records = list(entries_of(frames, entry, json_cells))
    reading.activities = activities_in(reading.records)
    reading.flags = stretches.flags()
    return reading


def json_list(request: Request) -> list[Any]:
    """The list that a JSON file is.

    Raises:
        NeedleError: when it is something else.
    """
    try:
        content = json.loads(read_text(request.path))
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise NeedleError(
            f"{shown(request.path.name)} is damaged, or not JSON{where}: export it again."
        ) from error
    if not isinstance(content, list):
        raise NeedleError(
            f"{shown(request.path.name)} does not hold a list of frames or intervals: choose the "
            "file that does."
        )
    return content


def json_cells(value: object) -> tuple[str]:
    """What stands in a list, for the file of bad rows."""
    return (json.dumps(value, ensure_ascii=False)[:10_000],)


def _entry(
    number: int,
    frame: Any,
    request: Request,
    reading: Reading,
    stretches: Stretches,
    ids: dict[str, int],
) -> ImportedEntry | None:
    if not isinstance(frame, list) or not _LEAST <= len(frame) <= _MOST:
        raise UnreadableError("it is not a list of start, stop, project, id, tags")
    start, stop, project, frame_id, tags, *_ = [*frame, []]
    if not isinstance(project, str) or not isinstance(frame_id, str) or not frame_id:
        raise UnreadableError("its project or its id is not a text")
    if len(frame_id) > LONGEST_NAME:
        raise UnreadableError("its id is too long")
    if frame_id in ids:
        raise UnreadableError(f"its id is that of frame {ids[frame_id]}")
    activity = request.activity_of(project)
    if activity is None:
        reading.leave_out(project)
        return None
    entry = stretches.entry(
        number,
        _instant(start),
        None if stop is None else _instant(stop),
        row_id=frame_id,
        activity=activity,
        note=(_tags(tags),),
    )
    ids[frame_id] = number
    return entry


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, bool):
            raise TypeError
        if isinstance(value, int | float) and math.isfinite(value):
            return datetime.fromtimestamp(int(value), UTC)
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        raise UnreadableError(f"{quoted(str(value)[:100])} is not a time") from None


def _tags(tags: Any) -> str:
    if not isinstance(tags, list):
        return ""
    return ", ".join(tag for tag in tags if isinstance(tag, str))
