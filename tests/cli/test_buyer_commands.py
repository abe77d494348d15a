"""needle next, due, callback, contact."""

import pytest
from time_machine import Traveller

from .conftest import Needle
from .test_bad_input import NAMES


@pytest.fixture
def buyers(morning: Needle) -> Needle:
    """Two on the list, in this order."""
    morning("contact", "add", "Iris Labs", "--phone", "+49 30 5550100", "--note", "likes mornings")
    morning("contact", "add", "Fjord Logistics")
    return morning


def names(lines: list[str]) -> list[str]:
    return [line[:26].rstrip() for line in lines]


ALL = ["Fjord Logistics", "Iris", "Iris Labs"]


def test_a_callback_is_set_said_moved_and_dropped(morning: Needle) -> None:
    ended = morning("callback", "Acme Corp", "thu", "14:00", "--note", "after the board")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "Call back “Acme Corp” Thu 26 Nov 14:00, who is new.\n"
    said = morning("callback", "acme")
    assert names(said.lines) == ["Acme Corp"]
    assert said.out[46:].strip().startswith("call Thu 26 Nov 14:00 “after")
    assert morning("callback", "acme", "+7").err == "Call back “Acme Corp” Tue 1 Dec.\n"
    day = morning("due", "--day", "2026-12-01", "--json").json
    assert [item["promised"]["note"] for item in day["due"]] == ["after the board"]
    assert morning("due", "--day", "2026-11-26", "--json").json["due"] == []
    assert morning("callback", "acme", " ").code == 0
    assert morning("callback", "acme", "drop").err == "Dropped: Call back “Acme Corp” Tue 1 Dec.\n"
    ended = morning("callback", "acme")
    assert (ended.code, ended.err) == (1, "Nothing is promised to “Acme Corp”.\n")
    assert morning("callback", "acme", "drop").code == 1


def test_a_meeting_has_a_day(morning: Needle) -> None:
    ended = morning("callback", "Acme", "--meeting")
    assert ended.code == 2
    assert ended.is_a_sentence
    assert morning("contact", "list").out == ""
    assert morning("callback", "Acme", "16:30", "--meeting").err == (
        "Meet “Acme” today 16:30, who is new.\n"
    )
    (meeting,) = morning("due", "--json").json["due"]
    assert meeting["promised"] == {
        "kind": "meeting", "day": "2026-11-24", "note": "", "at": "16:30"
    }  # fmt: skip


@pytest.mark.parametrize("when", ["yesterday", "-3", "15:39 today", "someday", "99", "24:61", " "])
def test_a_callback_in_the_past_or_on_no_day_changes_nothing(morning: Needle, when: str) -> None:
    ended = morning("callback", "Acme", when)
    assert ended.code in (1, 2)
    assert ended.is_a_sentence
    assert morning("contact", "list").out == ""


def test_who_asked_never_to_be_called_gets_no_callback(buyers: Needle) -> None:
    assert buyers("contact", "never", "iris").err == "“Iris Labs” is never to be called.\n"
    ended = buyers("callback", "iris", "tomorrow")
    assert (ended.code, ended.err) == (1, "“Iris Labs” asked not to be called.\n")
    assert buyers("next", "--json").json["next"]["name"] == "Fjord Logistics"
    assert buyers("contact", "never", "iris", "--off").code == 0
    assert buyers("next", "--json").json["next"]["name"] == "Iris Labs"


def test_next_is_what_is_due_then_late_then_of_today_then_the_list(
    buyers: Needle, now: Traveller
) -> None:
    buyers("callback", "Late", "+1")
    now.shift(2 * 86400)
    for name, when in (
        ("Due", "today 15:40"),
        ("Coming", "16:30"),
        ("Today", "today"),
        ("Later", "+1"),
    ):
        assert buyers("callback", name, when).code == 0
    found = buyers("next", "--json").json
    assert [found["next"]["name"], *(item["name"] for item in found["then"])] == [
        "Due", "Late", "Today", "Coming", "Iris Labs", "Fjord Logistics"
    ]  # fmt: skip
    assert [found["next"]["why"], *(item["why"] for item in found["then"])] == [
        "due", "late", "today", "today", "list", "list"
    ]  # fmt: skip
    assert found["version"] == 1


