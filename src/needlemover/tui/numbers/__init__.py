"""What the hours earn."""
