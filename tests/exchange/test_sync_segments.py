"""A file of the sync folder: there is all of it, or it is left; so is what else stands there."""

import os
import resource
import signal
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from needlemover.domain.errors import NeedleError
from needlemover.exchange.sync import segment
from needlemover.exchange.sync.segment import FORMAT, NAME, VERSION, Header, open_segment

NOW = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)
CLOCK = int(NOW.timestamp() * 1000) << 20
HEADER = Header(FORMAT, VERSION, "abcde", "desk [/b] top\x1b", 7, NOW, CLOCK, False)
LINES = [b'{"t":"entry","u":"a","f":{"note":"caf\xc3\xa9"}}', b'{"t":"entry","u":"b","gone":1}']


def written(folder: Path, header: Header = HEADER, lines: list[bytes] = LINES) -> Path:
    name, count = segment.write_segment(folder, header, lines)
    assert count == len(lines)
    return folder / name


def why_left(path: Path) -> str:
    with pytest.raises(NeedleError) as error:
        open_segment(path, "abcde", NOW)
    return str(error.value)


def test_what_is_written_comes_back_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert NAME.fullmatch(path.name)
    assert path.name.startswith("00000007-")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [it.name for it in tmp_path.iterdir()] == [path.name]
    found = open_segment(path, "abcde", NOW)
    assert found is not None
    assert found.header == HEADER
    assert [line.strip() for line in found.lines()] == LINES


@pytest.mark.parametrize("lines", [[], LINES[:1]])
def test_a_file_may_hold_few_lines(tmp_path: Path, lines: list[bytes]) -> None:
    found = open_segment(written(tmp_path, lines=lines), "abcde", NOW)
    assert found is not None
    assert [line.strip() for line in found.lines()] == lines


def test_a_large_file_is_read_line_by_line_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "HELD", 10)
    found = open_segment(written(tmp_path), "abcde", NOW)
    assert found is not None
    assert found.content is None
    assert [line.strip() for line in found.lines()] == LINES


@given(st.data())
def test_a_file_that_is_cut_or_changed_anywhere_is_never_taken_for_whole(
    data: st.DataObject,
) -> None:
    with TemporaryDirectory() as name:
        path = written(Path(name))
        content = path.read_bytes()
        at = data.draw(st.integers(0, len(content) - 1))
        how = data.draw(st.sampled_from(["cut", "zeros", "changed", "more"]))
        path.write_bytes({
            "cut": content[:at],
            "zeros": content[:at] + b"\0" * (len(content) - at),
            "changed": content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :],
            "more": content + content[at:],
        }[how])  # fmt: skip
        with suppress(NeedleError) if how != "cut" else nullcontext():
            assert open_segment(path, "abcde", NOW) is None


def test_each_cut_is_a_file_that_may_still_come(tmp_path: Path) -> None:
    path = written(tmp_path)
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at])
        assert open_segment(path, "abcde", NOW) is None
    path.write_bytes(content)
    assert open_segment(path, "abcde", NOW) is not None
    path.unlink()
    assert open_segment(path, "abcde", NOW) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_left(content: bytes) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "00000001-00000000.jsonl"
        path.write_bytes(content)
        if b"\n" in content:
            assert why_left(path) == "was not written by Needlemover."
        else:
            assert open_segment(path, "abcde", NOW) is None


HEADERS = {
    "another program": b'{"format":"diary","version":1}',
    "no object": b"[1]",
    "deep": b"[" * 100_000,
    "not UTF-8": b'{"format":"needlemover sync","version":1,"name":"\xff"}',
    "no name": json.encode(HEADER).replace(b'"name"', b'"nome"'),
    "a long name": json.encode(replace(HEADER, name="x" * 300)),
    "no zone": json.encode(replace(HEADER, at=NOW.replace(tzinfo=None))),
    "a number below one": json.encode(replace(HEADER, number=0)),
    "a huge clock": json.encode(replace(HEADER, clock=1 << 70)),
    "a fraction": json.encode(HEADER).replace(b'"version":1', b'"version":1.5'),
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_first_line_of_another_kind_is_not_ours(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "00000001-00000000.jsonl"
    path.write_bytes(header + b"\n{}\n")
    assert why_left(path) == "was not written by Needlemover."


def test_a_newer_version_is_left_until_this_one_is_updated(tmp_path: Path) -> None:
    path = tmp_path / "00000001-00000000.jsonl"
    path.write_bytes(b'{"format":"needlemover sync","version":2,"other":[]}\n')
    assert why_left(path).startswith("is of a newer Needlemover: update this one")


def test_a_clock_may_be_ahead_by_a_day_and_no_more(tmp_path: Path) -> None:
    day = int(timedelta(days=1).total_seconds() * 1000) << 20
    assert open_segment(written(tmp_path, replace(HEADER, clock=CLOCK + day)), "abcde", NOW)
    far = written(tmp_path, replace(HEADER, clock=CLOCK + 365 * day))
    assert why_left(far) == "is from 365 days ahead: set the clock of that machine right."


def test_a_file_in_the_folder_of_another_machine_is_left(tmp_path: Path) -> None:
    path = written(tmp_path, replace(HEADER, machine="other"))
    assert why_left(path) == "stands in the folder of another machine."


def test_what_is_no_ordinary_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "00000001-00000000.jsonl"
    for make in (
        lambda: path.symlink_to(written(tmp_path)),
        lambda: path.symlink_to("/dev/zero"),
        lambda: os.mkfifo(path),
        lambda: path.mkdir(),
    ):
        make()
        assert why_left(path) == "is not an ordinary file."
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def test_a_file_that_is_far_too_large_is_left(tmp_path: Path) -> None:
    path = written(tmp_path)
    os.truncate(path, 2 << 30)  # which takes no room
    assert why_left(path) == "has more than 1,024 MB."


def test_a_file_without_rights_is_left(as_nobody: Path) -> None:
    path = written(as_nobody)
    path.chmod(0)
    assert why_left(path) == "cannot be read: Permission denied."


def test_where_the_disk_is_full_nothing_is_left_of_a_file(tmp_path: Path) -> None:
    before, limits = signal.getsignal(signal.SIGXFSZ), resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            written(tmp_path, lines=[b"x" * 100] * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert list(tmp_path.iterdir()) == []
