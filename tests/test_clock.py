"""The clock tells each day as the zone's own rules do."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlemover.clock import SystemClock
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
    light = SystemClock().zone()
    day = local_day(instant, light, starts_at)
    assert day == local_day(instant, zone, starts_at)
    assert day_start(day, light, starts_at) == day_start(day, zone, starts_at)
    assert instant.astimezone(light).replace(tzinfo=None) == instant.astimezone(zone).replace(
        tzinfo=None
    )


def test_now_is_now_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)
