"""The settings, in one form: what the numbers depend on, each with a sentence."""

from typing import Any

from ...text.settings import parse_setting
from ..kit.fields import Field, text_field
from ..kit.form import Form
from ..kit.view import View

_FIELDS = (
    ("currency", "Currency", "three letters, like EUR"),
    ("working_day", "Working day", "for the pace and your hour"),
    ("day_starts_at", "Day starts at", "calls before it: the day before"),
    ("first_weekday", "Week begins", "monday or sunday"),
    ("call_cap", "Longest call", "a longer one is asked about"),
    ("retry_days", "Try again after", "days, for each try in a row"),
)


def ask_settings(view: View[Any]) -> None:
    """Ask for the settings; what was changed is one change."""
    choices, today = view.store.choices, view.snapshot.today
    typed = choices.typed()

    def field(key: str, label: str, hint: str) -> Field:
        def checked(text: str) -> str:
            parse_setting(key, text, typed["currency"], today)
            return text

        return text_field(key, label, typed[key], read=checked, hint=hint)

    def save(**texts: str) -> None:
        changed = {key: text for key, text in texts.items() if text != typed[key]}
        if changed:
            view.do(lambda: choices.set_all(changed))
            view.say("Settings saved.")

    hint = "Enter saves · Tab next · goal: g in Numbers · worth: h in Delegate"
    view.app.push_screen(Form("Settings", [field(*row) for row in _FIELDS], save, hint=hint))
