"""Makes the pictures in screenshots/ from the real app on the sample data.

By hand, in the repository: `.venv/bin/python tests/screenshots.py`. The clock stands still on a
Tuesday afternoon, so that the same app makes the same pictures.
"""

import asyncio
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from conftest import SetClock, without_web_fonts
from needlemover import demo
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

FOLDER = Path(__file__).parent.parent / "screenshots"
NOW = datetime(2026, 11, 24, 15, 40)
CALL_SO_FAR = timedelta(minutes=3, seconds=12)


async def picture(name: str, size: tuple[int, int], *keys: str, calling: bool = False) -> None:
    """Open the app, press keys, save what it shows."""
    clock = SetClock(NOW)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        demo.build(path, clock)
        store = Store(path, clock)
        if calling:
            store.timer.start(contact="Acme Corp", at=clock.now() - CALL_SO_FAR, watched=True)
        app = NeedleApp(store, clock)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            drawn = without_web_fonts(app.export_screenshot(title="needle"))
        store.close()
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(drawn, encoding="utf-8")
    print(f"screenshots/{name}")


async def main() -> None:
    """All pictures."""
    await picture("today.svg", (120, 36))
    await picture("today-80.svg", (80, 24))
    await picture("progress.svg", (120, 40), "2", "tab", "left")
    await picture("numbers.svg", (120, 40), "3")
    await picture("delegate.svg", (120, 40), "4", "j")
    await picture("buyers.svg", (120, 40), "5", "j", "j")
    await picture("call.svg", (120, 36), calling=True)


if __name__ == "__main__":
    asyncio.run(main())
