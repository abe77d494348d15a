"""The calls of phones, as tables: what SMS Backup & Restore, Google Voice and Asterisk wrote.

The first is described by its maker (synctech.com.au, "XML fields"): an element `call` each, whose
`type` is 1 in, 2 out, 3 missed, 4 voicemail, 5 rejected, 6 blocked. The second is described by
readers of its takeout: a page a call, "NAME - Placed - TIME.html", with the classes of hCalendar.
The last writes Master.csv (docs.asterisk.org, "CDR"), whose columns have no header.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from ...domain.errors import NeedleError
from .. import files
from ..reading import Request
from ..tables.csv_file import Grid, TableRow, open_csv

_CALL = ["date", "type", "duration", "number", "contact_name"]
_RECORD = [
    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
    "calldate", "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid",
    "userfield",
]  # fmt: skip
_ELEMENT = re.compile(r'<call\b(?:[^<>"]|"[^"<]*")*>')
_ATTRIBUTE = re.compile(r'\b(\w+)="([^"]*)"')
_HALF = re.compile(r"&#(5[5-7]\d{3});")
_PAGE = re.compile(r"(?:.*/)?[^/]* - (Placed|Received|Missed|Voicemail|Recorded) - [^/]*\.html")
_VOICE = ["published", "google voice call", "duration", "tel", "fn"]
_PUBLISHED = re.compile(r'class="published" title="([^"]*)"')
_DURATION = re.compile(r'class="duration" title="PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?"')
_WHO = re.compile(r'class="tel" href="tel:([^"]*)"[^>]*>\s*(?:<span class="fn">([^<]*))?')


def open_calls(request: Request) -> Grid:
    """The calls in an XML, which is not taken for more than that: no entity of it is followed."""
    text = files.read_text(request.path)
    if "</calls>" not in text and "<calls/>" not in text:
        raise NeedleError(f"{request.path.name} is cut off in the middle: export it again.")
    if text.count("<call ") > files.MOST_ROWS:
        raise files.over(request.path.name, f"more than {files.MOST_ROWS:,} calls")
    return Grid(request.path, _CALL, _calls(text))


def _calls(text: str) -> Iterator[TableRow]:
    line, end = 1, 0
    for call in _ELEMENT.finditer(text):
        line, end = line + text.count("\n", end, call.start()), call.start()
        # Signs beyond 16 bits are written as two halves.
        halves = _HALF.sub(lambda half: chr(int(half[1])), call[0])
        whole = halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        found = dict(_ATTRIBUTE.findall(whole))
        yield TableRow(line, [unescape(found.get(column, "")) for column in _CALL])


def open_records(request: Request) -> Grid:
    """The records of Asterisk in a file without a header."""
    table = open_csv(request.path, has_header=False)
    table.columns = _RECORD[: len(table.columns)]
    return table


def open_voice(request: Request) -> Grid:
    """The calls of a takeout, a folder or a zip of it; a page is a row, by the time of the call."""
    path = request.path
    pages = files.zip_texts(path, _PAGE.fullmatch, "lines", files.LARGEST_TABLE)
    if path.is_dir():
        pages = ((page.name, files.read_text(page)) for page in pages_in(path))
    calls = sorted(_cells(*page) for page in files.limited(pages, path.name, "calls"))
    return Grid(request.path, _VOICE, [TableRow(*item) for item in enumerate(calls, start=1)])


def pages_in(folder: Path) -> Iterator[Path]:
    """The calls of Google Voice in a folder."""
    return (path for path in folder.rglob("*.html") if _PAGE.fullmatch(path.name))


def _cells(name: str, text: str) -> list[str]:
    page, published = _PAGE.fullmatch(name), _PUBLISHED.search(text)
    length, who = _DURATION.search(text), _WHO.search(text)
    hours, minutes, seconds = (int(part or 0) for part in length.groups()) if length else (0, 0, 0)
    phone, contact = (who[1], " ".join(unescape(who[2] or "").split())) if who else ("", "")
    kind, begins = page[1].casefold() if page else "", published[1] if published else ""
    return [begins, kind, str(hours * 3600 + minutes * 60 + seconds), phone, contact]
