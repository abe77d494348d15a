"""With whom is the call that is running?"""

from collections.abc import Callable, Iterable

from textual.widget import Widget

from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField


class ContactName(Dialog[bool]):
    """One line; the call goes on."""

    AUTO_FOCUS = "#contact"
    title_text = "Who are you talking to?"
    hint_text = "Enter saves; the call goes on"

    def __init__(self, contact: str, save: Callable[[str], object]) -> None:
        super().__init__()
        self._contact = contact
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """The name."""
        yield Field("Who", TextField(self._contact, id="contact"))

    def accept(self) -> bool:
        """The name that was typed."""
        self._save(self.typed("contact"))
        return True
