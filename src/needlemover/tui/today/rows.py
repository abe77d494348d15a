"""The rows and columns that the panels of Today take."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from textual.geometry import Region, Size
from textual.layout import WidgetPlacement
from textual.widget import Widget

from ..calls.outcomes import rows_wanted
from ..kit.panels import Panels
from .call_next import WIDE
from .checklist import rows_of
from .facts import TodayFacts

_TALL = 30  # rows of a window from which on its head line has a row more
_EDGES = 3  # rows of the lines over and under the panels, and columns beside them but one
_BOXED = 14  # rows of all panels from which on each has a box; under them a rule with its title
_ROOMY = Size(158, 44)  # of all panels, from which on the buyer stands beside the list
_DOWN = ("checklist", "talking", "next", "log", "buyer", "weeks")  # from the top of a column

Wants = Mapping[str, Sequence[int]]  # the rows of panels, the least first, the dearest panel first


class Plan(Struct, frozen=True):
    """Where the panels stand; those that are not named are not shown."""

    regions: Mapping[str, Region]
    frame: int  # rows that a title and a border take
    is_bare: bool = False  # whether the checklist and the quotas go without


class TodayPanels(Panels):
    """In two columns, or one under the other; what there is no room for is not shown."""

    _plan: Plan | None = None

    def __init__(self, *panels: Widget) -> None:
        super().__init__(*panels, order=())
        self._panels = [*panels]

    def add(self, panel: Widget) -> None:
        """Take one more, also before the others are there."""
        self._panels.append(panel)
        (self.mount if self.is_attached else self.compose_add_child)(panel)

    def share(self, facts: TodayFacts, size: Size) -> bool:
        """Give each its place in a window of a size; whether one is left for a buyer."""
        lines = bool(facts.snapshot.asks) + bool(facts.snapshot.block) + (size.height >= _TALL)
        plan = plan_of(facts, Size(size.width - 2, size.height - _EDGES - lines))
        if plan != self._plan:
            self._plan = plan
            self.set_class(plan.frame < 2, "-ruled", update=self.is_attached)
            self.set_class(plan.is_bare, "-bare", update=self.is_attached)
            for panel in self._panels:
                panel.display = panel.id in plan.regions
            self._panels[0].refresh(layout=True)  # not its own: the library would keep the places
        return "buyer" in plan.regions

    def process_layout(self, placements: list[WidgetPlacement]) -> list[WidgetPlacement]:
        assert self._plan is not None
        regions = self._plan.regions
        return [
            each._replace(region=regions[each.widget.id or ""])
            for each in placements
            if each.widget.id in regions
        ]


def plan_of(facts: TodayFacts, room: Size) -> Plan:
    """Where the panels stand in so many columns and rows.

    What stays longest: what is open and the quotas, the question how a call ended, CALL NEXT, the
    log, the weeks. The question has the rows of the log, and others are moved only where these are
    too few.
    """
    notes = [len(call.note) + 24 * (call.buyer.asked_on is not None) for call in facts.calls[:20]]
    calls = len(facts.calls) + sum(note > max(30, room.width // 4) for note in notes)
    logged = max(6, min(10, len(facts.snapshot.entries)))
    of_facts = rows_of(facts), calls, logged, facts.snapshot.is_talking, room
    plan = _plan(*of_facts, asks=False)
    log = plan.regions.get("log", Region())
    if facts.asked_about and log.height - plan.frame < rows_wanted(log.width or room.width):
        return _plan(*of_facts, asks=True)
    return plan


@lru_cache(maxsize=20)
def _plan(
    checklist: Sequence[int], calls: int, logged: int, is_talk: bool, room: Size, *, asks: bool
) -> Plan:
    width, height = room
    frame = 2 if height >= _BOXED else 1
    own = frame if frame == 2 or not asks else 0
    is_wide = width + 2 >= WIDE
    left = (width - 1) * 3 // 5 if is_wide else width
    calls = max(calls, 8 * (is_talk and not is_wide))  # rows, some of them two of a long note
    log = {"log": [frame + rows_wanted(left)] if asks else _up_to(frame, 0, 1, 2, 6, logged)}
    calls_wanted = _up_to(frame, 0, *(min(calls, rows) for rows in (1, 2, 5, 8, calls)))
    line, still, plain, *airier = checklist
    # All of the checklist where one to call has a row beside it, else what is open first.
    others = plain + own + (0 if is_wide else own + 2) + (frame + 1) * bool(calls)
    least = plain if others <= height else still
    wants = {
        "checklist": _up_to(own, line, least, plain, *airier),
        **({} if is_wide else {"talking": [own + 2]}),
        **(log if asks else {}),
        **({"next": calls_wanted} if calls else {}),
        **log,
    }
    columns = [(0, left, _shared(height, wants, last="log"))]
    if is_wide:
        is_roomy = width >= _ROOMY.width and height >= _ROOMY.height
        least = 8 if frame == 2 else 3 * is_talk
        large, airy = ((16, 27), (*[least] * 5, 14)) if is_roomy else ((), (least,))
        quota = {"weeks": _up_to(frame, 0, *airy), "talking": _up_to(own, 2, 5, 9, 14, *large)}
        if is_roomy and calls and not is_talk:  # else the weeks say what is known
            quota["buyer"] = _up_to(frame, 0, 0, 4, 6, 8, 9)
        last = "buyer" if "buyer" in quota else "weeks"
        columns.append((left + 1, width - left - 1, _shared(height, quota, last=last)))
    regions = {}
    for x, across, given in columns:
        y = 0
        for name in _DOWN:
            if given.get(name):
                regions[name] = Region(x, y, across, given[name])
                y += given[name]
    return Plan(regions, frame, is_bare=own == 0)


def _up_to(frame: int, *rows: int) -> list[int]:
    """So many rows, with those of a frame; none stay none."""
    return [frame + each if each else 0 for each in rows]


def _shared(rows: int, wants: Wants, *, last: str) -> Mapping[str, int]:
    """So many rows shared out: to all the least, then to all the next; what is left to the last."""
    given = dict.fromkeys(wants, 0)
    for level in range(max(map(len, wants.values()))):
        for name, want in wants.items():
            more = max(0, want[min(level, len(want) - 1)] - given[name])
            # Half a panel is none, and bars are under all that have one, or under none.
            is_whole = not given[name] or (name == "checklist" and level > 2)
            more = min(more, 0 if is_whole and more > rows else rows)
            given[name] += more
            rows -= more
    shown = [name for name in given if given[name]] or [last]
    given[last if last in shown else shown[-1]] += rows
    return given
