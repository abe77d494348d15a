"""The commands: thin, grouped by subject; what is heavy is imported inside them.

What cannot be done is a `NeedleError`, which the entry point says.
"""
