"""needle where, needle demo: about the program itself."""

import typer

from . import places, screen


def where(context: typer.Context) -> None:
    """Show where the data and the configuration live.

    Example: needle where
    """
    places.show_places(context.obj)


def demo() -> int:
    """Open the app on generated sample data in a throwaway file.

    Example: needle demo
    """
    return screen.open_demo()
