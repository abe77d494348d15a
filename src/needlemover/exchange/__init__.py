"""Files in and out: one module a format, all to and from the same plain records."""
