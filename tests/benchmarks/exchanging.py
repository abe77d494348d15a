"""Data out and in: the export of ten years, the import of real calls and of the export."""

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import ten_years
from bench import NEEDLE, Bench
from figures import Limit, Line
from terminal import NotShownError

REAL_CALLS = 45_211
CALLS_MAPPED = (
    "--as", "csv", "--map", "day=date", "--map", "seconds=duration_seconds",
    "--map", "outcome=subscribed", "--value", "outcome:yes=won", "--value", "outcome:no=lost",
)  # fmt: skip


def exchange(bench: Bench) -> list[Line]:
    """In s, with the most memory in MiB that was resident."""
    exported = {name: bench.folder / f"all.{name}" for name in ("json", "zip")}
    calls = ("import", str(_calls(bench)), *CALLS_MAPPED)
    measures = {
        f"export ten years as {name}": _ran(bench, "export", str(path), "--force")
        for name, path in exported.items()
    }
    measures[f"import {REAL_CALLS:,} real calls"] = _ran(bench, *calls, entries=REAL_CALLS)
    measures |= {
        f"import ten years from {name}": _ran(bench, "import", str(path), entries=ten_years.ENTRIES)
        for name, path in exported.items()
    }
    lines = []
    for what, measure in measures.items():
        took = [measure() for _ in range(max(1, bench.rounds // 3))]
        limits = (Limit("median", 2),) if "calls" in what else ()
        lines.append(Line(what, [seconds for seconds, _ in took], "s", limits=limits))
        lines.append(Line(f"{what}: memory", [memory for _, memory in took], "MiB"))
    return lines


def _calls(bench: Bench) -> Path:
    """The real calls, repeated until they are as many as were really made."""
    path = bench.folder / "calls.csv"
    header, *rows = bench.calls.read_text(encoding="utf-8").splitlines(keepends=True)
    repeated = (rows * -(-REAL_CALLS // len(rows)))[:REAL_CALLS]
    path.write_text(header + "".join(repeated), encoding="utf-8")
    return path


def _ran(bench: Bench, *line: str, entries: int | None = None) -> Callable[[], tuple[float, float]]:
    """A command, run on ten years; on a new file where it brings entries in."""
    new = bench.folder / "new.db"
    environment = bench.environment(bench.ten_years if entries is None else new)

    def measure() -> tuple[float, float]:
        for path in bench.folder.glob("new.db*"):
            path.unlink()
        begin = time.perf_counter()
        process = subprocess.Popen(
            (NEEDLE, *line), env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise NotShownError(f"needle {line[0]} ended with {process.returncode}.")
        if entries is not None and entries != (found := _entries(new)):
            raise NotShownError(f"needle {line[0]} brought {found} entries, not {entries}.")
        return took, usage.ru_maxrss / 1024

    return measure


def _entries(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])
