"""What popped up, and whether paying for it is worth it."""
