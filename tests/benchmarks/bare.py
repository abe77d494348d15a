"""The yardstick: the least that a Textual app can be."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Static


class Bare(App[None]):
    BINDINGS = (("q", "quit", "Quit"),)

    def compose(self) -> ComposeResult:
        yield Static("Ready")
        yield Footer()


if __name__ == "__main__":
    Bare().run()
