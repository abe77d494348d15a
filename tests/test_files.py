"""Files that are written whole."""

import os
import stat
from pathlib import Path

import pytest

from needlemover.files import written_whole


def test_a_file_gets_its_name_only_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("before")
    with written_whole(target) as partial:
        partial.write_text("after")
        assert target.read_text() == "before"
    assert target.read_text() == "after"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_what_fails_in_the_middle_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError):
        _fail_in_the_middle(target)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("links", [True, False])
def test_without_replacing_nobody_elses_file_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    target = tmp_path / "a.txt"
    if not links:
        monkeypatch.setattr(os, "link", _refuse)
    with written_whole(target, replaces=False) as partial:
        partial.write_text("first")
    assert target.read_text() == "first"
    if links:
        with pytest.raises(FileExistsError), written_whole(target, replaces=False):
            pass
    assert target.read_text() == "first"
    assert list(tmp_path.iterdir()) == [target]


def _refuse(*_: object) -> None:
    raise PermissionError


def _fail_in_the_middle(target: Path) -> None:
    with written_whole(target) as partial:
        partial.write_text("half")
        partial.with_name(f"{partial.name}-wal").write_text("beside")
        raise ZeroDivisionError
