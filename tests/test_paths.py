"""Where things live: the short way to it finds what platformdirs says."""

import os
from pathlib import Path

import platformdirs
import pytest

from needlemover.paths import config_path, database_name, database_path


@pytest.fixture(autouse=True)
def _nothing_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NEEDLE_DB", "NEEDLE_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize("folder", [None, "", "/somewhere/else", "/some where/✓/", "relative", "~"])
def test_the_users_own_files_are_where_platformdirs_puts_them(
    monkeypatch: pytest.MonkeyPatch, folder: str | None
) -> None:
    if folder is not None:
        monkeypatch.setenv("XDG_DATA_HOME", folder)
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    expected = Path(platformdirs.user_data_dir("needlemover", appauthor=False)) / "needlemover.db"
    assert database_path() == Path(database_name()) == expected
    chosen = platformdirs.user_config_dir("needlemover", appauthor=False)
    assert config_path() == Path(chosen) / "config.toml"


def test_a_file_that_is_named_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEEDLE_DB", "~/sub/../my.db")
    assert database_name() == f"{tmp_path}/sub/../my.db"
    assert database_path("other.db") == Path(database_name("other.db")) == tmp_path / "other.db"
    assert database_name(os.devnull) == os.devnull
