"""The yardstick: the least that a Textual app can be."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Static


class Bare(App[None]):
    BINDINGS = (("q", "quit", "Quit"), ("n", "next", "Next"))

    pressed = 0

    def compose(self) -> ComposeResult:
        yield Static("Ready")
        yield Footer()

    def action_next(self) -> None:
        self.pressed += 1
        self.query_one(Static).update(f"Pressed {self.pressed}", layout=False)


if __name__ == "__main__":
    Bare().run()
