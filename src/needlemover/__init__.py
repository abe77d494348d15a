"""Needlemover: do, every single day, the few things that make the money."""

__version__ = "0.1.0"
