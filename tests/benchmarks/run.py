"""The benchmark: one command, by hand, that prints a table of figures beside their targets.

    .venv/bin/pip install -e '.[dev,bench]'
    .venv/bin/python tests/benchmarks/run.py

It builds a file with ten years of entries and one with none, and measures from outside, in a
pseudo-terminal (Linux). What depends on the machine is given as a ratio to a bare Textual app, or
to a bare import, taken in the same rounds. `--rounds 3 --presses 5 --idle 3` gives a quick look.

To measure more, write a function that answers lines of the table and name it in `MEASURES`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ten_years
from figures import Limit, Line, alternate, ratios, table
from terminal import NotShownError, Terminal

from needlemover.clock import SystemClock

BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))
NEEDLE = str(Path(sys.executable).with_name("needle"))
IMPORT = (sys.executable, "-c", "import sqlmodel")
IMPORT_DRIVER = (sys.executable, "-c", "import sqlite3")

CALLS = Path(__file__).parents[1] / "data" / "bank-calls-300.csv"
REAL_CALLS = 45_211
CALLS_MAPPED = (
    "--as", "csv", "--map", "day=date", "--map", "seconds=duration_seconds",
    "--map", "outcome=subscribed", "--value", "outcome:yes=won", "--value", "outcome:no=lost",
)  # fmt: skip

# The day with its data: the first activity stands on the screen.
DAY_SHOWN = rf"(?s)NON-NEGOTIABLES.*{ten_years.PROMISES[0].name}"

# The long date of the day under the calendar's cursor.
DAY_UNDER_CURSOR = r"[a-z]+day \d+ [A-Z][a-z]+ \d{4}"

# What is pressed, over and over, and the part of the screen that answers. The first activity is a
# plain tick; calls go to the highest-ranked sales activity.
PRESSES = (
    ("tick", " ", r"\d+ of \d+ done"),
    ("untick", " ", r"\d+ of \d+ done"),
    ("unanswered dial (x)", "x", r"\d+ dials"),
    ("start a call (c)", "c", r"hang up"),
    ("stop it (c): outcomes shown", "c", r"8  lost"),
    ("take talked (Enter)", "\r", r"\d+ of \d+ conversations"),
)


@dataclass(frozen=True, slots=True)
class Bench:
    """What all measures share."""

    folder: Path
    rounds: int
    presses: int
    idle_seconds: float

    @property
    def ten_years(self) -> Path:
        """The file with ten years of entries."""
        return self.folder / "ten_years.db"

    @property
    def empty(self) -> Path:
        """The file with the same activities and no entry."""
        return self.folder / "empty.db"

    def build(self) -> None:
        """Make the files."""
        ten_years.build(self.ten_years, SystemClock())
        ten_years.build(self.empty, SystemClock(), empty=True)

    def environment(self, path: Path | None = None) -> dict[str, str]:
        """The user's, less what would make a program behave otherwise than for a user."""
        ours = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("PYTHON", "TEXTUAL", "NEEDLE"))
            and key not in ("COLUMNS", "LINES")
        }
        ours |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        ours["NEEDLE_CONFIG"] = str(self.folder / "config.toml")
        return ours | ({"NEEDLE_DB": str(path)} if path else {})

    def app(self, path: Path) -> Terminal:
        """Start the app on a file."""
        return Terminal((NEEDLE,), self.environment(path))

    def bare(self) -> Terminal:
        """Start the bare Textual app."""
        return Terminal(BARE, self.environment())


