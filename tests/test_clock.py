"""The clock tells each day as the zone's own rules do."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlemover.clock import Clock, zone_name
from needlemover.domain.day import day_start, local_day

INSTANTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)
) | st.integers(-400, 400).map(
    # around the changes of the clocks of 2026 in Europe and America
    lambda minutes: datetime(2026, 10, 25, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.fixture(params=["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """The zone that the system is in."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone cannot be set here")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield ZoneInfo(request.param)
    time.tzset()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(INSTANTS, st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_days_begin_when_they_do_by_the_rules_of_the_zone(
    zone: ZoneInfo, instant: datetime, starts_at: clock_time
) -> None:
    light = Clock().zone()
    day = local_day(instant, light, starts_at)
    assert day == local_day(instant, zone, starts_at)
    assert day_start(day, light, starts_at) == day_start(day, zone, starts_at)
    assert instant.astimezone(light).replace(tzinfo=None) == instant.astimezone(zone).replace(
        tzinfo=None
    )


def test_now_is_now_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= Clock().now() <= datetime.now(UTC)


POSIX = (
    ("JST-9", "Asia/Tokyo"),
    ("EST5EDT,M3.2.0,M11.1.0", "America/New_York"),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
    (":CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
    ("UTC+3", "Etc/GMT+3"),
    ("<+0330>-3:30", "Asia/Tehran"),
    ("AAA5BBB", "America/New_York"),
    ("", "UTC"),
    ("/usr/share/zoneinfo/Asia/Kathmandu", "Asia/Kathmandu"),
)
"""What `TZ` may hold beside a name, and a zone that has the same rules in 2026."""


@pytest.mark.parametrize(("rules", "name"), POSIX)
def test_the_rules_of_tz_are_followed(
    rules: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", rules)
    clock = Clock()
    light, zone = clock.zone(), ZoneInfo(name)
    for hours in range(0, 365 * 24, 7):
        instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        assert instant.astimezone(light).utcoffset() == instant.astimezone(zone).utcoffset()
    assert clock.complaint() == ""


@pytest.mark.parametrize(
    "rules",
    ["Nowhere/Atall", "Berlin", "X5", "GMT+24", "Europe", "/etc", "../UTC", "zone.tab", "\x1b[31m"],
)
def test_a_tz_that_is_no_zone_is_told_once_and_the_computers_is_used(
    rules: str, monkeypatch: pytest.MonkeyPatch, computer: Path
) -> None:
    computer.write_bytes(zone_file("Asia/Tokyo"))
    monkeypatch.setenv("TZ", rules)
    clock = Clock()
    assert clock.zone().utcoffset(datetime(2026, 11, 24)) == timedelta(hours=9)
    complaint = clock.complaint()
    assert complaint.startswith("The time zone (TZ='")
    assert complaint.isprintable()
    assert clock.complaint() == ""


def zone_file(name: str) -> bytes:
    """The rules of a zone, as the computer keeps them."""
    return Path("/usr/share/zoneinfo", name).read_bytes()


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the computer keeps its zone, and no `TZ`."""
    if not Path("/usr/share/zoneinfo").is_dir():
        pytest.skip("the zones are kept elsewhere here")
    monkeypatch.delenv("TZ", raising=False)
    path = tmp_path / "localtime"
    monkeypatch.setattr("needlemover.clock.LOCALTIME", str(path))
    return path


def hours_east(clock: Clock) -> float:
    """The offset in November."""
    offset = clock.zone().utcoffset(datetime(2026, 11, 24))
    assert offset is not None
    return offset / timedelta(hours=1)


def test_a_plain_file_is_the_zone_and_has_no_name(computer: Path) -> None:
    computer.write_bytes(zone_file("America/New_York"))
    clock = Clock()
    assert (zone_name(clock.zone()), clock.complaint()) == ("", "")


def test_a_link_names_the_zone_and_is_followed_when_it_is_changed(computer: Path) -> None:
    computer.symlink_to("/usr/share/zoneinfo/America/New_York")
    clock = Clock()
    assert zone_name(clock.zone()) == "America/New_York"
    computer.unlink()
    computer.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert (zone_name(clock.zone()), clock.complaint()) == ("Asia/Tokyo", "")


def test_a_zone_that_becomes_unreadable_holds_on_and_is_told_once(computer: Path) -> None:
    computer.write_bytes(zone_file("Asia/Tokyo"))
    clock = Clock()
    clock.zone()
    computer.write_bytes(b"no zone")
    assert hours_east(clock) == 9
    assert clock.complaint().startswith(f"The time zone ({computer}) cannot be read")
    computer.unlink()
    assert (hours_east(clock), clock.complaint()) == (9, "")
    computer.symlink_to("/usr/share/zoneinfo/America/New_York")
    assert (zone_name(clock.zone()), clock.complaint()) == ("America/New_York", "")
    computer.unlink()
    assert hours_east(clock) == -5
    assert clock.complaint() != ""


def test_a_computer_that_keeps_no_zone_is_not_complained_of(computer: Path) -> None:
    assert Clock().complaint() == ""
