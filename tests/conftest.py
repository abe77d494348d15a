"""What the tests are built with: a clock that can be set, and a store on a real file."""

import gc
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from needlemover import demo
from needlemover.clock import Clock
from needlemover.domain.promises.commitment import (
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    Commitment,
    Rule,
    Terms,
)
from needlemover.files import behind_links
from needlemover.store import connections, file, opened
from needlemover.store.store import Store

BERLIN = ZoneInfo("Europe/Berlin")
AFTERNOON = datetime(2026, 11, 24, 15, 40)
"""A Tuesday."""

# The terminal of the tests has all colours, whichever they run on.
os.environ["COLORTERM"] = "truecolor"

# The same examples in every run, and no limit on their time: a slow computer fails no test. With
# 20 of them already, tests/mutation finds the faults that it makes.
# By hand `pytest --hypothesis-profile thorough` tries many times as many.
settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=25)
settings.register_profile("thorough", settings.get_profile("steady"), max_examples=500)
settings.load_profile("steady")


def some_examples(number: int) -> settings:
    """For a property whose examples take long: so many where others try 50, by hand more."""
    return settings(max_examples=number * settings.default.max_examples // 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The pictures of the screens in tests/tui/pictures can be taken anew."""
    what = "keep the text pictures of the screens as they are now, drop those no test asks for"
    parser.addoption("--take-pictures", action="store_true", help=what)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A worker that has nothing left takes over half of what another still has before it."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Of two workers one loads all tests from their end: each compiles a half of them for both."""
    folder = Path(__file__).parent
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw1" and session.config.args == [folder.name]:
        for path in sorted(folder.rglob("test_*.py"), reverse=True):
            import_module(".".join(path.relative_to(folder.parent).with_suffix("").parts))


def pytest_make_parametrize_id(val: object) -> str | None:
    """A text of many thousand letters is named by how long it is: each report repeats the name."""
    if isinstance(val, str | bytes) and len(val) > 200:
        return f"{len(val)} of {type(val).__name__}"
    return None


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: no garbage is looked for in it, and seldom in all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


class SetClock(Clock):
    """A clock that shows what the test says, in the zone that it says."""

    def __init__(self, local: datetime, zone: tzinfo = BERLIN) -> None:
        self._zone = zone
        self._now = local.replace(tzinfo=zone).astimezone(UTC)
        self.complaints: list[str] = []

    def real_now(self) -> datetime:
        return self._now

    def zone(self) -> tzinfo:
        return self._zone

    def complaint(self) -> str:
        return self.complaints.pop() if self.complaints else ""

    def set(self, local: datetime, zone: tzinfo | None = None) -> None:
        """Show another local time, and from now on another zone."""
        self._zone = zone or self._zone
        self._now = local.replace(tzinfo=self._zone).astimezone(UTC)

    def pass_by(self, **length: float) -> None:
        """Let time pass: `clock.pass_by(minutes=12)`."""
        self._now += timedelta(**length)


def terms(
    minutes: int | None = None,
    count: int | None = None,
    *,
    rule: Rule = Rule.ALL,
    days: frozenset[int] = EVERY_DAY,
) -> Terms:
    """A quota, due daily unless said otherwise."""
    return Terms(days, None if minutes is None else minutes * 60, count, rule)


def weekly(minutes: int | None = None, count: int | None = None, *, rule: Rule = Rule.ALL) -> Terms:
    """A quota of a calendar week."""
    return terms(minutes, count, rule=rule).a_week


def promised(start: date, what: Terms | None, set_on: date | None = None) -> Commitment:
    """A commitment decided on the day on which it starts, unless said otherwise."""
    return Commitment(start, what, set_on or start)


@pytest.fixture
def clock() -> SetClock:
    """A Tuesday, 15:40 in Berlin."""
    return SetClock(AFTERNOON)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a new file holds, made once by all the steps of the schema."""
    path = tmp_path_factory.mktemp("empty") / "needlemover.db"
    Store(path, SetClock(AFTERNOON)).close()
    return path.read_bytes()


@pytest.fixture(autouse=True, scope="session")
def statements_built_once() -> Iterator[None]:
    """The next store takes over the statements that one before it has put into SQL."""
    make = file.create_engine
    first: dict[str, Any] = {}

    def make_alike(*where: Any, **how: Any) -> Engine:
        engine = make(*where, **how)
        engine.dialect = first.setdefault("dialect", engine.dialect)
        engine._compiled_cache = first.setdefault("statements", engine._compiled_cache)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "create_engine", make_alike)
        yield


@pytest.fixture(autouse=True)
def quick_files(
    request: pytest.FixtureRequest, empty_file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new file is a copy of the empty one, and the disk is not waited for.

    But where just that is tested, and in programs of their own.
    """
    make_private, guarded = opened._make_private, connections.guarded

    def make(path: Path) -> None:
        make_private(path)
        if not path.stat().st_size:
            behind_links(path).write_bytes(empty_file)

    def without_waiting(connection: sqlite3.Connection, *pragmas: str) -> sqlite3.Connection:
        return guarded(connection, *(pragma.replace("FULL", "OFF") for pragma in pragmas))

    if request.node.get_closest_marker("makes_files") is None:
        monkeypatch.setattr(opened, "_make_private", make)
        monkeypatch.setattr(connections, "guarded", without_waiting)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample data, as of that Tuesday: to be copied, not to be opened."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    demo.build(path, SetClock(AFTERNOON))
    return path


@pytest.fixture
def store(tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    """An empty file."""
    opened = Store(tmp_path / "data" / "needlemover.db", clock)
    yield opened
    opened.close()


@pytest.fixture
def again(store: Store, clock: SetClock) -> Iterator[Callable[[], Store]]:
    """Opens the same file once more, as another process does."""
    opened: list[Store] = []

    def open_again() -> Store:
        opened.append(Store(store.path, clock))
        return opened[-1]

    yield open_again
    for other in opened:
        other.close()


@pytest.fixture
def as_nobody(store: Store) -> Iterator[Path]:
    """A folder of a user who may not write everywhere, as root may; and the test as that user.

    A store was opened before, so that nothing is left to be loaded that only root can read.
    """
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        os.chown(name, 65534, 65534)
        os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


__all__ = ["BERLIN", "EVERY_DAY", "MONDAY_TO_FRIDAY", "SetClock", "promised", "terms", "weekly"]


def without_web_fonts(svg: str) -> str:
    """A picture of the app that fetches no fonts."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