def test_next_says_what_is_known(buyers: Needle) -> None:
    buyers("log", "0", "--with", "Iris Labs", "--outcome", "no_answer", "--day", "2026-11-19",
           "--note", "ringing")  # fmt: skip
    buyers("contact", "never", "fjord")
    ended = buyers("next")
    assert ended.code == 0
    assert ended.lines == [
        "Iris Labs  +49 30 5550100",
        "on the list · 2nd try",
        "note: likes mornings",
        "19 Nov 2026: no answer “ringing”",
    ]
    (last,) = buyers("next", "--json").json["next"]["last"]
    assert last == {
        "day": "2026-11-19", "outcome": "no_answer", "seconds": 0, "amount": None, "note": "ringing"
    }  # fmt: skip


@pytest.mark.parametrize("line", [("next",), ("next", "--json")])
def test_nobody_to_call_is_said(morning: Needle, line: tuple[str, ...]) -> None:
    morning("callback", "Acme", "16:30")
    ended = morning(*line)
    assert (ended.code, ended.out) == (1, "")
    assert ended.is_a_sentence


def test_due_begins_with_what_is_late_today_alone(morning: Needle, now: Traveller) -> None:
    morning("callback", "Zeta", "tomorrow")
    now.shift(3 * 86400)
    morning("callback", "Acme", "today")
    ended = morning("due")
    assert names(ended.lines) == ["Zeta", "Acme"]
    assert ended.lines[0].endswith("call 2 days late")
    assert ended.lines[1].endswith("call today")
    assert names(morning("due", "--day", "2026-11-25").lines) == ["Zeta"]
    empty = morning("due", "--day", "tomorrow")
    assert (empty.code, empty.out) == (0, "")
    assert empty.err == "No call or meeting is promised for Saturday 28 November 2026.\n"


def test_contacts_are_listed_shown_changed_and_joined(buyers: Needle) -> None:
    buyers("log", "12", "--with", "Iris", "--outcome", "meeting_set")
    assert sorted(names(buyers("contact", "list").lines)) == [
        "Fjord Logistics",
        "Iris",
        "Iris Labs",
    ]
    ended = buyers("contact", "merge", "iris", "iris labs")
    assert ended.err == "Joined “Iris” into “Iris Labs”.\n"
    ended = buyers("contact", "edit", "iris", "--name", "Iris Laboratories", "--phone", "030 12345")
    assert ended.err == "Changed “Iris Laboratories”.\n"
    assert buyers("contact", "show", "iris").lines == [
        "Iris Laboratories  030 12345",
        "nothing promised",
        "note: likes mornings",
        "24 Nov 2026: 12 min, meeting set",
    ]
    assert buyers("undo").code == 0
    assert buyers("undo").code == 0
    assert sorted(names(buyers("contact", "list").lines)) == [
        "Fjord Logistics",
        "Iris",
        "Iris Labs",
    ]


def test_contacts_are_given_as_json(buyers: Needle) -> None:
    buyers("log", "12", "--with", "Fjord Logistics", "--day", "2026-11-20")
    buyers("log", "0", "--with", "Fjord Logistics", "--outcome", "no_answer", "--note", "busy")
    buyers("callback", "fjord", "thu", "14:00", "--note", "after the board")
    buyers("contact", "never", "iris")
    found = buyers("contact", "list", "--json").json
    assert found["version"] == 1
    fjord, iris = found["contacts"]
    assert fjord == {
        "name": "Fjord Logistics", "phone": "", "note": "", "never": None, "tries": 1,
        "last_dial": "2026-11-24", "last_talk": "2026-11-20", "asked_on": None, "offer": None,
        "promised": {"kind": "call", "day": "2026-11-26", "at": "14:00",
                     "note": "after the board"},
    }  # fmt: skip
    assert (iris["phone"], iris["note"]) == ("+49 30 5550100", "likes mornings")
    assert (iris["never"], iris["promised"]) == ("2026-11-24", None)
    shown = buyers("contact", "show", "fjord", "--json").json["contact"]
    assert [(item["day"], item["outcome"], item["note"]) for item in shown.pop("last")] == [
        ("2026-11-24", "no_answer", "busy"), ("2026-11-20", "talked", ""),
    ]  # fmt: skip
    assert shown == fjord