def opening(bench: Bench) -> list[Line]:
    """From the start to the day on the screen, in ms."""

    def opened(start: Callable[[], Terminal], ready: str) -> Callable[[], float]:
        def measure() -> float:
            with start() as terminal:
                return 1000 * terminal.until(ready)

        return measure

    took = alternate(_apps(bench, opened), bench.rounds)
    bare, empty, years = took["bare"], took["empty"], took["ten years"]
    return [
        Line("open a bare Textual app", bare),
        Line(
            "open with an empty file ÷ bare", empty, ratios=ratios(empty, bare),
            limits=(Limit("ratio", 1.05),),
        ),
        Line(
            "open with ten years ÷ bare", years, ratios=ratios(years, bare),
            limits=(Limit("ratio", 1.1),),
        ),
        Line(
            "open with ten years ÷ empty file", years, ratios=ratios(years, empty),
            limits=(Limit("ratio", 1.05),),
        ),
    ]  # fmt: skip


def keys(bench: Bench) -> list[Line]:
    """From a key to the picture that answers it, in ms, with ten years of entries."""
    took: dict[str, list[float]] = {what: [] for what, _, _ in PRESSES}
    with bench.app(bench.ten_years) as terminal:
        terminal.until(DAY_SHOWN)
        for number in range(bench.presses + 1):
            for what, key, answer in PRESSES:
                seconds = terminal.press(key, answer)
                if number:  # the first time composes dialogs and fills caches
                    took[what].append(1000 * seconds)
        terminal.quit()
    limits = (Limit("median", 12), Limit("p95", 30))
    return [Line(f"key: {what}", values, limits=limits) for what, values in took.items()]


def progress(bench: Bench) -> list[Line]:
    """The second view: from its key to its picture, and the calendar's cursor, in ms."""

    def opened(path: Path) -> Callable[[], float]:
        def measure() -> float:
            with bench.app(path) as terminal:
                terminal.until(DAY_SHOWN)
                return 1000 * terminal.press("2", r"CALENDAR")

        return measure

    took = alternate(
        {"empty": opened(bench.empty), "ten years": opened(bench.ten_years)}, bench.rounds
    )
    beyond = [years - empty for years, empty in zip(took["ten years"], took["empty"], strict=True)]
    moved: list[float] = []
    with bench.app(bench.ten_years) as terminal:
        terminal.until(DAY_SHOWN)
        terminal.press("2", r"CALENDAR")
        terminal.press("\t", r"Open")
        for number in range(bench.presses + 1):
            seconds = terminal.press("k" if number % 2 else "h", DAY_UNDER_CURSOR)
            if number:
                moved.append(1000 * seconds)
    return [
        Line("open Progress, empty file", took["empty"]),
        Line("open Progress, ten years − empty", beyond, limits=(Limit("median", 120),)),
        Line("key: move the calendar's cursor", moved, limits=(Limit("median", 20),)),
    ]


def numbers(bench: Bench) -> list[Line]:
    """The third view: from a key until all figures stand, of the view and of each window, in ms."""
    windows = ("365 days", "all", "30 days", "90 days")

    def stepped(path: Path) -> dict[str, float]:
        with bench.app(path) as terminal:
            terminal.until(DAY_SHOWN)
            took = {"open Numbers": 1000 * terminal.stand("3", "FUNNEL")}
            for window in windows:
                took[f"Numbers: {window}"] = 1000 * terminal.stand("w", r"Numbers  \w+(?: days)?")
            return took

    lines: dict[str, list[float]] = {}
    for _ in range(bench.rounds):
        empty, years = stepped(bench.empty), stepped(bench.ten_years)
        for name, value in years.items():
            lines.setdefault(name, []).append(value - empty[name])
    return [
        Line(f"{name}, ten years − empty", values, limits=(Limit("median", 150),))
        for name, values in lines.items()
    ]


