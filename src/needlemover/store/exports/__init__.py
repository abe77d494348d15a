"""All data at once, out and in."""
