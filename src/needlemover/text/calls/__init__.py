"""Calls and whatever else happened."""
