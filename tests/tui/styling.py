"""Styles worked out once in a process: each app after the first takes them over.

A form of seventy widgets is styled three times until it is seen, each by hundreds of rules.
"""

from collections.abc import Callable

from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

_apply = Stylesheet.apply
_parse: Callable[..., list[RuleSet]] = Stylesheet._parse_rules

_parsed: dict[object, list[RuleSet]] = {}
_sheets: dict[tuple[int, ...], int] = {}
"""Sheets with the same rules have the same number."""
_found: dict[object, RulesMap] = {}


def parse_once(sheet: Stylesheet, *source: object, **how: object) -> list[RuleSet]:
    """The rules of a source of styles, in the place of the library's function."""
    key = (*source, *how.items(), *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *source, **how)
    return _parsed[key]


def apply_found(
    sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: object = None
) -> None:
    """Style a widget, in the place of the library's function, whose cache lasts for one round."""
    _apply(sheet, node, animate=animate, cache=_Found(sheet, node))  # type: ignore[arg-type]


class _Found:
    """What was found for a widget in the same place. What hangs on its neighbours is not asked."""

    def __init__(self, sheet: Stylesheet, node: DOMNode) -> None:
        self._sheet, self._node = sheet, node

    def get(self, _: object) -> RulesMap | None:
        """The rules, when they are known."""
        self._place = _number(self._sheet), *map(_state, self._node.css_path_nodes)
        return _found.get(self._place)

    def __setitem__(self, _: object, rules: RulesMap) -> None:
        _found[self._place] = rules


def _number(sheet: Stylesheet) -> int:
    rules, number = vars(sheet).get("_numbered", (None, 0))
    if rules is not sheet.rules:
        number = _sheets.setdefault(tuple(map(id, sheet.rules)), len(_sheets))
        vars(sheet)["_numbered"] = sheet.rules, number
    return number


def _state(node: DOMNode) -> tuple[object, ...]:
    """All that a selector can ask of a widget or app, but for where it stands among others."""
    if isinstance(node, Widget):
        kind = type(node), node._id, node.classes, node.can_focus
        return *kind, node.mouse_hover, node.has_focus, node.disabled
    if isinstance(node, App):
        looks = node.theme, node.is_inline, node.native_ansi_color, node.no_color
        return type(node), node._id, node.classes, node.app_focus, *looks
    return type(node), node._id, node.classes
