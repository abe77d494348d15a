"""The app is told to end from outside, and leaves as its key does."""

import os
import random
import signal
from pathlib import Path

import pytest

from ..faults.deeds import rows_of
from ..faults.leaving import prepare, run_rounds

pytest.importorskip("fcntl")

from ..faults.on_terminal import OnTerminal


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_app_and_gives_the_terminal_back(
    tmp_path: Path, number: signal.Signals
) -> None:
    path = tmp_path / "needle.db"
    prepare(path)
    with OnTerminal("--db", str(path), folder=tmp_path) as app:
        app.until("0 dials")
        assert b"1049" in app.left_on
        app.write("xx")
        app.until("2 dials")
        os.kill(app.pid, number)
        assert app.ended() == 0
        assert app.left_on == set()
    assert len(rows_of(path)["entry"]) == 2


@pytest.mark.parametrize("closed", [False, True])
def test_sample_data_are_gone_however_they_are_left(tmp_path: Path, closed: bool) -> None:
    with OnTerminal("demo", folder=tmp_path) as app:
        app.until("dials")
        assert [item.name for item in tmp_path.glob("needle-demo-*/*.db")] == ["demo.db"]
        if closed:
            app.close()
        else:
            os.kill(app.pid, signal.SIGTERM)
        assert app.ended() == 0
    assert list(tmp_path.glob("needle-demo-*")) == []


def test_nothing_shown_is_lost_when_the_app_is_told_to_end_under_keys(tmp_path: Path) -> None:
    assert run_rounds(4, tmp_path, random.Random(20261124)) == 0


def test_the_app_is_drawn_where_standard_error_goes_to_a_file(tmp_path: Path) -> None:
    path, errors = tmp_path / "needle.db", tmp_path / "errors"
    prepare(path)
    with OnTerminal("--db", str(path), folder=tmp_path, errors=errors) as app:
        app.until("0 dials")
        app.write("q")
        assert app.ended() == 0
    assert errors.read_bytes() == b""
