"""Taking in what other programs keep."""
