"""A short round of the monkey (tests/faults/monkey.py)."""

from pathlib import Path

import pytest

from ..faults.monkey import play

pytest.importorskip("resource")  # it waits no longer than an alarm says: POSIX


def test_a_monkey_at_the_terminal_breaks_nothing(tmp_path: Path) -> None:
    session = play(1, 80, tmp_path)
    assert (session.actions, session.faults) == (80, [])
