"""The published day: what Today shows, as one row of the file that needs no database layer.

The row is written in each transaction that changes what Today shows, so it is either true or not
there.
"""

from .reading import read_published
from .shape import as_snapshot, as_text

__all__ = ["as_snapshot", "as_text", "read_published"]
