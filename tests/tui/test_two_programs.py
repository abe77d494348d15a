"""The app and the commands on one file at once."""

import asyncio
import subprocess
import sys
from pathlib import Path

from needlemover.clock import Clock
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import terms
from .conftest import Driven


async def test_the_app_and_the_commands_work_on_one_file_at_once(tmp_path: Path) -> None:
    clock = Clock()
    store = Store(tmp_path / "needle.db", clock)
    store.activities.add("Sales", terms(60), is_sales=True)
    store.activities.add("Film", terms())
    store.begin_use()

    def needle(*words: str) -> int:
        command = [sys.executable, "-m", "needlemover", "--db", str(store.path), *words]
        return subprocess.run(command, check=False, capture_output=True).returncode

    app = NeedleApp(store, clock)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        user = Driven(app, pilot)
        command = asyncio.to_thread(needle, "log", "12", "--with", "Acme")
        logging = asyncio.create_task(command)
        while not logging.done():
            await user.press("x")
            await asyncio.sleep(0.05)
        assert await logging == 0
        assert await asyncio.to_thread(needle, "tick", "Film") == 0
        await user.follow()
        text = user.screen_text()
        assert "Acme" in text
        assert "1 of 2 done" in text
        assert await asyncio.to_thread(needle, "start", "--with", "Lumen") == 0
        await user.follow()
        assert "talking to Lumen" in user.screen_text()
        assert await asyncio.to_thread(needle, "undo") == 0
        await user.follow()
        assert "talking to Lumen" not in user.screen_text()
    sales = store.day().sales
    assert sales is not None
    unanswered = sum(entry.outcome == "no_answer" for entry in store.day().entries)
    assert unanswered >= 1
    assert (sales.conversations, sales.dials) == (1, unanswered + 1)
    store.close()
