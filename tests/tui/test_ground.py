"""Light or dark follows the terminal, which is asked while the app is being loaded."""

import os
import signal
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from needlemover.clock import Clock
from needlemover.config import AUTO
from needlemover.store.store import Store
from needlemover.tui.ground import Ground, asked_ground

from ..conftest import terms
from ..faults.on_terminal import OnTerminal

QUESTION = b"\x1b]11;?\x07\x1b[c"
ALL = b"\x1b[?62;22c"  # to DA1: no other answer will come
LIGHT = b"\x1b]11;rgb:fdfd/f6f6/e3e3\x07"
DARK = b"\x1b]11;rgb:0000/2b2b/3636\x1b\\"
LIGHT_GROUND, DARK_GROUND = b"48;2;251;250;247", b"48;2;16;17;20"


class Asked:
    """A ground, and the terminal that was asked for it."""

    def __init__(self) -> None:
        self.terminal, self.app = os.openpty()
        self.before = termios.tcgetattr(self.app)
        self.ground = Ground(self.app, self.app)
        assert os.read(self.terminal, 100) == QUESTION

    def says(self, *pieces: bytes) -> bytes:
        """What is typed when the terminal sends some pieces, one after the other."""
        typed = b""
        for piece in pieces:
            os.write(self.terminal, piece)
            typed += self.ground.read(0.05)
        return typed + self.ground.read(0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    monkeypatch.delenv("COLORFGBG", raising=False)
    asked = Asked()
    yield asked
    os.close(asked.terminal)
    os.close(asked.app)


@pytest.mark.parametrize(
    ("answer", "is_light"),
    [
        (LIGHT, True),
        (DARK, False),
        (b"\x1b]11;rgb:ff/ff/ff\x1b\\", True),
        (b"\x1b]11;rgba:1e1e/1e1e/1e1e/ffff\x07", False),
        # 0.2126 × 0.5 + 0.7152 × 0.5 + 0.0722 × 0.5 is just above a half for 0x80 / 0xff.
        (b"\x1b]11;rgb:80/80/80\x07", True),
        (b"\x1b]11;rgb:7f/7f/7f\x07", False),
        (b"\x1b]11;unknown\x07", False),
        (b"", False),
    ],
)
def test_the_answer_says_whether_it_is_light(asked: Asked, answer: bytes, is_light: bool) -> None:
    os.write(asked.terminal, answer + ALL)
    asked.ground.wait(5)
    assert asked.ground.is_light is is_light
    assert asked.ground.read(0) == b""


@pytest.mark.parametrize(
    ("value", "is_light"), [("0;15", True), ("0;default;7", True), ("15;0", False), ("", False)]
)
def test_without_an_answer_a_variable_says_it(
    monkeypatch: pytest.MonkeyPatch, value: str, is_light: bool
) -> None:
    monkeypatch.setenv("COLORFGBG", value)
    asked, begun = Asked(), time.monotonic()
    asked.ground.wait(0.05)
    assert time.monotonic() - begun < 1
    assert asked.ground.is_light is is_light


def test_where_all_is_answered_nothing_is_waited_for(asked: Asked) -> None:
    os.write(asked.terminal, ALL)
    begun = time.monotonic()
    asked.ground.wait(5)
    assert time.monotonic() - begun < 1


def test_an_answer_is_put_together_from_its_pieces(asked: Asked) -> None:
    letters = [bytes([letter]) for letter in LIGHT + ALL]
    assert asked.says(*letters) == b""
    assert asked.ground.is_light


def test_a_piece_that_comes_much_later_is_still_part_of_the_answer(asked: Asked) -> None:
    assert asked.says(LIGHT[:9]) == b""
    assert asked.ground.read(0.01) == b""
    assert asked.says(LIGHT[9:], ALL) == b""
    assert asked.ground.is_light


def test_what_is_typed_before_between_and_after_the_answers_is_handed_on(asked: Asked) -> None:
    assert asked.says(b"ab\x1b[A", b"c" + DARK + "é".encode(), b"d", ALL + b"\r") == (
        b"ab\x1b[Ac\xc3\xa9d\r"
    )


def test_what_was_typed_while_the_app_loaded_is_handed_on(asked: Asked) -> None:
    os.write(asked.terminal, b"x" + LIGHT + b"\r" + ALL + b"q")
    asked.ground.wait(5)
    assert asked.ground.read(0) == b"x\rq"


def test_escape_is_a_key_where_nothing_follows(asked: Asked) -> None:
    os.write(asked.terminal, b"\x1b")
    assert asked.ground.read(0.05) == b""
    assert asked.ground.read(0.01) == b"\x1b"
    asked.says(ALL)
    assert asked.says(b"\x1b") == b"\x1b"


def test_an_answer_behind_the_last_one_presses_no_keys_either(asked: Asked) -> None:
    asked.says(DARK, ALL)
    assert asked.says(b"a" + LIGHT[:9], LIGHT[9:] + b"b") == b"ab"
    assert asked.ground.is_light


def test_half_an_answer_keeps_no_key_back(asked: Asked) -> None:
    assert asked.says(LIGHT[:9]) == b""
    time.sleep(0.5)
    assert asked.says(b"", b"c", b"n", b"x") == b"cnx"


def test_what_is_far_too_long_for_an_answer_is_no_answer(asked: Asked) -> None:
    letters = b"x" * 3000
    assert asked.says(b"\x1b]11;" + letters, letters).endswith(letters + letters)


def test_the_terminal_is_given_back_although_the_wait_is_interrupted(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("needlemover.tui.ground.select", interrupted)
    with pytest.raises(KeyboardInterrupt):
        asked.ground.close()
    assert termios.tcgetattr(asked.app) == asked.before


def test_the_terminal_is_given_back_and_no_answer_left_to_the_shell(asked: Asked) -> None:
    later = threading.Timer(0.2, os.write, (asked.terminal, LIGHT + ALL))
    later.start()
    asked.ground.close()
    later.join()
    assert termios.tcgetattr(asked.app) == asked.before
    os.set_blocking(asked.app, False)
    with pytest.raises(BlockingIOError):
        os.read(asked.app, 100)


def test_a_terminal_that_goes_is_not_waited_for(asked: Asked) -> None:
    os.close(asked.terminal)
    asked.terminal = os.open("/dev/null", os.O_RDONLY)
    begun = time.monotonic()
    asked.ground.wait(0.01)
    assert asked.ground.read(0) == b""
    assert time.monotonic() - begun < 1


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a promise of sales."""
    for name in ("NEEDLE_THEME", "NEEDLE_CONFIG", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    with closing(Store(tmp_path / "needle.db", Clock())) as store:
        store.activities.add("Sales", terms(60), is_sales=True)
    return tmp_path / "needle.db"


def until_asked(app: OnTerminal) -> None:
    app.until(QUESTION.decode())


def until_shown(app: OnTerminal) -> None:
    app.until("NON-NEGOTIABLES")


def leave(app: OnTerminal) -> None:
    app.write("q")
    assert app.ended() == 0


@pytest.mark.parametrize(("answer", "ground"), [(LIGHT, LIGHT_GROUND), (DARK, DARK_GROUND)])
def test_the_app_is_as_light_as_the_terminal(path: Path, answer: bytes, ground: bytes) -> None:
    with OnTerminal("--db", str(path), folder=path.parent) as app:
        until_asked(app)
        app.write((answer + ALL).decode())
        until_shown(app)
        leave(app)
        assert [it in app.output for it in (LIGHT_GROUND, DARK_GROUND)] == [
            it == ground for it in (LIGHT_GROUND, DARK_GROUND)
        ]
    assert not (path.parent / "needlemover" / "config.toml").exists()


def test_an_answer_that_comes_late_is_followed_and_not_taken_for_keys(path: Path) -> None:
    with OnTerminal("--db", str(path), folder=path.parent) as app:
        until_asked(app)
        until_shown(app)
        assert LIGHT_GROUND not in app.output
        for piece in (LIGHT[:7], LIGHT[7:] + ALL):
            app.write(piece.decode())
            time.sleep(0.15)
        app.until(LIGHT_GROUND.decode())
        leave(app)
    assert not (path.parent / "needlemover" / "config.toml").exists()


def test_the_terminal_is_given_back_by_who_is_ended_while_asking(path: Path) -> None:
    with OnTerminal("--db", str(path), folder=path.parent) as app:
        until_asked(app)
        os.kill(app.pid, signal.SIGTERM)
        assert app.ended() == 0
        assert termios.tcgetattr(app._file)[3] & termios.ECHO


def test_what_is_typed_ahead_is_done(path: Path) -> None:
    with OnTerminal("--db", str(path), folder=path.parent) as app:
        until_asked(app)
        app.write("x")
        app.write(DARK.decode())
        app.write("x")
        app.write(ALL.decode() + "x")
        until_shown(app)
        app.until("3 dials")
        leave(app)
    with closing(Store(path, Clock())) as store:
        assert len(store.day().entries) == 3


@pytest.mark.parametrize(
    ("name", "value"), [("NEEDLE_THEME", "needle-light"), ("TERM", "dumb"), ("TEXTUAL_DRIVER", "x")]
)
def test_it_is_not_asked_where_the_answer_would_not_count(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    terminal, app = os.openpty()
    with open(app, "r+b", buffering=0) as file:
        monkeypatch.setattr("sys.__stdin__", file)
        monkeypatch.setattr("sys.__stderr__", file)
        monkeypatch.setenv("TERM", "xterm")
        with asked_ground(AUTO) as ground:
            assert ground is not None
            os.write(terminal, ALL)
        if name == "NEEDLE_THEME":
            with asked_ground(value) as ground:
                assert ground is None
        else:
            monkeypatch.setenv(name, value)
            with asked_ground(AUTO) as ground:
                assert ground is None
    os.close(terminal)
