"""The errors that a user can meet. Each carries one plain sentence that says what to do next."""


class NeedleError(Exception):
    """It was not done; the text says why and what to do. The command exits with 1."""

    exit_code = 1


class WrongUsageError(NeedleError):
    """What was typed cannot be meant; the text says what to type. The command exits with 2."""

    exit_code = 2


class DamagedError(NeedleError):
    """The data file is damaged: a backup, or what can be read of it, must take its place."""
