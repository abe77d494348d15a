"""When is somebody called again?"""

from datetime import date, time
from functools import partial
from typing import Any

from msgspec import UNSET

from ...domain.buyers.contact import StepKind
from ...domain.settings import Moment
from ...text.format import plain_when, quoted, shown
from ...text.parse.days import When, parse_when
from ..kit.fields import NameField, TextField
from ..kit.form import Form
from ..kit.view import View


def back_field(moment: Moment, *, blank: object = UNSET) -> TextField:
    """A day to come, perhaps with a time."""
    read = partial(parse_when, today=moment.today, now=moment.local)
    placeholder = "tomorrow, thu 14:00, +3, 2w"
    return TextField("back", "Call again", read=read, placeholder=placeholder, blank=blank)


def ask_back(view: View[Any], contact: str, kind: StepKind = StepKind.CALL) -> None:
    """Ask when a contact is called or met again; without a name it asks who, too."""

    def save(back: tuple[date, time | None], contact: str = contact) -> None:
        view.do(lambda: view.store.contacts.promise(contact, *back, kind=kind))
        say_promised(view, contact, back, kind)

    field = back_field(view.store.moment())
    fields = [field] if contact else [NameField(view.store.contacts.names), field]
    title = shown(contact) or "Call back"
    view.app.push_screen(Form(title, fields, save, hint="Enter saves"))


def say_promised(view: View[Any], contact: str, back: When, kind: StepKind = StepKind.CALL) -> None:
    """Say what was promised, and how it is taken back."""
    what = "Meet" if kind is StepKind.MEETING else "Call back"
    view.say(f"{what} {quoted(contact)} {plain_when(*back)}; u takes it back.")
