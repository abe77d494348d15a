"""Modules that Today's first picture does not need: each is read when something is used of it."""

from typing import TYPE_CHECKING

from ..later import PLACES, reader

if TYPE_CHECKING:
    from ...text import delegation
    from ...text.parse import days, values
    from ..calls import entry_form, entry_lists, outcome_form
    from ..delegation import ledger
    from ..kit import dialog, fields, form
    from ..later import contact, new_entry, next_calls, store, words
    from ..promises import forms
    from . import missed_days

_PLACES = {
    "..text": ("delegation",),
    "..text.parse": ("days", "values"),
    ".calls": ("entry_form", "entry_lists", "outcome_form"),
    ".delegation": ("ledger",),
    ".kit": ("dialog", "fields", "form"),
    ".promises": ("forms",),
    ".today": ("missed_days",),
}
__getattr__ = reader(PLACES | _PLACES)
