"""The command line on a file of its own, and the data looked at beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from needlemover.clock import Clock
from needlemover.store.store import Store

from ..cli.conftest import begun, database, kept_morning, needle, now


@pytest.fixture
def data(database: Path, now: time_machine.Traveller) -> Iterator[Store]:
    """The file that the commands use, opened beside them."""
    opened = Store(database, Clock())
    yield opened
    opened.close()


__all__ = ["begun", "data", "database", "kept_morning", "needle", "now"]
