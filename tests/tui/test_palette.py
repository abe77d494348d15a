"""The palette finds what a person types."""

from textual.command import Hit

from needlemover.store.store import Store
from needlemover.tui.kit.form import Form
from needlemover.tui.palette import Actions

from .conftest import Drive, Driven, Morning

FOUND = {
    "Leave;": "quit exit close leave",
    "Choose currency": "currency settings preferences options notification config working",
    "Import": "import csv excel spreadsheet hubspot upload",
    "Take days off": "holiday vacation sick leave off",
    "Put the activity away": "archive retire",
    "Look back": "review weekly monthly retrospective",
    "Delete": "delete remove",
    "Show what the keys do": "help keys shortcuts manual",
    "Go back to a backup": "restore recover",
    "Back up now": "backup",
    "Check the data": "check verify integrity damage",
    "Theme": "theme dark light colors look",
    "Undo": "undo mistake revert",
    "Redo": "redo",
    "Show what undo": "history journal changes",
    "Start a call": "call phone ring start",
    "Call the next": "next",
    "Count a call": "unanswered voicemail missed",
    "Log a call": "log time past",
    "Log money": "money payment refund invoice earn",
    "Add a non-negotiable": "add new create habit",
    "Settle asks": "offers deals pending",
    "Say when": "callback reminder appointment follow",
    "Park": "park idea todo",
    "Set the money": "goal target",
    "Declare what your hour": "hour worth salary",
    "Weigh": "delegate hire outsource",
    "Merge": "merge duplicates",
    "Never": "never blacklist",
    "Find": "search find",
    "Copy": "copy number",
    "Show Buyers": "contacts leads customers buyers",
    "Show Numbers": "statistics funnel rates",
    "Show Progress": "streak calendar chart progress",
    "Show Today": "today home",
    "Begin a call block": "block focus pomodoro",
    "Edit": "edit rename change",
    "Rank the activity higher": "rank order priority",
}  # the action that must stand among the first three


async def hits(user: Driven, typed: str) -> list[str]:
    provider = Actions(user.app.screen)
    found = [hit async for hit in provider.search(typed) if isinstance(hit, Hit)]
    return [str(hit.match_display) for hit in sorted(found, key=lambda hit: -hit.score)]


async def test_the_palette_finds_what_people_type(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        found = {word: await hits(user, word) for words in FOUND.values() for word in words.split()}
    missed = {
        word: found[word][:3]
        for title, words in FOUND.items()
        for word in words.split()
        if not any(hit.startswith(title) for hit in found[word][:3])
    }
    assert missed == {}


async def test_an_action_of_another_view_is_done_there(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("ctrl+p", *"holiday")
        await user.pilot.pause(0.3)
        await user.press("enter")
        await user.pilot.pause(0.5)
        assert user.app.current_mode == "progress"
        assert isinstance(user.app.screen, Form)
        assert "off" in user.app.screen.title_text


async def test_settings_are_chosen_in_the_app_as_one_change(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("comma")
        await user.press(*["backspace"] * 8, *"eur", "tab")
        await user.press(*["backspace"] * 30, *"08:00-16:00 mon-thu", "enter")
        assert store.choices.typed()["currency"] == "EUR"
        assert store.choices.typed()["working_day"].startswith("08:00")
        await user.press("u")
        assert store.choices.typed()["currency"] == "USD"
        assert store.choices.typed()["working_day"].startswith("09:00")


async def test_a_wrong_setting_is_said_and_nothing_changed(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("comma", *["backspace"] * 8, *"doubloons", "enter")
        assert "type its three letters" in user.screen_text()
        assert store.choices.typed()["currency"] == "USD"
