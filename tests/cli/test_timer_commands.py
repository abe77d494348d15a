"""needle start, needle stop."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller

from .conftest import Needle


def test_a_call_is_timed_from_start_to_stop(morning: Needle, now: Traveller) -> None:
    assert morning("start", "--with", "Acme Corp").err == (
        "Started “Sales conversations” with “Acme Corp” at 15:40: stop it with needle stop.\n"
    )
    now.shift(timedelta(minutes=12, seconds=40))
    ended = morning("stop", "--outcome", "won", "--amount", "1200", "--note", "at last")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == (
        "Logged 12 min 40 s, won, $1,200, with “Acme Corp” (“Sales conversations”).\n"
    )
    today = morning("today", "--json").json
    assert today["sales"]["seconds"] == 760
    assert today["running"] is None


def test_a_second_timer_is_refused_with_what_runs(morning: Needle, now: Traveller) -> None:
    morning("start", "--with", "Acme Corp")
    now.shift(timedelta(minutes=5))
    ended = morning("start", "film")
    assert ended.code == 1
    assert "“Acme Corp” runs already, since 15:40 (5 min)" in ended.err


def test_no_timer_cannot_be_stopped(morning: Needle) -> None:
    ended = morning("stop", "--at", "15:00")
    assert ended.code == 1
    assert ended.is_a_sentence


def test_both_ends_can_be_given(morning: Needle) -> None:
    morning("start", "--at", "15:00")
    morning("stop", "--at", "15:20")
    assert morning("today", "--json").json["sales"]["seconds"] == 1200


def test_a_start_to_come_is_refused(morning: Needle) -> None:
    ended = morning("start", "--at", "15:41")
    assert ended.code == 2
    assert ended.is_a_sentence
    assert morning("today", "--json").json["running"] is None


def test_an_end_before_the_start_is_refused_and_the_call_runs_on(morning: Needle) -> None:
    morning("start", "--at", "15:00")
    ended = morning("stop", "--at", "14:00")
    assert ended.code == 2
    assert "before the start at 15:00" in ended.err
    assert morning("today", "--json").json["running"]["seconds"] == 2400


def test_an_end_to_come_is_refused(morning: Needle) -> None:
    morning("start")
    assert morning("stop", "--at", "15:41").code == 2


def test_a_call_over_midnight_ends_at_the_time_that_came_after_its_start(
    morning: Needle, now: Traveller
) -> None:
    morning("start", "--at", "15:00")
    now.shift(timedelta(hours=17))  # 08:40 on Wednesday
    ended = morning("stop", "--at", "8:30")
    assert ended.code == 0
    assert "for Tue 24 Nov" in ended.err
    seconds = morning("today", "--day", "2026-11-24", "--json").json["sales"]["seconds"]
    assert seconds == 17 * 3600 + 30 * 60


def test_a_call_longer_than_the_cap_is_saved_and_said(morning: Needle, now: Traveller) -> None:
    morning("start")
    now.shift(timedelta(hours=2, minutes=1))
    ended = morning("stop")
    assert ended.code == 0
    assert "longer than 2 h" in ended.err
    assert morning("today", "--json").json["sales"]["seconds"] == 7260


def test_what_is_no_call_has_no_outcome(morning: Needle) -> None:
    morning("start", "film")
    ended = morning("stop", "--outcome", "won")
    assert ended.code == 2
    assert morning("stop").code == 0


def test_a_call_that_overlaps_another_is_said(morning: Needle) -> None:
    morning("log", "30", "--at", "15:00")
    morning("start", "--at", "15:20")
    assert "it overlaps 30 min" in morning("stop").err


@pytest.mark.parametrize(
    ("boundary", "now_at", "typed", "day"),
    [("00:00", (24, 0, 10), "23:55", "2026-11-23"), ("04:00", (24, 4, 5), "03:50", "2026-11-23")],
)
def test_a_start_shortly_before_the_day_began_is_of_the_day_before(
    morning: Needle,
    now: Traveller,
    boundary: str,
    now_at: tuple[int, int, int],
    typed: str,
    day: str,
) -> None:
    morning("settings", "day_starts_at", boundary)
    now.move_to(datetime(2026, 11, *now_at, tzinfo=ZoneInfo("Europe/Berlin")))
    assert morning("start", "--at", typed).code == 0
    assert morning("stop").code == 0
    assert morning("today", "--day", day, "--json").json["sales"]["seconds"] == 15 * 60
    assert morning("log", "5", "--at", typed).code == 0
    assert morning("today", "--day", day, "--json").json["sales"]["seconds"] == 20 * 60


def test_a_start_half_a_day_before_is_a_slip(morning: Needle) -> None:
    ended = morning("start", "--at", "16:00")
    assert (ended.code, ended.err) == (
        2, "The start is still to come: give a time that has passed.\n"
    )  # fmt: skip


def test_a_timer_that_measured_nothing_logs_nothing_and_says_so(morning: Needle) -> None:
    morning("start", "film")
    ended = morning("stop")
    assert (ended.code, ended.err) == (
        0, "No time passed on “Film one video”, so nothing is logged.\n"
    )  # fmt: skip
    assert morning("today", "--json").json["activities"][1]["met"] is False
