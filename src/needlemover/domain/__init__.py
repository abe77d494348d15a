"""The rules: days, commitments, streaks, quotas. Standard library only, no clock, no database."""
