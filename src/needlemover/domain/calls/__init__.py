"""Calls and whatever else happened: entries, their outcomes, the timer."""
