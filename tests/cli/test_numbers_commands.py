"""needle numbers, worth, goal."""

import pytest

from .conftest import Needle

RATE = {"successes", "trials", "value", "low", "high", "can_be_said"}


@pytest.fixture
def busy(morning: Needle) -> Needle:
    """Eight conversations this week, one of them won, and two calls that nobody answered."""
    for _ in range(7):
        assert morning("log", "10", "--outcome", "lost", "--at", "9:30").code == 0
    assert morning("log", "20", "--outcome", "won", "--amount", "1200", "--with", "Acme").code == 0
    for _ in range(2):
        assert morning("log", "0", "--outcome", "no_answer", "--day", "2026-11-20").code == 0
    return morning


def test_numbers_give_the_funnel_as_json(busy: Needle) -> None:
    found = busy("numbers", "--json").json
    assert (found["since"], found["until"]) == ("2026-08-27", "2026-11-24")
    assert (found["dials"], found["conversations"], found["asks"], found["wins"]) == (10, 8, 8, 1)
    assert (found["seconds"], found["revenue"]) == (90 * 60, 120_000)
    rates = found["rates"]
    assert {
        "conversation_per_dial", "ask_per_conversation", "win_per_conversation", "win_per_dial",
    } <= set(rates)  # fmt: skip
    assert all(set(rate) == RATE for rate in rates.values())
    assert rates["win_per_conversation"] == {
        "successes": 1,
        "trials": 8,
        "value": 0.125,
        "low": pytest.approx(0.0224, abs=0.00005),
        "high": pytest.approx(0.4709, abs=0.00005),
        "can_be_said": False,
    }
    # One dial names its buyer, who was reached on the first try.
    first, *later = found["tries"]
    assert (first["successes"], first["trials"], later) == (1, 1, [None] * 5)
    assert (found["callbacks_kept"], found["meetings_held"]) == (None, None)
    # 1,200 in an hour and a half are 800 an hour, 150 a conversation, 120 a dial.
    assert found["per"] == {
        "revenue_per_hour": 80_000,
        "revenue_per_win": 120_000,
        "revenue_per_conversation": 15_000,
        "revenue_per_dial": 12_000,
        "seconds_per_conversation": 675,
        "seconds_per_win": 5400,
    }
    assert found["activities"][0] == {
        "name": "Sales conversations",
        "rank": 1,
        "seconds": 5400,
        "revenue": 120_000,
        "revenue_per_hour": 80_000,
        "revenue_per_hour_range": [0, 236_797],  # 80,000 ± 1.959964 · 120,000 ÷ 1.5, not below 0
        "payments": 1,
        "can_be_said": False,
        "seconds_share": 1.0,
        "revenue_share": 1.0,
        "archived": False,
    }
    assert found["activities"][1]["revenue_per_hour"] is None
    assert (found["before"], found["contradiction"]) == (None, None)
    assert (found["new_buyers"], found["known_buyers"]) == (1, 0)


def test_numbers_of_a_window(busy: Needle) -> None:
    found = busy("numbers", "--since", "2026-11-20", "--until", "2026-11-21", "--json").json
    assert (found["since"], found["until"]) == ("2026-11-20", "2026-11-21")
    assert (found["dials"], found["conversations"], found["revenue"]) == (2, 0, 0)
    assert found["rates"]["win_per_conversation"] is None
    assert found["rates"]["conversation_per_dial"]["value"] == 0
    assert found["per"]["revenue_per_hour"] is None
    assert busy("numbers", "--until", "yesterday", "--json").json["since"] == "2026-08-26"


def test_numbers_are_told_in_words_where_a_percentage_would_say_too_much(busy: Needle) -> None:
    lines = busy("numbers").lines
    assert lines[0] == "27 Aug – 24 Nov 2026, 90 days"
    (wins,) = [line for line in lines if line.startswith("Wins")]
    assert "1 of 8 settled asks (could be 1 in 2 or 1 in 45)" in wins
    assert "%" not in wins
    assert "Only 1 win: too few to say what a win takes, or what an hour brings." in lines
    assert "An hour with buyers: $800 so far (1 h 30 in all)" in lines
    assert any("1 payment: too few to say (4 more and 8 h 30 more)" in line for line in lines)
    assert any("no money traced" in line for line in lines)
    assert max(map(len, lines)) <= 80


@pytest.mark.usefixtures("begun")
def test_numbers_without_a_call_say_what_is_missing(needle: Needle) -> None:
    ended = needle("numbers")
    assert (ended.code, ended.err) == (0, "")
    assert "No dials in these days: log a call, or choose a longer window." in ended.lines
    assert "nan" not in ended.out
    found = needle("numbers", "--json").json
    assert set(found["rates"].values()) == {None}
    assert set(found["per"].values()) == {None}


def test_names_are_shown_as_they_are(needle: Needle) -> None:
    needle("activity", "add", "Calls [/b] \x1b[31m", "--sales")
    needle("log", "10")
    ended = needle("numbers")
    assert "Calls [/b] ␛[31m" in ended.out
    assert "\x1b" not in ended.out


