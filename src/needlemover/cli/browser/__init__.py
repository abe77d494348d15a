"""What textual-serve does not do: a token, a page of our own. Loaded by needle serve alone."""