@pytest.mark.parametrize(
    "line",
    [
        "contact show nobody",
        "contact edit iris",
        "contact edit iris --phone later_perhaps",
        "contact add",
        "contact add iris\tlabs",
        "contact merge iris iris",
        "contact merge iris nobody",
        "contact never nobody",
        "callback nobody",
        "callback iris drop --meeting",
    ],
)
def test_what_cannot_be_done_is_a_sentence(buyers: Needle, line: str) -> None:
    before = buyers("contact", "list").out
    ended = buyers(*line.split(" "))
    assert ended.code in (1, 2)
    assert ended.is_a_sentence
    assert buyers("contact", "list").out == before


@pytest.mark.parametrize("name", [*NAMES, "=SUM(A1)", "-5", "[/"])
def test_any_name_of_a_buyer_is_data(morning: Needle, name: str) -> None:
    ended = [
        morning("contact", "add", name, "--note", name),
        morning("callback", name, "today", "--note", name),
        morning("next"),
        morning("due"),
        morning("contact", "list"),
        morning("contact", "show", name),
    ]
    assert [item.code for item in ended] == [0] * 6
    for item in ended:
        assert not {sign for sign in item.out + item.err if ord(sign) < 32} - {"\n"}
    assert morning("next", "--json").json["next"]["name"] == " ".join(name.split())
    assert morning("callback", name, "drop").code == 0


def test_start_next_calls_the_next_one(buyers: Needle) -> None:
    assert "with “Iris Labs”" in buyers("start", "--next").err
    assert buyers("today", "--json").json["running"]["contact"] == "Iris Labs"
    buyers("stop", "--outcome", "no_answer")
    assert "with “Fjord Logistics”" in buyers("start", "--next").err
    buyers("stop", "--outcome", "no_answer")
    ended = buyers("start", "--next")
    assert ended.code == 1, "nobody twice on one day"
    assert ended.is_a_sentence
    assert buyers("start", "--next", "--with", "Iris Labs").code == 2
    assert buyers("today", "--json").json["running"] is None


def test_stop_back_logs_the_call_and_promises_another_in_one_change(morning: Needle) -> None:
    morning("callback", "Acme", "today", "--note", "by the board")
    morning("start", "--with", "Acme")
    ended = morning("stop", "--back", "thu 14:00")
    assert ended.code == 0
    assert ended.err.endswith("Call back “Acme” Thu 26 Nov 14:00.\n")
    (due,) = morning("due", "--day", "2026-11-26", "--json").json["due"]
    assert due["promised"] == {"kind": "call", "day": "2026-11-26", "note": "", "at": "14:00"}
    assert morning("today", "--json").json["sales"]["conversations"] == 1
    assert morning("undo").code == 0
    (due,) = morning("due", "--json").json["due"]
    assert due["promised"]["note"] == "by the board"
    assert morning("today", "--json").json["running"]["contact"] == "Acme"


def test_a_meeting_that_was_set_is_promised_as_a_meeting(morning: Needle) -> None:
    morning("start")
    morning("stop", "--outcome", "meeting_set", "--with", "Acme", "--back", "fri 10:00")
    (due,) = morning("due", "--day", "fri", "--json").json["due"]
    assert (due["name"], due["promised"]["kind"]) == ("Acme", "meeting")


@pytest.mark.parametrize(
    "more", [("--back", "someday"), ("--back", "yesterday"), ("--back", "fri")]
)
def test_what_cannot_be_promised_stops_nothing(morning: Needle, more: tuple[str, ...]) -> None:
    morning("start")
    ended = morning("stop", *more)
    assert ended.code == 2
    assert ended.is_a_sentence
    assert morning("today", "--json").json["running"] is not None
    assert morning("today", "--json").json["sales"]["dials"] == 0


