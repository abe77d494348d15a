"""When is somebody called again?"""

from datetime import date, time
from functools import partial
from typing import Any

from msgspec import UNSET

from ...domain.buyers.contact import StepKind
from ...domain.settings import Moment
from ...text.buyers.words import promised_words
from ...text.format import shown
from ...text.parse.days import parse_when
from ..kit.fields import NameField, TextField
from ..kit.form import Form
from ..kit.view import View


def back_field(
    moment: Moment, kind: StepKind = StepKind.CALL, *, blank: object = UNSET
) -> TextField:
    """A day to come, perhaps with a time."""
    label = "Meeting on" if kind is StepKind.MEETING else "Call again"
    read = partial(parse_when, today=moment.today, now=moment.local)
    placeholder = "tomorrow, thu 14:00, +3, 2w"
    return TextField("back", label, read=read, placeholder=placeholder, blank=blank)


def ask_back(
    view: View[Any], contact: str, kind: StepKind = StepKind.CALL, hint: str = "Enter saves"
) -> None:
    """Ask when a contact is called or met again; without a name it asks who, too."""

    def save(back: tuple[date, time | None], contact: str = contact) -> None:
        buyer = view.do(lambda: view.store.contacts.promise(contact, *back, kind=kind))
        words = promised_words(buyer.contact.name, buyer.step, view.snapshot.today)
        view.say(f"{words}; u takes it back.")

    field = back_field(view.store.moment(), kind)
    fields = [field] if contact else [NameField(view.store.contacts.names), field]
    title = shown(contact) or "Call back"
    view.app.push_screen(Form(title, fields, save, hint=hint))
