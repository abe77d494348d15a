"""Upper limits by commands: promised, passed and seen."""

from datetime import timedelta

from time_machine import Traveller

from .conftest import Needle


def line_of(needle: Needle, *arguments: str) -> str:
    return next(line for line in needle("today", *arguments).lines if "Social media" in line)


def social(needle: Needle, *arguments: str) -> dict[str, object]:
    answer = needle("today", "--json", *arguments).json
    return next(item for item in answer["activities"] if item["name"] == "Social media")


def test_a_limit_is_promised_kept_and_passed(morning: Needle, now: Traveller) -> None:
    added = morning("activity", "add", "Social media", "--at-most", "30m", "--days", "daily")
    assert added.err == "Added “Social media”: at most 30 min, daily; it holds from today.\n"
    assert morning("activity", "list").lines[-1].endswith("at most 30 min, daily")
    now.shift(timedelta(days=1))
    assert morning("log", "10", "social").err == "Logged 10 min (“Social media”).\n"
    assert "· Social media" in line_of(morning)
    assert "10/30 min at most" in line_of(morning)
    assert social(morning) == {
        "name": "Social media", "rank": 4, "seconds": 600, "count": 1, "due": False, "met": None,
        "quota_seconds": 1800, "quota_count": None, "rule": "all", "at_most": True,
        "streak": {"current": 0, "best": 0},
    }  # fmt: skip
    assert morning("status", "--json").json["can_be_won"] is True
    passed = morning("log", "20m30", "social")
    assert passed.err == (
        "Logged 20 min 30 s (“Social media”).\n“Social media” is over its limit of 30 min.\n"
    )
    assert "! Social media" in line_of(morning)
    assert "31/30 min · over" in line_of(morning)
    assert (social(morning)["due"], social(morning)["met"]) == (True, False)
    assert morning("status").code == 4
    assert morning("status", "--json").json["can_be_won"] is False


def test_what_a_timer_measured_is_said_to_be_over(morning: Needle, now: Traveller) -> None:
    morning("activity", "add", "Social media", "--at-most", "30")
    now.shift(timedelta(days=1))
    morning("start", "social")
    now.shift(timedelta(minutes=40))
    assert morning("stop").err.splitlines()[-1] == ("“Social media” is over its limit of 30 min.")


def test_a_kept_day_counts_when_it_is_over(morning: Needle, now: Traveller) -> None:
    morning("activity", "add", "Social media", "--at-most", "30", "--days", "daily")
    morning("tick", "film")
    now.shift(timedelta(days=1))
    assert "✓ Social media" in line_of(morning, "--day", "yesterday")
    assert social(morning)["streak"] == {"current": 1, "best": 1}
    now.shift(timedelta(days=21))
    assert social(morning)["streak"] == {"current": 1, "best": 1}


def test_it_is_eased_from_tomorrow_and_by_minutes_it_is_a_quota_again(
    morning: Needle, now: Traveller
) -> None:
    morning("activity", "add", "Social media", "--at-most", "30")
    now.shift(timedelta(days=1))

    def edited(*arguments: str) -> str:
        return morning("activity", "edit", "social", *arguments).err

    said = "Changed “Social media”: {}, Mon to Fri; it holds from {}.\n"
    assert edited("--at-most", "20") == said.format("at most 20 min", "today")
    assert edited("--at-most", "30") == (
        "Changed “Social media”: at most 30 min, Mon to Fri, as it was.\n"
    )
    assert edited("--at-most", "40") == said.format("at most 40 min", "tomorrow")
    assert edited("--minutes", "40") == said.format("40 min", "tomorrow")


def test_what_is_no_limit_is_refused(morning: Needle) -> None:
    for arguments in (
        ("--at-most", "30", "--minutes", "30"),
        ("--at-most", "30", "--count", "2"),
        ("--at-most", "30", "--days", "weekly"),
        ("--at-most", "0"),
        ("--at-most", "30", "--sales"),
    ):
        refused = morning("activity", "add", "Social media", *arguments)
        assert (refused.code, refused.is_a_sentence) == (2, True), arguments
    assert "Social media" not in morning("activity", "list").out
