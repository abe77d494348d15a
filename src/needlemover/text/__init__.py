"""What people type, read into values, and values written out for people."""
