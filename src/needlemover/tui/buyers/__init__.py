"""Buyers: whom to talk to next, and what is known of each."""
