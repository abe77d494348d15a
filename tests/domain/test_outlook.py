"""When today must be begun to be won, what is late, and when it was won."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import EntryFact, Outcome, Running
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.promises.status import DayOff, Status
from needlemover.domain.settings import Settings, WorkingDay
from needlemover.domain.today.snapshot import Chance, DaySnapshot, StripDay

from ..conftest import promised, terms
from .conftest import TODAY, YESTERDAY, activity, entry, shown

BERLIN, HONOLULU = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Honolulu")
BEGIN = date(2026, 1, 1)
SALES = activity(1, (promised(BEGIN, terms(60)),), name="Sales", is_sales=True)
FILM = activity(2, (promised(BEGIN, terms()),), name="Film")
READ = activity(3, (promised(BEGIN, terms(30)),), name="Read")
NIGHT = WorkingDay(time(22), time(6))
ALL_DAY = WorkingDay(time(4), time(4))


def at(hour: int, minute: int = 0, second: int = 0, *, day: date = TODAY, zone=BERLIN) -> datetime:
    return datetime.combine(day, time(hour, minute, second), tzinfo=zone)


def chance(snapshot: DaySnapshot, now: datetime, zone=BERLIN) -> tuple[Chance, str]:
    found = snapshot.last_start(now, zone)
    assert found is not None
    return found.chance, f"{found.at.astimezone(zone):%a %H:%M}"


def worked(working: WorkingDay) -> Settings:
    return Settings(working_day=working)


def running(of: ActivityFact, since: datetime) -> Running:
    return Running(of.id, of.name, of.is_sales, "", since, TODAY)


# Due: 60 and 30 minutes and a tick; of the 60, 20 are done. 70 minutes before 17:00 is 15:50.
OPEN = shown([SALES, FILM, READ], [entry(SALES, minutes=20, outcome=Outcome.TALKED)])


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(9), (Chance.IN_TIME, "Tue 15:50")),
        (at(15, 50), (Chance.IN_TIME, "Tue 15:50")),
        (at(15, 50, 1), (Chance.OUTSIDE, "Wed 02:50")),
        (at(2, 50, day=date(2026, 11, 25)), (Chance.OUTSIDE, "Wed 02:50")),
        (at(2, 50, 1, day=date(2026, 11, 25)), (Chance.GONE, "Wed 04:00")),
    ],
)
def test_the_last_start_is_in_the_working_day_then_after_it_then_gone(
    now: datetime, expected: tuple[Chance, str]
) -> None:
    assert chance(OPEN, now) == expected


def test_ticks_and_counts_take_no_time() -> None:
    assert chance(shown([FILM]), at(9)) == (Chance.IN_TIME, "Tue 17:00")
    assert chance(shown([FILM]), at(17, 0, 1)) == (Chance.OUTSIDE, "Wed 04:00")


def test_a_running_timer_counts_for_what_it_runs_on_alone() -> None:
    since = at(10)
    on_sales = replace(OPEN, running=running(SALES, since))
    assert chance(on_sales, at(10, 30)) == (Chance.IN_TIME, "Tue 16:20")
    assert chance(on_sales, at(11, 30)) == (Chance.IN_TIME, "Tue 16:30"), "40 minutes were left"
    on_film = replace(OPEN, running=running(FILM, since))
    assert chance(on_film, at(10, 30)) == (Chance.IN_TIME, "Tue 15:50")


def test_a_timer_that_began_yesterday_counts_for_yesterday() -> None:
    timer = replace(running(SALES, at(3, 30)), day=YESTERDAY)
    assert chance(replace(OPEN, running=timer), at(9)) == (Chance.IN_TIME, "Tue 15:50")


def test_a_day_that_is_won_or_not_today_or_free_has_none() -> None:
    done = [entry(SALES, minutes=60, outcome=Outcome.TALKED), entry(FILM), entry(READ, minutes=30)]
    assert shown([SALES, FILM, READ], done).last_start(at(9), BERLIN) is None
    assert shown([SALES], day=YESTERDAY).last_start(at(9), BERLIN) is None
    off = shown([SALES], days_off=[DayOff(TODAY, TODAY)])
    assert off.last_start(at(9), BERLIN) is None


def test_a_working_day_over_midnight_ends_with_the_local_day_at_the_latest() -> None:
    snapshot = shown([SALES], settings=worked(NIGHT))
    assert chance(snapshot, at(23)) == (Chance.IN_TIME, "Wed 03:00")


def test_a_working_day_of_24_hours_lasts_as_long_as_the_local_day() -> None:
    snapshot = shown([SALES], settings=worked(ALL_DAY))
    assert chance(snapshot, at(23)) == (Chance.IN_TIME, "Wed 03:00")
    assert chance(snapshot, at(3, 30, day=date(2026, 11, 25))) == (Chance.GONE, "Wed 04:00")


@pytest.mark.parametrize(
    ("day", "ends", "expected"),
    [
        # Spring forward, 29 March 2026: 02:00 becomes 03:00, so 150 minutes before 04:00 is 00:30.
        (date(2026, 3, 28), "00:30", Chance.OUTSIDE),
        # Fall back, 25 October 2026: 03:00 becomes 02:00, so 150 minutes before 04:00 is 02:30,
        # the second time that the clock shows it.
        (date(2026, 10, 24), "02:30", Chance.OUTSIDE),
    ],
)
def test_on_the_nights_of_the_clock_change_minutes_are_minutes(
    day: date, ends: str, expected: Chance
) -> None:
    long = activity(4, (promised(BEGIN, terms(150)),))
    snapshot = shown([long], day=day, today=day)
    found = snapshot.last_start(at(22, day=day), BERLIN)
    assert found is not None
    assert (found.chance, f"{found.at.astimezone(BERLIN):%H:%M}") == (expected, ends)
    end_of_day = at(4, day=day + timedelta(days=1)).astimezone(UTC)
    assert end_of_day - found.at == timedelta(minutes=150)


def test_another_zone_has_its_own_working_day() -> None:
    assert chance(OPEN, at(9, zone=HONOLULU), HONOLULU) == (Chance.IN_TIME, "Tue 15:50")


def test_won_is_the_day_with_the_end_of_what_completed_it() -> None:
    def ended(of: ActivityFact, hour: int, minutes: float = 0, outcome: Outcome | None = None):
        placed = datetime(2026, 11, 24, hour, tzinfo=UTC)
        done = entry(of, minutes=minutes, outcome=outcome)
        return replace(done, placed_at=placed, started_at=placed)

    # The talk began first and ended last; what came after all was met changes nothing.
    entries = [ended(SALES, 9, 200, Outcome.TALKED), ended(READ, 10, 30), ended(FILM, 12),
               ended(FILM, 15)]  # fmt: skip
    snapshot = shown([SALES, FILM, READ], entries)
    assert snapshot.status is Status.WON
    assert snapshot.won_at == datetime(2026, 11, 24, 12, 20, tzinfo=UTC)
    assert shown([SALES, FILM, READ], entries[:2]).won_at is None


def test_what_says_no_beginning_was_over_when_it_was_logged() -> None:
    # 30 minutes logged at 9:00 without a time: they lie before it, and never end at 9:30.
    snapshot = shown([READ], [entry(READ, minutes=30)])
    assert snapshot.won_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_of_what_overlaps_the_one_that_ends_last_won_the_day() -> None:
    def read(hour: int, minute: int) -> EntryFact:
        began = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)
        return replace(entry(READ, minutes=15), started_at=began, placed_at=began)

    assert shown([READ], [read(9, 10), read(9, 0)]).won_at == at(10, 25)
    assert shown([READ], [read(9, 10)]).won_at is None, "the other is deleted"


def test_what_begins_today_does_not_decide_when_it_was_won() -> None:
    new = activity(5, (promised(TODAY, terms()),))
    snapshot = shown([FILM, new], [entry(FILM)])
    assert snapshot.won_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_lately_counts_the_last_twenty_decided_days() -> None:
    words = [Status.MISSED] * 5 + [Status.WON] * 18 + [Status.REST, Status.OFF, Status.PART]
    words += [Status.MISSED, Status.OPEN]
    strip = [
        StripDay(date(2026, 10, 1) + timedelta(days=number), word)
        for number, word in enumerate(words)
    ]
    for days, said in ((strip, (18, 20)), (strip[:3], (0, 3)), ([], (0, 0))):
        assert replace(shown([FILM]), strip=tuple(days)).won_lately == said


def starting(of: ActivityFact, *times: int) -> ActivityFact:
    return replace(of, starts_at=time(*times))


def late(snapshot: DaySnapshot, now: datetime) -> tuple[str, int] | None:
    found = snapshot.late_for(now, BERLIN)
    return found and (found.activity.name, found.late)


def test_late_is_what_is_due_and_not_begun_after_its_start() -> None:
    snapshot = shown([starting(SALES, 9), FILM])
    assert late(snapshot, at(8, 59, 59)) is None
    assert late(snapshot, at(9)) == ("Sales", 0)
    assert late(snapshot, at(9, 28)) == ("Sales", 28 * 60)


def test_the_longest_late_is_named_and_of_equals_what_ranks_higher() -> None:
    both = shown([starting(SALES, 10), starting(READ, 9)])
    assert late(both, at(10, 30)) == ("Read", 5400)
    equal = shown([starting(SALES, 9), starting(READ, 9)])
    assert late(equal, at(10)) == ("Sales", 3600)


def test_nothing_is_late_once_begun_met_running_off_or_another_day() -> None:
    sales = starting(SALES, 9)
    begun = shown([sales], [entry(SALES, outcome=Outcome.NO_ANSWER)])
    assert late(begun, at(10)) is None, "a dial is a beginning"
    assert late(replace(shown([sales]), running=running(SALES, at(9, 50))), at(10)) is None
    assert late(shown([sales], days_off=[DayOff(TODAY, TODAY)]), at(10)) is None
    assert late(shown([sales], day=YESTERDAY), at(10)) is None


def test_a_start_after_midnight_is_of_the_night_that_follows() -> None:
    snapshot = shown([starting(READ, 1)])
    assert late(snapshot, at(23)) is None
    assert late(snapshot, at(1, 15, day=date(2026, 11, 25))) == ("Read", 900)


def test_an_upper_limit_is_never_late() -> None:
    limit = activity(6, (promised(BEGIN, replace(terms(30), at_most=True)),), name="Social")
    assert late(shown([starting(limit, 9)]), at(10)) is None
