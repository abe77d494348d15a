"""Buyers: whom do I talk to next, what do I know of them, what did I promise?"""

import subprocess
import sys

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widgets import Input

from ...clock import Clock
from ...domain.buyers.contact import Buyer, BuyersSnapshot
from ...domain.errors import NeedleError
from ...store.store import Store
from ...text.format import counted, quoted
from ...text.parse.values import is_phone
from ..calls.outcome_form import ask_back
from ..kit.edges import KeyLine, Tabs, TitleLine
from ..kit.fields import NameField, TextInput, text_field
from ..kit.form import Form
from ..kit.lines import Line
from ..kit.panels import Panels, TextPanel
from ..kit.view import View
from ..views import END_KEYS, PARK_KEY, VIEW_KEYS, key
from .panels import RowsPanel
from .with_buyer import known_lines

_OF_ONE = ("call", "back", "edit", "merge", "never", "copy", "dial")


class BuyersScreen(View[BuyersSnapshot]):
    """The view of all who may buy, and the keys that work on it."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "RowsPanel"
    BINDINGS = [
        key("escape", "leave", "Show all", "Show all buyers, and the list"),
        key("c", "call", "Call", "Call this buyer"),
        key("enter", "read", "Read", "Read what is known; again: the list"),
        key("b", "back", "Back on", "Say when to call again"),
        key("slash", "find", "Find", "Find a name or a phone as you type"),
        key("a", "add", "Add", "Put somebody on the list: a name and Enter"),
        key("e", "edit", "Edit", "Change name, phone, note"),
        key("m", "merge", "Merge", "Merge two spellings of one buyer"),
        key("N", "never", "Never", "Never call again, as was asked; again: allow it"),
        key("y", "copy", "Copy", "Copy the phone", id="copy_phone"),
        key("o", "dial", "Dial", "Dial with your system's own program"),
        *VIEW_KEYS,
        PARK_KEY,
        key("tab,shift+tab", "read", "Other panel", id="next_panel", show=False),
        *(each for each in END_KEYS if each.id != "copy_line"),
    ]

    reads: reactive[bool] = reactive(False, repaint=False, toggle_class="-reads")
    """Whether a narrow window shows the buyer in the place of the list."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._typed = ""
        self._chosen: int | None = None
        super().__init__(store, clock)
        self._rows = RowsPanel(self.snapshot, id="rows")
        self._known = TextPanel("THE BUYER", known_lines, id="known")
        self._line = TextInput(placeholder="/ finds a name", id="find")

    def compose(self) -> ComposeResult:
        snapshot, title = type(self).snapshot, TitleLine(id="title")
        yield Tabs("buyers")
        yield Horizontal(title.data_bind(facts=View.headline), self._line, id="headline")
        yield Panels(*(panel.data_bind(facts=snapshot) for panel in (self._rows, self._known)))
        yield KeyLine(id="keys")

    def read(self) -> BuyersSnapshot:
        return self.store.contacts.snapshot(self._typed, self._chosen)

    def compute_headline(self) -> tuple[Line, ...]:
        found, everybody = len(self.snapshot.rows), sum(self.snapshot.counts.values())
        count = counted(everybody, "buyer") if found == everybody else f"{found:,} of {everybody:,}"
        return (Line((("Buyers  ", "strong"), (count, "muted"))),)

    @property
    def _buyer(self) -> Buyer:
        """Who is chosen; `why_not` lets no key ask where nobody is."""
        assert self.snapshot.buyer is not None
        return self.snapshot.buyer

    @property
    def _phone(self) -> str:
        """The phone of who is chosen, or the name where it is one; empty: it is not known."""
        contact = self._buyer.contact
        return contact.phone or (contact.name if is_phone(contact.name) else "")

    def why_not(self, action: str) -> str:
        if action in _OF_ONE and self.snapshot.buyer is None:
            return "Nobody is chosen: a adds somebody."
        if action == "find" and self._line.has_focus:
            return "Type a part of a name or a phone: Enter goes to the list."
        if action in ("read", "find") and not any(self.snapshot.counts.values()):
            return "Nobody is known yet: a adds somebody."
        if action in ("copy", "dial") and not self._phone:
            return "There is no phone yet: e adds it."
        if action == "leave" and self._rows.has_focus and not self._typed:
            return "All buyers are shown."
        return ""

    def _choose(self, contact_id: int, *, of_all: bool = True) -> None:
        """Put the cursor on a contact; of all, or of those that fit what was typed."""
        self._chosen = contact_id
        if of_all and self._typed:
            self._line.value = self._typed = ""
        self.refresh_data()

    def on_panel_moved(self) -> None:
        row = self._rows.current
        if row is not None and row.id != self._buyer.contact.id:
            self._choose(row.id, of_all=False)

    def on_input_submitted(self) -> None:
        self._rows.focus()

    @on(RowsPanel.Picked)
    def action_read(self) -> None:
        """Go to what is known of the buyer, or back to the list."""
        self.reads = not self._known.has_focus
        self.query_one(Panels).go_to("known" if self.reads else "rows")

    def action_leave(self) -> None:
        self.reads = False
        self._line.value = ""
        self.query_one(Panels).go_to("rows")

    def action_find(self) -> None:
        self.reads = False
        self._line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._typed = event.value
        self.refresh_data()

    def action_move(self, by: int) -> None:
        (self._known if self._known.has_focus else self._rows).move(by)

    def action_call(self) -> None:
        """Call on Today, where the call is seen and how it ends is asked."""
        action = f"call({self._buyer.contact.name!r})"
        self.show_view("today")
        self.app.screen.call_later(self.app.screen.run_action, action)

    def action_back(self) -> None:
        name, step = self._buyer.contact.name, self._buyer.step
        ask_back(self, name, is_meeting=step is not None and step.kind == "meeting")

    def action_add(self) -> None:
        def save(contact: str, phone: str, note: str) -> None:
            added = self.do(lambda: self.store.contacts.add(contact, phone, note)).contact
            self._choose(added.id)
            self.say(f"{quoted(added.name)} is on the list; u takes it back.")

        more = (text_field("phone", "Phone"), text_field("note", "Note"))
        self.ask(Form("Whom to call?", (NameField(self.store.contacts.names), *more), save))

    def action_edit(self) -> None:
        contact = self._buyer.contact

        def save(**said: str) -> None:
            if changes := {key: said[key] for key in form.changed}:
                self.do(lambda: self.store.contacts.edit(contact.id, **changes))

        known = {"name": contact.name, "phone": contact.phone, "note": contact.note}
        fields = [text_field(key, key.capitalize(), text) for key, text in known.items()]
        self.ask(form := Form(contact.name, fields, save))

    def action_merge(self) -> None:
        contacts, gone = self.store.contacts, self._buyer.contact

        def save(contact: str) -> None:
            kept = contacts.find(contact).contact
            self.do(lambda: contacts.merge(gone.id, kept.id))
            self._choose(kept.id)
            self.say(f"{quoted(gone.name)} is {quoted(kept.name)} now; u parts them again.")

        title = f"{gone.name} is the same as"
        self.ask(Form(title, [NameField(contacts.names)], save, save_word="Merge"))

    def action_never(self) -> None:
        contact, following = self._buyer.contact, self.snapshot.rows[self.snapshot.place + 1 :]
        is_on = contact.never_since is None
        if self.attempt(lambda: self.store.contacts.never(contact.id, on=is_on)):
            if is_on and following:
                self._choose(following[0].id, of_all=False)
            said = "is never called again" if is_on else "may be called again"
            self.say(f"{quoted(contact.name)} {said}; u takes it back.", stays=True)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._phone)
        self.say(f"Copied {self._phone}.")

    def action_dial(self) -> None:
        phone = self._phone

        def dial() -> None:
            number = "".join(sign for sign in phone if sign.isdecimal() or sign == "+")
            program = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
            nowhere = subprocess.DEVNULL
            try:
                # In a session of its own it goes on when the terminal is closed.
                subprocess.Popen(
                    [program, f"tel:{number}"], stdin=nowhere, stdout=nowhere, stderr=nowhere,
                    start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                said = "Your system has no program that dials: y copies the phone."
                raise NeedleError(said) from error

        title = f"Dial {phone} with the program that your system has for it?"
        self.ask(Form(title, (), dial, save_word="Dial", hint="Enter dials"))
