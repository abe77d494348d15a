"""Modules that Today's first picture does not need: each is read when something is used of it."""

from typing import TYPE_CHECKING

from ..later import reader

if TYPE_CHECKING:
    from ...domain.buyers import contact, next_calls
    from ...store import store
    from ...store.calls import new_entry
    from ...text import delegation
    from ...text.buyers import words
    from ...text.parse import days, values
    from ..calls import entry_form, entry_lists, outcome_form
    from ..delegation import ledger
    from ..kit import dialog, fields, form
    from ..promises import forms
    from . import missed_days

_FOLDERS = {
    "...domain.buyers": ("contact", "next_calls"),
    "...store": ("store",),
    "...store.calls": ("new_entry",),
    "...text": ("delegation",),
    "...text.buyers": ("words",),
    "...text.parse": ("days", "values"),
    "..calls": ("entry_form", "entry_lists", "outcome_form"),
    "..delegation": ("ledger",),
    "..kit": ("dialog", "fields", "form"),
    "..promises": ("forms",),
    "": ("missed_days",),
}
__getattr__ = reader(__name__, _FOLDERS)
