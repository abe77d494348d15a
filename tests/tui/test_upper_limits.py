"""Upper limits in Today, in the form, and said at once when they are over."""

from datetime import timedelta

from needlemover.domain.promises.commitment import Terms
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock
from .conftest import TODAY, Drive, Morning
from .test_weekly import line_with

OVER = "“Social media” is over its limit of 30 min."


def at_most(minutes: int) -> Terms:
    return Terms(frozenset(range(7)), minutes * 60, at_most=True)


def fill_limits(store: Store) -> tuple[int, int]:
    """At most half an hour of social media, which is over, and an hour of news, which is kept."""
    start = TODAY - timedelta(days=7)
    social = store.activities.add("Social media", at_most(30), start=start).id
    news = store.activities.add("The news", at_most(60), start=start).id
    store.entries.log(NewEntry(social, seconds=2100))
    store.entries.log(NewEntry(news, seconds=600))
    return social, news


async def test_the_checklist_shows_what_is_over_and_what_is_kept(
    drive: Drive, morning: Morning, store: Store
) -> None:
    fill_limits(store)
    async with drive() as user:
        assert line_with(user, "Social media") == "5 ! Social media 35/30 min · over 5 d"
        assert line_with(user, "The news") == "6 □ The news 10/60 min at most 5 d"
        assert user.messages() == []


async def test_it_is_said_once_when_what_is_logged_passes_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    social = store.activities.add("Social media", at_most(30), start=TODAY - timedelta(days=7)).id
    async with drive() as user:
        await user.follow()
        for seconds, said in ((1800, []), (60, [OVER]), (60, [OVER])):
            store.entries.log(NewEntry(social, seconds=seconds))
            await user.follow()
            assert user.messages() == said


async def test_it_is_said_at_once_while_the_timer_runs(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    social = store.activities.add("Social media", at_most(30), start=TODAY - timedelta(days=7)).id
    store.timer.start(social)
    async with drive() as user:
        await user.talk(clock, 1800)
        assert user.messages() == []
        await user.talk(clock, 30)
        assert user.messages() == [OVER]


async def test_the_form_makes_a_limit_and_a_quota_of_it_again(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("a")
        await user.type("Social media")
        await user.press("tab", "tab")
        await user.type("30")
        await user.press("tab", "tab", "right", "right")
        assert "‹ at most the minutes ›" in user.screen_text()
        await user.press("enter")
        social = store.activities.all()[-1]
        assert social.timeline[-1].terms == Terms(seconds=1800, at_most=True)
        await user.press(*["down"] * 4, "e", *["tab"] * 4)
        assert "‹ at most the minutes ›" in user.screen_text()
        await user.press("right", "enter")
    assert store.activities.all()[-1].timeline[-1].terms == Terms(seconds=1800)
