"""A short round of the monkey (tests/faults/monkey.py)."""

from pathlib import Path

import pytest

from ..faults.monkey import play

pytest.importorskip("resource")  # it waits no longer than an alarm says: POSIX


@pytest.mark.parametrize("seed", [1, 2])
def test_a_monkey_at_the_terminal_breaks_nothing(seed: int, tmp_path: Path) -> None:
    session = play(seed, 150, tmp_path)
    assert (session.actions, session.faults) == (150, [])
