"""Buyers: what is known of each, what was promised to them, and whom to call next."""
