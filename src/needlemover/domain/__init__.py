"""The rules: days, commitments, streaks, quotas. Nothing but msgspec, no clock, no database."""
