"""Files of our own: everything there is, out and in."""