def delegate(bench: Bench) -> list[Line]:
    """The fourth view: from its key to its picture, the first time and later, in ms."""

    def opened(path: Path) -> dict[str, float]:
        with bench.app(path) as terminal:
            terminal.until(DAY_SHOWN)
            first = 1000 * terminal.press("4", "THE LEDGER")
            terminal.press("1", "NON-NEGOTIABLES")
            return {"first time": first, "later": 1000 * terminal.press("4", "THE LEDGER")}

    whole: dict[str, list[float]] = {"first time": [], "later": []}
    beyond: dict[str, list[float]] = {"first time": [], "later": []}
    for _ in range(bench.rounds):
        empty, years = opened(bench.empty), opened(bench.ten_years)
        for when, value in years.items():
            whole[when].append(value)
            beyond[when].append(value - empty[when])
    lines = [Line(f"open Delegate, {when}", values) for when, values in whole.items()]
    for when, most in (("first time", 120), ("later", 25)):
        name = f"open Delegate, {when}, ten years − empty"
        lines.append(Line(name, beyond[when], limits=(Limit("median", most),)))
    return lines


def idle(bench: Bench) -> list[Line]:
    """The share of a core while nothing happens and no timer runs, in percent."""
    with bench.bare() as terminal:
        terminal.until("Ready")
        bare = 100 * terminal.idle(bench.idle_seconds)
    with bench.app(bench.ten_years) as terminal:
        terminal.until(DAY_SHOWN)
        ours = 100 * terminal.idle(bench.idle_seconds)
    return [
        Line("idle, bare Textual app", [bare], "%"),
        Line("idle, no timer", [ours], "%", limits=(Limit("median", 1),)),
    ]


