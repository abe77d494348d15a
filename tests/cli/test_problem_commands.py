"""needle park, problems, and the worth of an hour."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from needlemover.clock import Clock
from needlemover.store.store import Store

from .conftest import Needle

KEYS = {
    "title", "status", "verdict", "saving_per_month", "payback_months", "worth_needed",
    "ask_again_on",
}  # fmt: skip
# An hour and a half a week is 6.5 h a month.
INVOICE = ("Broken invoice", "--minutes", "90", "--every", "week", "--cost", "300", "--handover",
           "240")  # fmt: skip


def leak(path: Path, minutes: int) -> None:
    """Log time on the first problem, as the app does."""
    store = Store(path, Clock())
    store.problems.log_leak(1, minutes * 60)
    store.close()


def test_a_title_is_enough(needle: Needle) -> None:
    ended = needle("park", "Broken invoice")
    assert (ended.code, ended.out, ended.err) == (0, "", "Parked “Broken invoice”.\n")
    (found,) = needle("problems", "--json").json
    assert found.keys() >= KEYS
    assert {key: found[key] for key in KEYS} == {
        "title": "Broken invoice",
        "status": "parked",
        "verdict": "unknown",
        "saving_per_month": None,
        "payback_months": None,
        "worth_needed": None,
        "ask_again_on": None,
    }
    assert found["missing"] == ["minutes", "every", "cost", "worth"]


def test_the_sum_is_laid_out(needle: Needle) -> None:
    needle("settings", "hourly_worth", "150")
    parked = needle("park", *INVOICE, "--to", "Ana", "--note", "each Friday")
    assert "Delegate now: saves $675 a month" in parked.err
    (found,) = needle("problems", "--json").json
    assert found["verdict"] == "now"
    assert found["saving_per_month"] == 67_500
    # The set-up of 4 h at 150 is 600.
    assert found["payback_months"] == pytest.approx(600 / 675)
    assert (found["sum"]["freed"], found["worth_low"]) == (97_500, 15_000)
    # (3 x 300) / (3 x 6.5 - 4), rounded up to a cent.
    assert found["worth_needed"] == 5807
    assert (found["candidate"], found["note"]) == ("Ana", "each Friday")
    text = " ".join(" ".join(needle("problems").lines).split())
    assert text.startswith("Delegate 1 now: saves $675 a month. Nothing is delegated yet.")
    assert "frees 6 h 30 × $150 $975 costs −$300 saves a month $675" in text
    assert "hand-over, 4 h × $150 $600 paid back in 0.9 months" in text
    assert "Who could take it: Ana" in text


def test_a_one_off_thing_is_paid_once_and_anything_else_by_the_month(needle: Needle) -> None:
    needle("park", "Move", "--every", "once", "--cost", "50")
    needle("park", "Books", "--every", "month", "--cost", "50")
    needle("park", "Mail", "--every", "day", "--cost", "5", "--cost-per", "time")
    found = {item["title"]: item for item in needle("problems", "--json").json}
    assert {title: item["estimate"]["cost"] for title, item in found.items()} == {
        "Move": {"amount": 5000, "per": "once"},
        "Books": {"amount": 5000, "per": "month"},
        "Mail": {"amount": 500, "per": "time"},
    }


def test_very_soon_is_asked_about_on_that_morning(
    needle: Needle, now: time_machine.Traveller
) -> None:
    needle("settings", "hourly_worth", "38")
    needle("settings", "hourly_worth_next", "46", "from", "2026-12-01")
    # 6 h a month for 276: worth it from 46.
    needle("park", "Invoices", "--minutes", "360", "--every", "month", "--cost", "276")
    (found,) = needle("problems", "--json").json
    assert (found["verdict"], found["worth_needed"]) == ("soon", 4600)
    assert found["ask_again_on"] == "2026-12-01"
    assert needle("today", "--json").json["asks"] == []
    assert "Parked" in needle("undo", "--list").out
    now.move_to(datetime(2026, 12, 1, 8, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    assert needle("today", "--json").json["asks"] == [{"title": "Invoices", "day": "2026-12-01"}]
    assert "Ask again today: is “Invoices” worth handing over?" in needle("today").lines
    assert needle("problems", "--json").json[0]["verdict"] == "now"
    needle("settings", "hourly_worth", "20")
    assert needle("today", "--json").json["asks"] == []
    needle("undo")
    assert len(needle("today", "--json").json["asks"]) == 1


def test_time_put_into_it_is_summed_and_shown_as_a_leak(needle: Needle, database: Path) -> None:
    needle("settings", "hourly_worth", "150")
    needle("park", "Broken invoice")
    leak(database, 90)
    (found,) = needle("problems", "--json").json
    assert found["leak"] == {"since": "2026-11-24", "seconds": 5400, "times": 1, "worth": 22_500}
    assert "You have put 1 h 30 into this since November: $225 at your hour." in " ".join(
        needle("problems").lines
    )


def test_leaks_have_their_own_share_of_the_hours(morning: Needle, database: Path) -> None:
    morning("log", "30", "film")
    assert morning("numbers", "--json").json["right_things"][-1]["leak_seconds"] == 0
    assert "100 % of 30 min logged went to your top three." in morning("numbers").lines
    morning("park", "Broken invoice")
    leak(database, 90)
    week = morning("numbers", "--json").json["right_things"][-1]
    assert (week["seconds"], week["top_seconds"], week["leak_seconds"]) == (7200, 1800, 5400)
    said = "25 % of 2 h logged went to your top three, 75 % leaked into problems."
    assert said in morning("numbers").lines
    assert morning("today", "--json").json["sales"]["seconds"] == 0


def test_a_running_leak_is_shown_and_stopped_without_an_outcome(
    morning: Needle, database: Path, now: time_machine.Traveller
) -> None:
    morning("park", "Broken invoice")
    store = Store(database, Clock())
    store.timer.start(problem_id=1)
    store.close()
    now.shift(timedelta(minutes=3, seconds=12))
    running = morning("today", "--json").json["running"]
    assert running == {
        "kind": "problem",
        "name": "Broken invoice",
        "contact": None,
        "started_at": "2026-11-24T14:40:00Z",
        "seconds": 192,
    }
    assert morning("today").lines[-1] == "3:12 on “Broken invoice”, running"
    assert "“Broken invoice” runs already" in morning("start").err
    refused = morning("stop", "--outcome", "won")
    assert (refused.code, refused.is_a_sentence) == (2, True)
    refused = morning("stop", "--amount", "5")
    assert (refused.code, refused.is_a_sentence) == (2, True)
    assert morning("stop").err == "Logged 3 min 12 s (“Broken invoice”).\n"


@pytest.mark.parametrize(
    "line",
    [
        ("",),
        ("\x1b",),
        ("x" * 1001,),
        ("Mail", "--minutes", "soon"),
        ("Mail", "--minutes", "100000"),
        ("Mail", "--every", "year"),
        ("Mail", "--cost", "-5"),
        ("Mail", "--cost", "5", "--cost-per", "mile"),
        ("Mail", "--cost-per", "time"),
        ("Mail", "--handover", "-1"),
    ],
)
@pytest.mark.usefixtures("begun")
def test_what_cannot_be_parked_is_refused_with_a_sentence(
    needle: Needle, line: tuple[str, ...]
) -> None:
    ended = needle("park", *line)
    assert ended.code == 2
    assert ended.is_a_sentence
    assert needle("problems", "--json").json == []


@pytest.mark.usefixtures("begun")
def test_with_nothing_parked_it_says_how(needle: Needle) -> None:
    ended = needle("problems")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "Nothing is parked: park what pops up with needle park TITLE.\n"


def test_hostile_titles_stay_text(needle: Needle) -> None:
    needle("park", "a\x1b[31m [/b] “x”", "--note", "\x07")
    text = needle("problems").out
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[/b]" in text


def test_the_best_returning_activity_stands_beside_the_worth(morning: Needle) -> None:
    morning("log", "600", "sales", "--yes")
    for _ in range(5):
        morning("earn", "200", "sales")
    best = morning("worth", "--json").json["best"]
    assert (best["name"], best["revenue_per_hour"]) == ("Sales conversations", 10_000)
    assert "$100 an hour" in " ".join(morning("worth").lines)


def test_the_commands_run_as_programs(program: Needle, forked: Needle) -> None:
    assert program("park", *INVOICE).code == 0
    shown = forked("problems", "--json")
    assert (shown.code, shown.err) == (0, "")
    (found,) = shown.json
    assert (found["title"], found["verdict"]) == ("Broken invoice", "unknown")
    assert forked("undo").err.endswith("“Broken invoice”.\n")
