"""Calls in any CSV."""
