"""The calls of a phone, as tables: what SMS Backup & Restore and Google Voice wrote.

The first is described by its maker (synctech.com.au, "XML fields"): an element `call` each, whose
`type` is 1 in, 2 out, 3 missed, 4 voicemail, 5 rejected, 6 blocked. The other is described by
readers of its takeout: a page a call, "NAME - Placed - TIME.html", with the classes of hCalendar.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.parsers import expat

from ...domain.errors import NeedleError
from .. import files
from ..reading import Request
from ..tables.grid import KeptGrid, TableRow

_CALL = ["date", "type", "duration", "number", "contact_name"]
_HALF = re.compile(r"&#(5[5-7]\d{3});")
_PAGE = re.compile(r"(?:.*/)?[^/]* - (Placed|Received|Missed|Voicemail|Recorded) - [^/]*\.html")
_VOICE = ["published", "google voice call", "duration", "tel", "fn"]
_PUBLISHED = re.compile(r'class="published" title="([^"]*)"')
_DURATION = re.compile(r'class="duration" title="PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?"')
_WHO = re.compile(r'class="tel" href="tel:([^"]*)"[^>]*>\s*(?:<span class="fn">([^<]*))?')


def open_calls(request: Request) -> KeptGrid:
    """The calls in an XML; one with a DOCTYPE, which can make it grow without end, is refused."""
    name, rows, parser = request.path.name, list[TableRow](), expat.ParserCreate()

    def start(element: str, found: dict[str, str]) -> None:
        if element == "call":
            cells = [found.get(column, "") for column in _CALL]
            rows.append(TableRow(parser.CurrentLineNumber, cells))
        if len(rows) > files.MOST_ROWS:
            raise files.over(name, f"more than {files.MOST_ROWS:,} calls")

    def refuse(*_: object) -> None:
        raise NeedleError(f"{name} has a DOCTYPE, which a list of calls has not: export it again.")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        # Signs beyond 16 bits are written as two halves, which XML does not know.
        text = _HALF.sub(lambda half: chr(int(half[1])), files.read_text(request.path))
        parser.Parse(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), True)
    except expat.ExpatError as error:
        why = f"{name} is damaged in line {error.lineno}: export it again."
        raise NeedleError(why) from error
    return KeptGrid(request.path, _CALL, rows)


def open_voice(request: Request) -> KeptGrid:
    """The calls of a takeout, a folder or a zip of it; a page is a row, by the time of the call."""
    pages = files.limited(_pages(request.path), request.path.name, "calls")
    calls = sorted(_cells(name, text) for name, text in pages)
    return KeptGrid(request.path, _VOICE, [TableRow(*item) for item in enumerate(calls, start=1)])


def _pages(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        yield from ((page.name, files.read_text(page)) for page in pages_in(path))
    else:
        yield from files.zip_texts(path, _PAGE.fullmatch, "lines", files.LARGEST_TABLE)


def pages_in(folder: Path) -> Iterator[Path]:
    """The calls of Google Voice in a folder."""
    return (path for path in folder.rglob("*.html") if _PAGE.fullmatch(path.name))


def _cells(name: str, text: str) -> list[str]:
    page, published, length, who = (
        _PAGE.fullmatch(name), _PUBLISHED.search(text), _DURATION.search(text), _WHO.search(text)
    )  # fmt: skip
    hours, minutes, seconds = (int(part or 0) for part in length.groups()) if length else (0, 0, 0)
    phone, contact = (who[1], " ".join(unescape(who[2] or "").split())) if who else ("", "")
    kind, begins = page[1].casefold() if page else "", published[1] if published else ""
    return [begins, kind, str(hours * 3600 + minutes * 60 + seconds), phone, contact]
