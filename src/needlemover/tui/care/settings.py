"""The form of the settings: what numbers depend on, how the app looks, and its keys."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget

from ...config import AUTO, Config, NudgeWays
from ...text.settings import parse_setting
from ..kit.fields import Field, NameInput, choice_field, text_field
from ..kit.form import FieldError, Form, Told
from ..kit.view import View
from ..themes import OWN
from ..views import VIEWS, key_problems, keys_of, pressed_for

_FIELDS = (
    ("currency", "Currency", "three letters, like EUR"),
    ("working_day", "Working day", "for the pace and your hour"),
    ("day_starts_at", "Day starts at", "calls before it: the day before"),
    ("first_weekday", "Week begins", "monday or sunday"),
    ("call_cap", "Longest call", "a longer one is asked about"),
    ("retry_days", "Try again after", "days, for each try in a row"),
)
_NUDGES = (
    ("osc9", "Notification", "when something is due and nobody looks"),
    ("osc99", "In kitty, foot", "the same, as these terminals show it"),
    ("bell", "Bell", "rings with a notification"),
    ("title", "Title", "the terminal's: a call, or what is due"),
    ("names", "Names", "of buyers, in notifications and title"),
)


def ask_settings(view: View[Any], begin: str = "") -> None:
    """Ask for the settings, in the field `begin` first; a theme is shown while it is chosen."""
    app, config, choices = view.host, view.host.config, view.store.choices
    typed, today = choices.typed(), view.snapshot.today

    def field(key: str, label: str, hint: str) -> Field:
        def checked(text: str) -> str:
            parse_setting(key, text, typed["currency"], today)
            return text

        return text_field(key, label, typed[key], read=checked, hint=hint)

    def save(theme: str, action: str, key: str, **values: Any) -> None:
        nudge = NudgeWays(**{name: values[f"nudge_{name}"] for name, _, _ in _NUDGES})
        new = replace(config, theme=theme, nudge=nudge, keys=_with_key(config, action, key.strip()))
        changed = {name: values[name] for name, _, _ in _FIELDS if values[name] != typed[name]}
        if changed:
            view.do(lambda: choices.set_all(changed))
        if new != config:
            app.choose(new)
        if changed or new != config:
            view.say("Settings saved.")

    fields = [*(field(*row) for row in _FIELDS), *_look_fields(config)]
    hint = "Enter saves · Tab next · goal: g in Numbers · worth: h in Delegate\n"
    hint += "Export, import, backups, days off: Esc, then ctrl+p"
    show = lambda form: app.show_theme(form.field("theme").asked.answer)  # noqa: E731
    form = Form("Settings", fields, save, hint=hint, begin=begin, adjust=show)
    view.ask(form, lambda saved: None if saved else app.show_theme(config.theme))


def _look_fields(config: Config) -> Iterable[Widget]:
    themes = [(AUTO, "as the terminal is"), *((it, it) for it in (*OWN, *sorted(BUILTIN_THEMES)))]
    yield choice_field("theme", "Theme", themes, config.theme, hint="you see it at once")
    for name, label, hint in _NUDGES:
        ways, is_on = ((True, "yes"), (False, "no")), getattr(config.nudge, name)
        yield choice_field(f"nudge_{name}", label, ways, is_on, hint=hint)
    actions = {key.id or "": key for view in VIEWS for key in keys_of(view)}

    def tell(action: str, **_: object) -> str:
        if (binding := actions.get(action)) is None:
            return ""
        does = binding.tooltip or binding.description
        return f"{does}: its key is {', '.join(pressed_for(binding, config.keys))}."

    names = lambda begun, many: [it for it in actions if it.startswith(begun)][:many]  # noqa: E731
    yield Field("New key for", NameInput("", names, id="action"), hint="like call or next")
    yield text_field("key", "is", hint="like f, ctrl+left, f5")
    yield Told(tell)


def _with_key(config: Config, action: str, key: str) -> Mapping[str, str]:
    """The chosen keys and another one, if it is given; a `FieldError` where it cannot be."""
    if not key:
        return config.keys
    keys, known = {**config.keys, action: key}, {*key_problems(config.keys)}
    for problem in key_problems(keys):
        if problem not in known:
            raise FieldError("key", problem)
    return keys
