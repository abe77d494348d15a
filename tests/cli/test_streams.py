"""What is written and read through streams: full disks, pipes, and being told to end."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from needlemover.__main__ import main

from ..forked import instead
from .conftest import Ended, Needle

CALLS = "day,minutes\n2026-11-20,12\n2026-11-20,many\n"


def run(*arguments: str, content: str = "", folder: Path | None = None, to: str = "") -> Ended:
    """Run a command with something on its standard input."""
    do = None if to else instead(lambda: main(arguments))
    with open(to or os.devnull, "wb") as target:
        done = subprocess.run(
            [sys.executable, "-m", "needlemover", *arguments],
            preexec_fn=do,
            input=content.encode(),
            stdout=target if to else subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            timeout=60,
            check=False,
        )
    return Ended(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    "line", [("today",), ("today", "--json"), ("status",), ("where",), ("check",), ("export", "-")]
)
def test_a_full_disk_behind_standard_output_is_said(morning: Needle, line: tuple[str, ...]) -> None:
    ended = run(*line, to="/dev/full")
    assert ended.code == 1
    assert "No space left on device" in ended.err
    assert "should not" not in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_dotfiles_that_cannot_be_written_are_said(morning: Needle, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    install = ("--install-completion", "bash")
    done = subprocess.run(
        # It asks which shell has started it, so one must have.
        ["bash", "-c", '"$@"; exit $?', "-", sys.executable, "-m", "needlemover", *install],
        env={**os.environ, "HOME": str(tmp_path / "file")},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"should not" not in done.stderr
    assert b" cannot be used: " in done.stderr


def test_a_file_may_have_a_name_like_a_negative_number(
    morning: Needle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert morning("export", "-2026.json").code == 0
    assert (tmp_path / "-2026.json").exists()
    assert "0 already here" not in morning("import", "-2026.json").err
    assert morning("backup", "-1.db").code == 0
    assert (tmp_path / "-1.db").exists()


def test_standard_input_is_imported_and_its_bad_rows_are_kept_here(
    morning: Needle, tmp_path: Path
) -> None:
    ended = run("import", "-", content=CALLS, folder=tmp_path)
    assert ended.code == 0
    assert "Added 1 entry" in ended.err
    assert "many" in (tmp_path / "standard input.rejects.csv").read_text()


def test_an_export_goes_through_a_pipe_into_another_file(morning: Needle, tmp_path: Path) -> None:
    morning("log", "12", "--with", "Acme")
    other = ("--db", str(tmp_path / "other.db"))
    exported = morning("export", "-").out
    assert run(*other, "import", "-", content=exported).code == 0
    assert run(*other, "export", "-").out == exported


def test_a_named_pipe_is_imported(morning: Needle, tmp_path: Path) -> None:
    pipe = tmp_path / "calls.csv"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"printf '{CALLS}' > '{pipe}'"]):
        ended = run("import", str(pipe), folder=tmp_path)
    assert ended.code == 0
    assert "Added 1 entry" in ended.err


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_an_export_that_is_told_to_end_leaves_nothing(
    morning: Needle, tmp_path: Path, name: str
) -> None:
    code = (
        "import sys, time; from pathlib import Path; from needlemover.files import written_whole\n"
        "with written_whole(Path(sys.argv[1])) as partial:\n"
        "    partial.write_text('half'); print('half', flush=True); time.sleep(60)\n"
    )
    target = tmp_path / "out" / "a.json"
    target.parent.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        time.sleep(0.1)
        process.send_signal(getattr(signal, name))
        assert process.wait(timeout=30) == 128 + getattr(signal, name)
    assert list(target.parent.iterdir()) == []
