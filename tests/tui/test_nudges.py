"""What is said outside of the picture: nudges without focus, and the terminal's title."""

import os
import re
import signal
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Running
from needlemover.domain.promises.status import Status
from needlemover.tui.terminal import title_of

from ..conftest import promised, terms
from ..domain.conftest import TODAY, activity, shown

pytest.importorskip("fcntl")

from ..faults.deeds import must
from ..faults.on_terminal import OnTerminal

LOST, FOUND = "\x1b[O", "\x1b[I"
SAID = b"A start is set for "


@pytest.fixture
def late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in which something should have been begun a moment ago, in a plain terminal."""
    for name in ("TMUX", "KITTY_WINDOW_ID"):
        monkeypatch.delenv(name, raising=False)
    path, now = tmp_path / "needle.db", datetime.now()
    must(path, "settings", "day_starts_at", f"{now.hour % 12:02}:00")
    must(path, "activity", "add", "Film", "--days", "daily", "--at", f"{now:%H:%M}")
    return path


def opened(path: Path, folder: Path) -> OnTerminal:
    return OnTerminal("--db", str(path), folder=folder)


def has_said(path: Path) -> bool:
    """Whether something was said, in whatever way, or would have been were none turned off."""
    return path.with_name("needle.db.said").exists()


def bells(app: OnTerminal) -> int:
    """How often it rang: the library ends sequences of its own with the same sign."""
    return re.sub(rb"\x1b\][^\x07\x1b]*\x07", b"", app.output).count(b"\a")


def pass_seconds(app: OnTerminal, number: float) -> None:
    """Take in what it writes in so many seconds."""
    end = datetime.now() + timedelta(seconds=number)
    while datetime.now() < end:
        app.read(0.1)


def test_it_is_said_once_with_the_bell_and_only_while_the_terminal_is_not_in_front(
    late: Path, tmp_path: Path
) -> None:
    with opened(late, tmp_path) as app:
        app.until("Film")
        app.write(FOUND)
        pass_seconds(app, 1.5)
        assert SAID not in app.output
        assert not has_said(late)
        app.write(LOST)
        app.until("\x1b]9;A start is set for ")
        app.write(FOUND)
        pass_seconds(app, 1)
        app.write(LOST)
        pass_seconds(app, 1.5)
        assert app.output.count(SAID) == 1
        assert bells(app) == 1
    with opened(late, tmp_path) as app:
        app.until("Film")
        app.write(LOST)
        pass_seconds(app, 1.5)
        assert SAID not in app.output, "another app does not say it again"


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("KITTY_WINDOW_ID", b"\x1b]99;;A start is set for "),
        ("TMUX", b"\x1bPtmux;\x1b\x1b]9;A start is set for "),
    ],
)
def test_a_terminal_is_told_in_the_way_that_it_knows(
    late: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, expected: bytes
) -> None:
    monkeypatch.setenv(variable, "1")
    with opened(late, tmp_path) as app:
        app.until("Film")
        app.write(LOST)
        app.until(expected.decode())
        app.write("q")
        code = app.ended()
        assert code == 0, (code, app.output[-1500:])
        assert app.output.count(SAID) == 1
        assert bells(app) == 1


def test_the_config_turns_each_way_off(
    late: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[nudge]\nosc9 = false\nosc99 = false\nbell = false\ntitle = false\n")
    monkeypatch.setenv("NEEDLE_CONFIG", str(config))
    with opened(late, tmp_path) as app:
        app.until("Film")
        app.write(LOST)
        end = monotonic() + 15
        while not has_said(late) and monotonic() < end:
            app.read(0.05)
        assert has_said(late)
        for sequence in (SAID, b"\x1b]2;", b"\x1b[22;2t"):
            assert sequence not in app.output
        assert bells(app) == 0

        app.write(",")
        app.until("Currency")
        for choice in (" ", "-"):  # the title on, and off again
            app.write("\t" * 10 + choice + "\r")
            app.until("\x1b[22;2t\x1b]2;1 of 1 to do" if choice == " " else "\x1b[23;2t")
            app.until("Settings saved")
            app.write("," * (choice == " "))
        app.write("q")
        assert app.ended() == 0
        assert app.output.count(b"\x1b[23;2t") == 1, "it is put back once"


def test_the_terminal_is_given_back_at_ctrl_z_and_at_the_end_and_all_is_drawn_again_at_fg(
    late: Path, tmp_path: Path
) -> None:
    with opened(late, tmp_path) as app:
        app.until("\x1b[22;2t\x1b]2;1 of 1 to do\x1b\\")
        app.write("p\x1a")
        app.until("\x1b[23;2t")
        app.until("\x1b[?1049l")
        assert os.WIFSTOPPED(os.waitpid(app.pid, os.WUNTRACED)[1])
        app.output = b""
        os.kill(app.pid, signal.SIGCONT)
        for drawn in ("Film", "What popped up?", "\x1b[22;2t\x1b]2;1 of 1 to do\x1b\\"):
            app.until(drawn)
        app.write("\x11")
        assert app.ended() == 0
        assert app.output.count(b"\x1b[23;2t") == 1


BEGIN = date(2026, 1, 1)
SALES = activity(1, (promised(BEGIN, terms(60)),), name="Sales \x1b[31m", is_sales=True)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_title_says_the_running_call_else_what_is_due() -> None:
    snapshot = shown([SALES])
    call = Running(1, "Sales", True, "Acme \x07", NOON, TODAY)
    later = NOON + timedelta(minutes=3, seconds=12)
    calling = replace(snapshot, running=call)
    assert title_of(calling, later, names=True) == "● 3:12 Acme ␇"
    assert title_of(calling, later, names=False) == "● 3:12"
    assert title_of(snapshot, later, names=False) == "1 of 1 to do"
    assert title_of(snapshot, later, names=True) == "1 of 1 to do: Sales ␛[31m"
    assert title_of(replace(snapshot, status=Status.WON), later, names=False) == "day won"
    assert title_of(shown([]), later, names=True) == "Needlemover"
