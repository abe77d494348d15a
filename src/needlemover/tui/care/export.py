"""Where all data are exported to: a name, a format, and a second Enter where a file is there."""

import asyncio
import os
from contextlib import closing
from pathlib import Path
from typing import Any

from ...exchange.exporting import export, format_of, must_take_a_file
from ...store.store import Store
from ..kit.fields import choice_field, text_field
from ..kit.form import Form
from ..kit.view import View

_FORMATS = ((None, "by its name"), ("json", "JSON"), ("csv", "CSV, in a zip"))


def ask_export(view: View[Any]) -> None:
    """Ask for a file, and write all data into it."""
    store = view.store

    def save(file: str, kind: str | None) -> None:
        name = format_of(file.strip(), kind)
        path = Path(os.path.expanduser(file.strip())).absolute()
        must_take_a_file(path, store.path)
        if is_taken := os.path.exists(path):
            form.ask_once("file", f"{path} is there already", "Enter again writes over it.")
        view.work(write(path, name, replaces=is_taken))

    async def write(path: Path, name: str, *, replaces: bool) -> None:
        def work() -> str:
            with closing(Store(store.path, store.clock)) as own:  # of this thread
                return export(own, path, name, replaces=replaces)

        try:
            view.say(f"Exported {await asyncio.to_thread(work)} to {path}.")
        except (OSError, ValueError) as error:
            view.say(f"{path} cannot be written: {getattr(error, 'strerror', error)}.", wrong=True)

    folder = "~/Downloads/" if os.path.isdir(os.path.expanduser("~/Downloads")) else "~/"
    first = f"{folder}needle-{store.today}.json"
    fields = [text_field("file", "File", first), choice_field("kind", "Format", _FORMATS)]
    hint = "Enter exports · Tab next · ← → choose"
    form = view.ask(Form("Export all data", fields, save, save_word="Export", hint=hint))
