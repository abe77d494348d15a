"""What people type, read: where it cannot be, a `WrongUsageError` says what to type instead."""