@pytest.mark.parametrize(
    "line",
    [
        "numbers --since 2026-11-24 --until 2026-11-23",
        "numbers --since soon",
        "goal much",
        "goal -5",
        "goal 0",
        "goal --by 2026-12-31",
        "goal none --by 2026-12-31",
        "goal 100 --by yesterday",
        "goal 100 --by 2999-12-31",
    ],
)
@pytest.mark.usefixtures("begun")
def test_what_cannot_be_meant_is_refused_in_a_sentence(needle: Needle, line: str) -> None:
    ended = needle(*line.split())
    assert ended.code == 2
    assert ended.is_a_sentence
    assert needle("settings", "goal").out == "none\n"


def test_the_worth_of_an_hour(morning: Needle) -> None:
    morning("tick", "film", "--day", "2026-08-01")
    for _ in range(4):
        morning("earn", "1280")
    assert morning("worth", "--json").json["now"] is None
    assert "1 more payment is needed" in " ".join(morning("worth").lines)
    morning("earn", "-500")
    morning("earn", "500", "sales")
    found = morning("worth", "--json").json
    # 5,120 in 64 working days of eight hours.
    assert found["now"] == found["next_week"] == 1_000
    assert found["declared"] is False
    assert found["basis"] == {
        "since": "2026-08-27",
        "until": "2026-11-24",
        "seconds": 512 * 3600,
        "revenue": 512_000,
        "payments": 5,
    }
    assert " ".join(morning("worth").lines).startswith(
        "An hour is worth $10, $3.35 to $16.65 (80 % sure): $5,120 in 5 payments over 512 h of work"
    )


def test_a_declared_worth_is_labelled_so(needle: Needle) -> None:
    needle("settings", "hourly_worth", "50")
    needle("settings", "hourly_worth_next", "60", "from", "2026-12-01")
    found = needle("worth", "--json").json
    assert (found["now"], found["next_week"], found["declared"]) == (5_000, 6_000, True)
    lines = needle("worth").lines
    assert lines[0] == "An hour is worth $50, as you declared."
    assert lines[1] == "A week from now: $60, as you declared."
    assert "From 1 Dec 2026 on: $60, as you declared." in lines


def test_asks_of_the_window_are_told_as_such(busy: Needle) -> None:
    busy("log", "10", "--with", "Umbra", "--outcome", "asked", "--day", "2026-06-01")
    busy("log", "10", "--with", "Iris", "--outcome", "asked")
    (wins,) = [line for line in busy("numbers").lines if line.startswith("Wins")]
    assert wins.endswith("1 of 8 settled asks (could be 1 in 2 or 1 in 45), 1 open")
    assert "2 asks without an answer" in busy("today").lines


def test_a_goal_is_set_shown_moved_and_given_up(busy: Needle) -> None:
    assert busy("goal", "6000").lines[:4] == [
        "At least 2 conversations a day, 5 days left · your quota: 10 on 7 days · at",
        "least 22 min a day.",
        "Goal: $6,000 in November 2026",
        "$1,200 received so far; $4,800 to go.",
    ]
    found = busy("goal", "--json").json
    assert (found["goal"], found["by"], found["monthly"]) == (600_000, "2026-11-30", True)
    # One win of 1,200: four more. At 1 in 8 that is 32 conversations, at least 8.6; one win alone
    # leaves no upper limit.
    assert (found["wins"], found["average_win"]) == (4, 120_000)
    assert found["conversations"] == {"low": 9, "likely": 32, "high": None}
    assert found["working_days"] == 5
    assert found["per_working_day"]["conversations"] == {"low": 2, "likely": 7, "high": None}
    # Ten conversations on each of seven days.
    assert (found["quota"]["due_days"], found["quota"]["conversations"]) == (7, 70)
    assert found["quota"]["reaches"] == "perhaps"
    moved = busy("goal", "--by", "2026-12-31", "--json").json
    assert (moved["goal"], moved["by"], moved["since"]) == (600_000, "2026-12-31", "2026-11-01")
    assert busy("goal", "none").lines[0].startswith("No goal is set")
    assert busy("undo").code == 0
    assert busy("goal", "--json").json["by"] == "2026-12-31"


def test_an_assumed_rate_stands_in_and_is_labelled(morning: Needle) -> None:
    morning("goal", "6000")
    assert morning("goal", "--json").json["gap"] == "no_conversations"
    morning("settings", "assumed_win_rate", "5", "%")
    morning("settings", "assumed_win", "1200")
    found = morning("goal", "--json").json
    assert found["rate"] == {"value": 0.05, "low": 0.05, "high": 0.05, "assumed": True}
    assert found["conversations"] == {"low": 100, "likely": 100, "high": 100}
    assert "Conversations still needed: 100, at the assumed 1 in 20." in morning("goal").lines


@pytest.mark.usefixtures("begun")
def test_the_commands_run_as_programs_and_write_no_talk(program: Needle, forked: Needle) -> None:
    for ended in (program("numbers", "--json"), forked("goal", "500")):
        assert (ended.code, ended.err) == (0, "")
        assert ended.out
