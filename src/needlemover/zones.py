"""Zones that `TZ` or a file describes, for when the system's own rules do not serve."""

import io
import os
import re
import struct
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

NOT_A_ZONE = (OSError, ValueError, KeyError, struct.error)  # raised where there is no zone
_NAME = r"(?:[A-Za-z]{3,}|<[-+A-Za-z\d]{3,}>)"
_POSIX = re.compile(rf"{_NAME}[-+:\d]+(?P<summer>{_NAME}[-+:\d]*(?P<changes>,.+)?)?")
_USUAL_CHANGES = ",M3.2.0,M11.1.0"  # of a summer time without days, as the C library has it


def zone_of(rules: str) -> tzinfo:
    """The zone of a `TZ`: a name, a file's path, or rules (POSIX); else one of `NOT_A_ZONE`."""
    if not (rules := rules.removeprefix(":")):
        return UTC
    if os.path.isabs(rules):
        with open(rules, "rb") as file:
            return zone_in(file.read())
    try:
        return ZoneInfo(rules)
    except NOT_A_ZONE:
        return _posix_zone(rules)


def zone_in(content: bytes) -> tzinfo:
    """The zone in the content of a file (RFC 8536); else one of `NOT_A_ZONE` is raised."""
    return ZoneInfo.from_file(io.BytesIO(content))


def _posix_zone(rules: str) -> tzinfo:
    """The zone of rules like `EST5EDT,M3.2.0,M11.1.0`.

    `zoneinfo` reads such rules at the end of a zone's file, so it is given one with no years.
    """
    if (known := _POSIX.fullmatch(rules)) is None:
        raise ValueError(rules)
    if known["summer"] and not known["changes"]:
        rules += _USUAL_CHANGES
    no_years = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 1) + bytes(7)
    zone = zone_in(2 * no_years + f"\n{rules}\n".encode("ascii"))
    for month in (1, 7):  # an offset of a whole day is only refused when it is asked for
        datetime(2026, month, 1, tzinfo=zone).utcoffset()
    return zone
