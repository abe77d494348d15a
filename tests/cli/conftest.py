"""Running needle: in this process at a set time, and as a program of its own on a real file."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from needlemover.__main__ import main
from needlemover.clock import Clock
from needlemover.files import make_folder
from needlemover.store.store import Store

from ..conftest import AFTERNOON, BERLIN
from ..forked import instead

NOW = AFTERNOON.replace(tzinfo=BERLIN)


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def is_a_sentence(self) -> bool:
        """Whether it told one plain thing and nothing of the machine."""
        return (
            len(self.err.splitlines()) == 1
            and self.err.rstrip().endswith((".", ")", "?"))
            and "Traceback" not in self.err
            and "should not" not in self.err
        )


Needle = Callable[..., Ended]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the commands use; it is not there yet."""
    path = tmp_path / "data" / "needle.db"
    monkeypatch.setenv("NEEDLE_DB", str(path))
    monkeypatch.delenv("NEEDLE_DEBUG", raising=False)
    return path


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """A Tuesday, 15:40 in Berlin."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def needle(
    database: Path, now: time_machine.Traveller, capsys: pytest.CaptureFixture[str]
) -> Needle:
    """Run a command in this process."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> Ended:
        capsys.readouterr()
        with patch.dict(os.environ, env or {}):
            try:
                code = main(arguments)
            except SystemExit as done:  # a shell has been told what it asked
                code = int(done.code or 0)
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return run


@pytest.fixture
def program(database: Path) -> Needle:
    """Run a command as a program of its own."""

    def run(*arguments: str | bytes, env: dict[str, str] | None = None, **options: Any) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "needlemover", *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(env or {})},
            timeout=60,
            check=False,
            **options,
        )
        return Ended(
            done.returncode,
            done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"),
        )

    return run


@pytest.fixture
def forked(database: Path) -> Needle:
    """Run a command in a process of its own where its start has been tried already."""

    def run(*arguments: str) -> Ended:
        done = subprocess.run(
            ["needle"],
            preexec_fn=instead(lambda: main(arguments)),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def begun(database: Path) -> None:
    """The file is there, with nothing in it yet."""
    Store(database, Clock()).close()


def made_by(path: Path, *lines: Sequence[str]) -> list[int]:
    """Make a file, to be copied, by commands on that Tuesday: how each of them ended."""
    with pytest.MonkeyPatch.context() as monkey, time_machine.travel(NOW, tick=False):
        monkey.setenv("NEEDLE_DB", str(path))
        return [main(line) for line in lines]


def put_in_place(kept: Path, database: Path) -> None:
    """Use a copy of a file."""
    make_folder(database.parent)
    copy(kept, database)  # with its permissions


@pytest.fixture(scope="session")
def kept_morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three activities: sales (60 min and 10 conversations), a film (a tick), both daily, and a
    newsletter that is not due on a Tuesday. The file is to be copied."""
    path = tmp_path_factory.mktemp("morning") / "needle.db"
    ended = made_by(
        path,
        ("activity", "add", "Sales conversations", "--sales", "--minutes=60", "--count=10",
         "--days=daily"),
        ("activity", "add", "Film one video", "--days=daily"),
        ("activity", "add", "Newsletter", "--days=mon,wed"),
    )  # fmt: skip
    assert ended == [0] * 3
    return path


@pytest.fixture
def morning(kept_morning: Path, database: Path, needle: Needle) -> Needle:
    """A file with these activities."""
    put_in_place(kept_morning, database)
    return needle
