"""The commands: thin, grouped by subject; what is heavy is imported inside them."""
