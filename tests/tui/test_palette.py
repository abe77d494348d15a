"""The palette finds what a person types."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

from textual.command import Hit

from needlemover.exchange.exporting import write
from needlemover.store.store import Store
from needlemover.tui.kit.form import Form
from needlemover.tui.palette import Actions

from .conftest import Drive, Driven, Morning

FOUND = {
    "Leave;": "quit exit close leave",
    "Choose the settings": "currency settings preferences notification config working midnight",
    "Export all": "export download share json",
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
    "Start a call": "call phone ring start hangup outcome",
    "Show the day before": "yesterday",
    "What came from": "sync laptop",
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


async def find(user: Driven, typed: str) -> None:
    """Do what the palette finds first."""
    await user.press("ctrl+p", *typed)
    await user.pilot.pause(0.3)
    await user.press("enter")
    await user.pilot.pause(0.3)


def title(user: Driven) -> str:
    """What the form in front asks."""
    assert isinstance(user.app.screen, Form)
    return user.app.screen.title_text


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


async def test_of_several_that_fit_as_well_the_plainest_comes_first(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await find(user, "days off")
        assert title(user) == "Days off"


async def test_a_word_that_no_action_has_finds_nothing(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        assert await hits(user, "email") == []
        assert (await hits(user, "price"))[0].startswith("Log money")


async def test_over_a_dialog_it_says_that_the_dialog_is_left_first(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("comma", "ctrl+p")
        assert title(user) == "Settings"
        assert user.messages() == ["Esc leaves this first; then ctrl+p finds every action."]


async def test_an_action_of_another_view_is_done_there(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await find(user, "target")
        assert user.app.current_mode == "numbers"
        assert title(user).startswith("The goal")


async def test_days_off_are_taken_over_any_view(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        for view in ("3", "4", "5", "1"):
            await user.press(view)
            before = user.app.current_mode
            await find(user, "holiday")
            assert user.app.current_mode == before
            assert title(user) == "Days off"
            await user.press("escape")
        await find(user, "holiday")
        await user.press(*["backspace"] * 10)
        await user.enter("24 dec")
        (off,) = store.days_off.all()
        assert (off.start, off.end) == (date(2026, 12, 24), date(2026, 12, 24))


async def export_to(user: Driven, typed: str) -> None:
    """Type a path into the dialog that asks for one, and wait for the other thread."""
    await find(user, "export")
    await user.press(*["backspace"] * 40)
    await user.enter(typed)


async def told(user: Driven, words: str) -> bool:
    for _ in range(50):
        if any(words in message for message in user.messages()):
            return True
        await user.pilot.pause(0.05)
    return False


async def test_all_data_are_exported_as_the_command_exports_them(
    drive: Drive, morning: Morning, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "all.json"
    async with drive() as user:
        await export_to(user, str(file))
        assert await told(user, "Exported ")
        assert await told(user, f" to {file}.")
    expected = BytesIO()
    write(store, "json", expected)
    assert file.read_bytes() == expected.getvalue()


async def test_an_export_asks_before_it_writes_over_a_file(
    drive: Drive, morning: Morning, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    file.write_text("mine")
    async with drive() as user:
        await export_to(user, str(file))
        assert "is there already: Enter again writes over it." in user.screen_text()
        assert file.read_text() == "mine"
        await user.press("enter")
        assert await told(user, f" to {file}.")
    assert is_zipfile(file)


async def test_an_export_never_writes_over_the_data_or_into_no_folder(
    drive: Drive, morning: Morning, store: Store, tmp_path: Path
) -> None:
    async with drive() as user:
        for typed, said in (
            (str(store.path), "holds your data"),
            (str(tmp_path / "none" / "a.json"), "There is no folder"),
            (str(tmp_path / "a.csv"), "CSV is exported as a zip"),
        ):
            await export_to(user, typed)
            assert said in user.screen_text()
            await user.press("escape", "escape")
        assert store.activities.all()
