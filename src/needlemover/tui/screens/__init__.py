"""One file a view or dialog, with its stylesheet beside it."""
