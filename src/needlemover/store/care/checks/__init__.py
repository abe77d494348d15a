"""Checks of the data file: that it is whole, and that what is in it keeps the rules."""

from . import file_checks, row_checks
from .report import CHECKS, Report, run_checks

__all__ = ["CHECKS", "Report", "file_checks", "row_checks", "run_checks"]
