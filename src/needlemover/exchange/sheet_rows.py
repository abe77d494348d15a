"""The rows of a sheet as CSV: python -m needlemover.exchange.sheet_rows WORKBOOK SHEET > CSV.

It runs in a process of its own: cells may lie so far apart, or a file be so broken, that whoever
reads it ends without a word. Exit 3: it is not clear which sheet, of those that were written; 4: it
is damaged; 5: it has a password; 6: it has no rows.
"""

import csv
import io
import re
import sys
from contextlib import suppress
from datetime import datetime, timedelta

import python_calamine as calamine

_LONG = re.compile(r"PT(\d+)H(\d\d)M(\d\d)(?:[.,]\d+)?S")  # over a day, in OpenDocument
_SHOWN = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
_MOST = 1 << 30  # bytes of memory, and of what is written


def main(path: str, sheet: str) -> int:
    """Write the rows of a sheet; without its name, of the only one that has any, else the names."""
    with suppress(ImportError, OSError, ValueError):  # not on every system
        import resource

        for limit in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE):
            resource.setrlimit(limit, (_MOST, _MOST))
    text = io.TextIOWrapper(sys.stdout.buffer, "utf-8", "replace", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
        shown = [it.name for it in workbook.sheets_metadata if (it.typ, it.visible) == _SHOWN]
        names = [sheet] if sheet in workbook.sheet_names else shown
        filled = [name for name in names if workbook.get_sheet_by_name(name).height]
        if len(filled) > 1 or (filled and sheet not in ("", *filled)):
            writer.writerows([name] for name in filled)
            return 3
        for name in filled:
            rows = workbook.get_sheet_by_name(name).iter_rows()
            writer.writerows(list(map(_text, row)) for row in rows)
        return 0 if filled else 6
    except calamine.PasswordError:
        return 5
    except calamine.CalamineError:
        return 4


def _text(cell: object) -> str:
    match cell:
        case bool():
            return str(cell).upper()
        case float():
            return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
        case datetime():
            return (cell + timedelta(microseconds=500_000)).isoformat(" ", "seconds")
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    text = " ".join(str(cell).replace("\0", "").splitlines())
    return ":".join(long.groups()) if (long := _LONG.fullmatch(text)) else text


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
