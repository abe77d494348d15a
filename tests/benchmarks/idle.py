"""Doing nothing: what the app takes of a core, and what it writes."""

import time
from concurrent.futures import ThreadPoolExecutor

from bench import DAY_SHOWN, Bench
from figures import Limit, Line
from terminal import Idle

WINDOWS = 3
"""How often it is measured."""


def idle(bench: Bench) -> list[Line]:
    """The share of a core in percent, and bytes written to the terminal and to files."""
    with (
        bench.bare() as bare,
        bench.app(bench.ten_years) as still,
        bench.app(bench.copy(bench.ten_years)) as timed,
    ):
        bare.until("Ready")
        still.until(DAY_SHOWN)
        timed.until(DAY_SHOWN)
        terminals = (bare, still, timed)
        for terminal in terminals:
            terminal.rest()
        timed.press("c", "hang up")
        found: list[list[Idle]] = []
        with ThreadPoolExecutor() as pool:
            for _ in range(WINDOWS):
                _wait_for_room(bench.idle_seconds)
                found.append(list(pool.map(lambda one: one.idle(bench.idle_seconds), terminals)))
    alone, without, running = zip(*found, strict=True)
    return [
        Line("idle: a bare Textual app", [100 * one.share for one in alone], "%"),
        Line(
            "idle: no timer", [100 * one.share for one in without], "%",
            limits=(Limit("median", 0.3),),
        ),
        Line(
            "idle: timer running", [100 * one.share for one in running], "%",
            limits=(Limit("median", 1),),
        ),
        Line(
            "idle: written, no timer", [one.written for one in without], "bytes",
            limits=(Limit("p95", 0),),
        ),
    ]  # fmt: skip


def _wait_for_room(seconds: float) -> None:
    """Wait until so many seconds fit into a minute: the clock on top changes with each."""
    while not 2 <= time.time() % 60 <= max(3, 58 - seconds):
        time.sleep(0.2)