def memory(bench: Bench) -> list[Line]:
    """The most memory that was resident until the day stood and the store was there, in MiB."""

    def taken(start: Callable[[], Terminal], ready: str) -> Callable[[], float]:
        def measure() -> float:
            with start() as terminal:
                terminal.until(ready)
                terminal.settle(quiet=0.5)
                return terminal.peak_memory()

        return measure

    took = alternate(_apps(bench, taken), max(1, bench.rounds // 3))
    bare, empty, years = took["bare"], took["empty"], took["ten years"]
    return [
        Line("memory of a bare Textual app", bare, "MiB"),
        Line(
            "memory with ten years ÷ bare", years, "MiB", ratios=ratios(years, bare),
            limits=(Limit("ratio", 2.2),),
        ),
        Line(
            "memory with ten years ÷ empty file", years, "MiB", ratios=ratios(years, empty),
            limits=(Limit("ratio", 1.05),),
        ),
    ]  # fmt: skip


def quitting(bench: Bench) -> list[Line]:
    """From the key to the end of the program, in ms."""

    def left(start: Callable[[], Terminal], ready: str) -> Callable[[], float]:
        def measure() -> float:
            with start() as terminal:
                terminal.until(ready)
                terminal.settle(quiet=0.5)
                return 1000 * terminal.quit()

        return measure

    took = alternate(_apps(bench, left), bench.rounds)
    bare, years = took["bare"], took["ten years"]
    return [
        Line("quit a bare Textual app", bare),
        Line(
            "quit with ten years ÷ bare", years, ratios=ratios(years, bare),
            limits=(Limit("ratio", 1.1),),
        ),
    ]  # fmt: skip


def _apps(
    bench: Bench, measured: Callable[[Callable[[], Terminal], str], Callable[[], float]]
) -> dict[str, Callable[[], float]]:
    """A measure of the bare app, and of ours with an empty file and with ten years."""
    return {
        "bare": measured(bench.bare, "Ready"),
        "empty": measured(lambda: bench.app(bench.empty), DAY_SHOWN),
        "ten years": measured(lambda: bench.app(bench.ten_years), DAY_SHOWN),
    }


def commands(bench: Bench) -> list[Line]:
    """Commands that run and end, in ms, with ten years of entries."""

    def ran(command: Sequence[str], *codes: int) -> Callable[[], float]:
        def measure() -> float:
            begin = time.perf_counter()
            done = subprocess.run(
                command, env=bench.environment(bench.ten_years), check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            took = 1000 * (time.perf_counter() - begin)
            if done.returncode not in (0, *codes):
                raise NotShownError(f"{' '.join(command)} ended with {done.returncode}.")
            return took

        return measure

    took = alternate(
        {
            "import": ran(IMPORT),
            "log": ran((NEEDLE, "log", "12")),
            "driver": ran(IMPORT_DRIVER),
            "status": ran((NEEDLE, "status"), 3, 4),
            "help": ran((NEEDLE, "--help")),
        },
        bench.rounds,
    )
    return [
        Line('python -c "import sqlmodel"', took["import"]),
        Line(
            "needle log 12 ÷ import sqlmodel", took["log"],
            ratios=ratios(took["log"], took["import"]), limits=(Limit("ratio", 1.5),),
        ),
        Line('python -c "import sqlite3"', took["driver"]),
        Line(
            "needle status ÷ import sqlite3", took["status"],
            ratios=ratios(took["status"], took["driver"]), limits=(Limit("ratio", 1.6),),
        ),
        Line(
            "needle --help ÷ import sqlite3", took["help"],
            ratios=ratios(took["help"], took["driver"]),
        ),
    ]  # fmt: skip


def exchange(bench: Bench) -> list[Line]:
    """All data out and in again, and real calls in, in s, with the most memory that was resident.

    The calls are those of `tests/data`, as often as makes a file of their real number.
    """
    exported = {name: bench.folder / f"all.{name}" for name in ("json", "zip")}
    calls = bench.folder / "calls.csv"
    header, *rows = CALLS.read_text(encoding="utf-8").splitlines(keepends=True)
    repeated = (rows * -(-REAL_CALLS // len(rows)))[:REAL_CALLS]
    calls.write_text(header + "".join(repeated), encoding="utf-8")
    new = bench.folder / "new.db"

    def ran(database: Path, *line: str) -> Callable[[], tuple[float, float]]:
        def measure() -> tuple[float, float]:
            if database == new:
                for path in bench.folder.glob("new.db*"):
                    path.unlink()
            begin = time.perf_counter()
            process = subprocess.Popen(
                (NEEDLE, *line), env=bench.environment(database),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise NotShownError(f"needle {line[0]} ended with {process.returncode}.")
            return time.perf_counter() - begin, usage.ru_maxrss / 1024

        return measure

    measures = {
        f"export ten years as {name}": ran(bench.ten_years, "export", str(path), "--force")
        for name, path in exported.items()
    }
    measures |= {
        f"import ten years from {name}": ran(new, "import", str(path))
        for name, path in exported.items()
    }
    measures[f"import {REAL_CALLS:,} real calls"] = ran(new, "import", str(calls), *CALLS_MAPPED)
    lines = []
    for what, measure in measures.items():
        took = [measure() for _ in range(max(1, bench.rounds // 3))]
        limits = (Limit("median", 2),) if "calls" in what else ()
        lines.append(Line(what, [seconds for seconds, _ in took], "s", limits=limits))
        lines.append(Line(f"{what}: memory", [memory for _, memory in took], "MiB"))
    return lines


MEASURES = {
    "opening": opening,
    "keys": keys,
    "progress": progress,
    "numbers": numbers,
    "delegate": delegate,
    "idle": idle,
    "memory": memory,
    "quit": quitting,
    "commands": commands,
    "exchange": exchange,
}


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15, help="openings and commands (15)")
    parser.add_argument("--presses", type=int, default=40, help="of each key (40)")
    parser.add_argument("--idle", type=float, default=20, help="seconds of doing nothing (20)")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="needlemover-") as folder:
        bench = Bench(Path(folder), chosen.rounds, chosen.presses, chosen.idle)
        print("building the files …", file=sys.stderr)
        bench.build()
        lines: list[Line] = []
        for name in chosen.only:
            print(f"measuring: {name} …", file=sys.stderr)
            try:
                lines += MEASURES[name](bench)
            except NotShownError as error:
                sys.exit(f"{name}: {error}")
    print(table(lines))


if __name__ == "__main__":
    main()
