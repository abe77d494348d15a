"""What people type, read: each function says what to type instead."""
