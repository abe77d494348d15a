"""Versions of the file: the steps lead to the same tables, and a file that is behind is brought up.

What may go wrong with a step is tried with one of the tests' own.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from needlemover.domain.errors import NeedleError
from needlemover.domain.snapshots import ActivityFact
from needlemover.published import read_published
from needlemover.schema import APPLICATION_ID, SCHEMA_VERSION
from needlemover.store import Store, database, migrate

from ..conftest import SetClock
from .conftest import dump, sql

NEXT = SCHEMA_VERSION + 1


def schema(path: Path) -> set[tuple[str, str, str]]:
    """All tables and indexes, without what only lays out their text."""
    rows = sql(path, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(kind, name, re.sub(r"\s+|[\"']", "", text)) for kind, name, text in rows}


def test_the_version_of_the_file_is_the_last_step(store: Store) -> None:
    head = ScriptDirectory.from_config(migrate.configuration()).get_current_head()
    assert head == f"{SCHEMA_VERSION:04}"
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert sql(store.path, "SELECT version_num FROM alembic_version") == [(head,)]


def test_the_steps_make_the_same_tables_as_a_new_file_has(store: Store, tmp_path: Path) -> None:
    stepped = tmp_path / "stepped.db"
    engine = database._engine(stepped)
    with engine.connect() as connection:
        config = migrate.configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    made, new = schema(stepped), schema(store.path)
    assert made - new == set()
    assert new - made == set()
    assert any(name == "undone_entry" for _, name, _ in new)
    assert {key: rows for key, rows in dump(stepped).items() if rows} == {
        "alembic_version": [(f"{SCHEMA_VERSION:04}",)]
    }


VERSION_1 = """
    INSERT INTO activity VALUES (1, 'Film one video', 'film one video', 0, 1);
    INSERT INTO commitment (id, activity_id, start, weekdays, rule, set_on)
        VALUES (1, 1, '2026-11-02', 127, 'all', '2026-11-02');
    INSERT INTO entry (id, activity_id, day, seconds, count, fills_quota, source, logged_at,
        logged_on) VALUES (1, 1, '2026-11-23', 0, 1, 1, 'hand', '2026-11-23T10:00:00Z',
        '2026-11-23');
    INSERT INTO setting VALUES (1, 'currency', 'EUR');
    INSERT INTO kept_past VALUES (1, '2026-11-24', 0, 'as version 1 kept it');
"""


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    """A file as version 1 made and filled it."""
    path = tmp_path / "old.db"
    engine = database._engine(path)
    with engine.connect() as connection:
        config = migrate.configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    engine.dispose()
    with closing(sqlite3.connect(path)) as filled:
        filled.executescript(VERSION_1)
    return path


def test_a_file_of_version_1_is_brought_up_and_loses_nothing(
    version_1: Path, store: Store, clock: SetClock
) -> None:
    before = dump(version_1)
    with closing(Store(version_1, clock)) as opened:
        shown = opened.day()
        opened.days.keep()
    assert [item.name for item in shown.activities] == ["Film one video"]
    assert (shown.streak.current, shown.settings.currency) == (1, "EUR")
    assert schema(version_1) == schema(store.path)
    assert read_published(version_1, clock.now(), clock.zone()) == shown

    copy = version_1.with_name(f"old-before-version-{SCHEMA_VERSION}-from-1.db")
    assert dump(copy) == before
    assert sql(copy, "PRAGMA user_version") == [(1,)]
    assert sql(version_1, "SELECT * FROM entry") == before["entry"]


Steps = Callable[[str], None]


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Makes this program know one version more, with a step that is given as its code."""

    def write(upgrade: str) -> None:
        place = tmp_path / "migrations"
        shutil.copytree(Path(migrate.__file__).parent / "migrations", place)
        (place / "versions" / "next_step.py").write_text(
            dedent(f'''
                from alembic import op
                revision = "{NEXT:04}"
                down_revision = "{SCHEMA_VERSION:04}"
                def upgrade():
                    {upgrade}
            ''')
        )

        def configuration() -> Config:
            config = Config()
            config.set_main_option("script_location", str(place))
            return config

        monkeypatch.setattr(migrate, "configuration", configuration)
        monkeypatch.setattr(migrate, "SCHEMA_VERSION", NEXT)
        monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)

    return write


ADD_A_COLUMN = "op.execute(\"ALTER TABLE batch ADD COLUMN colour VARCHAR DEFAULT 'red'\")"


def copy_of(path: Path) -> Path:
    return path.with_name(f"needlemover-before-version-{NEXT}-from-{SCHEMA_VERSION}.db")


def test_a_file_that_is_behind_is_brought_up_with_a_sound_copy_beside_it(
    store: Store, clock: SetClock, film: ActivityFact, newer: Steps
) -> None:
    store.entries.tick(film.id)
    store.close()
    before = dump(store.path)
    newer(ADD_A_COLUMN)

    opened = Store(store.path, clock)
    assert len(opened.day().entries) == 1
    opened.close()
    assert sql(store.path, "PRAGMA user_version") == [(NEXT,)]
    assert sql(store.path, "SELECT version_num FROM alembic_version") == [(f"{NEXT:04}",)]
    assert "colour" in [row[1] for row in sql(store.path, "PRAGMA table_info(batch)")]

    copy = copy_of(store.path)
    assert dump(copy) == before
    assert sql(copy, "PRAGMA integrity_check") == [("ok",)]
    assert sql(copy, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert copy.stat().st_mode & 0o077 == 0


def test_a_file_that_was_brought_up_is_not_brought_up_twice(
    store: Store, clock: SetClock, newer: Steps
) -> None:
    store.close()
    newer(ADD_A_COLUMN)
    Store(store.path, clock).close()
    copy_of(store.path).unlink()
    Store(store.path, clock).close()
    assert not copy_of(store.path).exists()


@pytest.mark.parametrize(
    "failing",
    [
        f"{ADD_A_COLUMN}; op.execute('SELECT * FROM no_such_table')",
        f"{ADD_A_COLUMN}; op.execute('DELETE FROM activity'); raise ValueError('half done')",
        "import no_such_module",
    ],
)
def test_a_step_that_fails_leaves_the_file_as_it_was(
    store: Store, clock: SetClock, film: ActivityFact, newer: Steps, failing: str
) -> None:
    store.entries.tick(film.id)
    store.close()
    before, tables = dump(store.path), schema(store.path)
    newer(failing)
    with pytest.raises(NeedleError) as refusal:
        Store(store.path, clock)
    assert str(refusal.value).endswith(".")
    assert (dump(store.path), schema(store.path)) == (before, tables)
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_without_a_sound_copy_the_file_is_not_brought_up(
    store: Store, clock: SetClock, newer: Steps
) -> None:
    for number in range(300):
        store.activities.add(f"Activity {number}", None)
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        ((page,),) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'activity'"
        )
    content = bytearray(store.path.read_bytes())
    content[4096 * (page - 1) + 8 : 4096 * page] = b"\xff" * (4096 - 8)
    store.path.write_bytes(content)
    newer(ADD_A_COLUMN)
    with pytest.raises(NeedleError, match="damaged"):
        Store(store.path, clock)
    assert store.path.read_bytes() == content
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_a_file_that_says_version_0_but_has_tables_is_not_overwritten(
    store: Store, clock: SetClock, film: ActivityFact
) -> None:
    store.close()
    sql(store.path, "PRAGMA user_version = 0")
    Store(store.path, clock).close()
    assert sql(store.path, "SELECT name FROM activity") == [(film.name,)]
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
