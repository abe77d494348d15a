"""Checks of the data file: that it is whole, and that what is in it keeps the rules."""

from . import of_file, of_rows
from .running import Found, Report, run_checks

__all__ = ["Found", "Report", "of_file", "of_rows", "run_checks"]
