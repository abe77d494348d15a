"""The day as it stands."""
