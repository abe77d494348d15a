"""Two machines: what the states of a row that each of them has come to."""
