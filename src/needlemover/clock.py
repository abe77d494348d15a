"""Reads the time and the zone. Nothing else does."""

import os
import time
from datetime import UTC, datetime, timedelta, tzinfo

LOCALTIME = "/etc/localtime"  # the rules of the computer's zone, or a link to them


class Clock:
    """The computer's clock and its zone, followed when the traveller changes it.

    The zone is the one that `date` shows: of `TZ`, or else of `/etc/localtime`. The system is asked
    for each moment, because loading `zoneinfo` takes a fifth of a short command. Where it cannot
    read a zone it goes on in UTC without a word; then the last one known holds on, and it is told.
    """

    _held: datetime | None = None

    def __init__(self) -> None:
        self._seen: object = None
        self._zone: tzinfo = UTC
        self._rules = b""  # what `/etc/localtime` held when it could be read
        self._lost = self._complaint = ""

    def hold(self, instant: datetime | None) -> None:
        """Show an instant until told otherwise, for what is done later than asked; None: go on."""
        self._held = instant

    def now(self) -> datetime:
        """The present instant, or the one that is held, in UTC."""
        return self._held or self.real_now()

    def real_now(self) -> datetime:
        """The present instant, also while another one is held, in UTC."""
        return datetime.now(UTC)

    def zone(self) -> tzinfo:
        """The local zone at present."""
        name = os.environ.get("TZ")
        seen = (name, _file_mark() if name is None else None)
        if seen != self._seen:
            self._seen = seen
            self._follow(name)
        return self._zone

    def complaint(self) -> str:
        """Why the zone may be wrong, in a sentence that is given once; empty: nothing new."""
        self.zone()
        complaint, self._complaint = self._complaint, ""
        return complaint

    def _follow(self, name: str | None) -> None:
        zone = self._computers() if name is None else _named(name)
        lost, self._lost = self._lost, ""
        if zone is None:
            self._lost = LOCALTIME if name is None else f"TZ={name!a}"
            from .zones import NOT_A_ZONE, zone_in

            try:
                zone = zone_in(self._rules or _rules(LOCALTIME))
            except NOT_A_ZONE:
                zone = UTC
        self._zone, self._complaint = zone, ""
        if self._lost and self._lost != lost:
            why = f"The time zone ({self._lost}) cannot be read, so the last one known is used"
            self._complaint = f"{why}: set TZ to one like Europe/Berlin."

    def _computers(self) -> tzinfo | None:
        if rules := _rules(LOCALTIME):
            self._rules = rules
        elif self._rules or os.path.lexists(LOCALTIME):
            return None
        return _SystemZone(os.path.realpath(LOCALTIME).partition("zoneinfo/")[2])


def zone_name(zone: tzinfo) -> str:
    """What a zone is called, like Europe/Berlin; empty where only its rules are known."""
    return getattr(zone, "key", None) or ""


def _named(name: str) -> tzinfo | None:
    """The zone of a `TZ`; None where it is none."""
    if _rules(os.path.join("/usr/share/zoneinfo", name)):
        return _SystemZone(name)
    from .zones import NOT_A_ZONE, zone_of

    try:
        return zone_of(name)
    except NOT_A_ZONE:
        return None


class _SystemZone(tzinfo):
    """What the system says of each moment: Python asks it for every time that has no zone."""

    def __init__(self, name: str) -> None:
        if hasattr(time, "tzset"):  # Windows has none: there it is the zone of the start
            time.tzset()
        self.key = name

    def __str__(self) -> str:
        return self.key or "the zone of this computer"

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None

    def fromutc(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def _rules(path: str) -> bytes:
    """What a file holds; nothing where that is no zone."""
    try:
        with open(path, "rb") as file:
            rules = file.read()
    except (OSError, ValueError):
        return b""
    return rules if rules.startswith(b"TZif") else b""


def _file_mark() -> object:
    try:
        found = os.stat(LOCALTIME)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
