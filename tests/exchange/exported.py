"""Exporting by the command, and what hands do to an export."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..cli.conftest import Ended, Needle

On = Callable[..., Ended]


@pytest.fixture
def on(needle: Needle, tmp_path: Path) -> On:
    """Run a command on another file: `on("b", "today")`."""

    def run(name: str, *arguments: str) -> Ended:
        return needle("--db", str(tmp_path / f"{name}.db"), *arguments)

    return run


def export(needle: Needle, path: Path, *more: str) -> Path:
    said = needle("export", str(path), *more)
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("Exported ")
    return path


def edited(path: Path, change: Callable[[Any], object]) -> str:
    """The same export with a change by hand."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    return str(path)


def repacked(path: Path, name: str, change: Callable[[str], str]) -> str:
    """The same zip with a file in it changed by hand."""
    with zipfile.ZipFile(path) as archive:
        parts = {item: archive.read(item).decode("utf-8-sig") for item in archive.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w") as archive:
        for item, text in parts.items():
            archive.writestr(item, text)
    return str(path)
