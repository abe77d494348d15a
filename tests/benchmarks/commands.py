"""Commands that run and end, with ten years of entries."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from bench import NEEDLE, Bench
from figures import Limit, Line, alternate, ratios
from terminal import NotShownError

IMPORT = (sys.executable, "-c", "import sqlmodel")
IMPORT_DRIVER = (sys.executable, "-c", "import sqlite3")


def commands(bench: Bench) -> list[Line]:
    """From the start to the end, in ms, beside the import that it cannot do without."""
    environment = bench.environment(bench.copy(bench.ten_years))

    def ran(command: Sequence[str], *codes: int) -> Callable[[], float]:
        def measure() -> float:
            begin = time.perf_counter()
            done = subprocess.run(
                command, env=environment, check=False,
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
        Line('python -c "import sqlite3"', took["driver"]),
        Line(
            "needle status ÷ import sqlite3", took["status"],
            ratios=ratios(took["status"], took["driver"]), limits=(Limit("ratio", 1.6),),
        ),
        Line('python -c "import sqlmodel"', took["import"]),
        Line(
            "needle log 12 ÷ import sqlmodel", took["log"],
            ratios=ratios(took["log"], took["import"]), limits=(Limit("ratio", 1.2),),
        ),
        Line(
            "needle --help ÷ import sqlmodel", took["help"],
            ratios=ratios(took["help"], took["import"]),
        ),
    ]  # fmt: skip
