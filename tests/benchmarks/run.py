"""The benchmark: one command, by hand, that prints a table of figures beside their targets.

    .venv/bin/pip install -e '.[dev,bench]'
    .venv/bin/python tests/benchmarks/run.py

It builds files with ten years of entries and with none, and measures from outside, in a
pseudo-terminal (Linux). What depends on the machine is given as a ratio to a bare Textual app, or
to a bare import, taken in the same rounds. `--rounds 3 --presses 5 --idle 3` gives a quick look.
With PYTHONPATH set to the `src` of another checkout, that one is measured.

To measure more, write a function that answers lines of the table and name it in `MEASURES`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench import Bench
from buyers import buyers
from commands import commands
from exchanging import exchange
from figures import Line, table
from idle import idle
from keys import keys
from opening import opening
from terminal import NotShownError
from views import views

import needlemover

MEASURES = {
    "opening": opening,
    "keys": keys,
    "views": views,
    "buyers": buyers,
    "idle": idle,
    "commands": commands,
    "exchange": exchange,
}
CALLS = Path(__file__).parents[1] / "data" / "bank-calls-300.csv"


def main() -> None:
    """Build, measure, print."""
    chosen = _chosen()
    with tempfile.TemporaryDirectory(prefix="needlemover-") as folder:
        bench = Bench(Path(folder), chosen.rounds, chosen.presses, chosen.idle, chosen.calls)
        print(f"building the files for {Path(needlemover.__file__).parent} …", file=sys.stderr)
        bench.build()
        lines: list[Line] = []
        missing = False
        for name in chosen.only:
            print(f"measuring: {name} …", file=sys.stderr)
            try:
                lines += MEASURES[name](bench)
            except NotShownError as error:
                print(f"{name}: {error}", file=sys.stderr)
                missing = True
    print(table(lines))
    sys.exit(1 if missing else 0)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15, help="openings, views, commands (15)")
    parser.add_argument("--presses", type=int, default=40, help="of each key (40)")
    parser.add_argument("--idle", type=float, default=35, help="seconds of doing nothing (35)")
    parser.add_argument("--calls", type=Path, default=CALLS, help="real calls; these are repeated")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    return parser.parse_args()


if __name__ == "__main__":
    main()
