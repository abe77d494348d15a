"""Buyers: who they are, what was promised to them, whom to call next."""