def test_who_asked_never_to_be_called_stops_nothing(buyers: Needle) -> None:
    buyers("start", "--with", "Iris Labs")
    buyers("contact", "never", "iris")
    ended = buyers("stop", "--back", "fri")
    assert (ended.code, ended.err) == (1, "“Iris Labs” asked not to be called.\n")
    assert buyers("today", "--json").json["running"]["contact"] == "Iris Labs"


def test_what_has_no_buyer_is_not_called_back(morning: Needle) -> None:
    morning("start", "film")
    ended = morning("stop", "--back", "fri")
    assert ended.code == 2
    assert ended.is_a_sentence
    assert morning("today", "--json").json["running"] is not None


def test_a_dial_without_an_answer_moves_the_callback_and_says_so(morning: Needle) -> None:
    morning("callback", "Acme", "today")
    ended = morning("log", "0", "--with", "Acme", "--outcome", "no_answer")
    assert ended.err.splitlines()[1] == "Call back “Acme” Wed 25 Nov."
    morning("callback", "Zeta", "today")
    morning("start", "--with", "Zeta")
    ended = morning("stop", "--outcome", "voicemail")
    assert ended.err.splitlines()[1] == "Call back “Zeta” Wed 25 Nov."


def test_a_buyer_in_the_place_of_an_activity_is_told_from_it(buyers: Needle) -> None:
    ended = buyers("log", "12", "iris")
    assert (ended.code, ended.err) == (
        2, "“iris” is a contact and no activity: type --with \"Iris Labs\".\n"
    )  # fmt: skip
    buyers("contact", "add", "Acme")
    assert buyers("start", "acme").err.endswith("type --with Acme.\n")
    assert "did you mean" in buyers("log", "12", "nobody").err
    buyers("contact", "add", "Film AG")
    assert buyers("log", "12", "film").code == 0, "an activity goes before a buyer"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("needle log 12 --with ", ["Fjord\\ Logistics", "Iris\\ Labs", "Zeta"]),
        ("needle contact show i", ["iris\\ Labs"]),
        ("needle contact merge Zeta f", ["fjord\\ Logistics"]),
    ],
)
def test_a_shell_is_offered_the_buyers_by_name(
    buyers: Needle, words: str, offered: list[str]
) -> None:
    for name in ("Zeta", "\x1b[31m"):
        assert buyers("contact", "add", name).code == 0
    word = str(len(words.split(" ")) - 1)
    asked = {"_NEEDLE_COMPLETE": "complete_bash", "COMP_CWORD": word, "COMP_WORDS": words}
    assert sorted(buyers(env=asked).lines) == offered


def test_another_shell_is_offered_them_too(buyers: Needle) -> None:
    shell = {
        "_NEEDLE_COMPLETE": "complete_zsh",
        "_TYPER_COMPLETE_ARGS": "needle log 12 --with iris",
    }
    assert '"iris Labs"' in buyers(env=shell).out


def test_who_was_asked_today_was_asked_today(morning: Needle) -> None:
    morning("log", "5", "--with", "Acme", "--outcome", "asked", "--amount", "5000")
    assert morning("contact", "show", "acme").lines[1] == "asked $5,000 today"


def test_a_name_that_does_not_show_is_refused(morning: Needle) -> None:
    for name in ("\u200b", "\u202e"):
        ended = morning("contact", "add", name)
        assert (ended.code, ended.err) == (2, "A contact needs a name: type one.\n")
    assert morning("contact", "list").out == ""


def test_after_six_dials_it_is_said_how_to_let_go(buyers: Needle) -> None:
    dial = ("log", "0", "--with", "Iris Labs", "--outcome", "no_answer")
    told = "6 dials and no conversation: needle contact drop NAME lets go.\n"
    said = [told in buyers(*dial).err for _ in range(7)]
    assert said == [False] * 5 + [True, False]
    assert buyers("contact", "drop", "iris l").err == "Let go of “Iris Labs”.\n"
    assert buyers("next", "--json").json["next"]["name"] == "Fjord Logistics"
    assert buyers("contact", "add", "Iris Labs").code == 0
