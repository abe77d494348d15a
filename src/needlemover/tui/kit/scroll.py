"""The lines of a panel, and which of them are in sight."""

from collections.abc import Sequence

from .lines import EMPTY, Line


class Scroll:
    """Keeps the place to which lines are scrolled."""

    def __init__(self) -> None:
        self.lines: Sequence[Line] = ()
        self.height = 0
        """How many lines are in sight."""
        self.top = 0
        """The line that stands on top."""

    def line(self, y: int) -> Line:
        """What stands at a visible place."""
        place = y + self.top
        return self.lines[place] if place < len(self.lines) else EMPTY

    @property
    def has_more(self) -> bool:
        """Whether some lines have no room."""
        return len(self.lines) > self.height

    def move(self, by: int) -> None:
        self.top = max(0, min(self.top + by, len(self.lines) - self.height))

    def keep_in_sight(self, item: int) -> None:
        """Scroll to an item, where it is not in sight."""
        places = [y for y, line in enumerate(self.lines) if line.item == item]
        if places and item == 0:
            self.top = max(0, places[-1] - self.height + 1)  # with what stands above the first
        elif places:
            self.top = max(min(self.top, places[0]), places[-1] - self.height + 1)
        self.move(0)

    def is_thumb(self, y: int) -> bool:
        """Whether the thumb of the scrollbar stands at a visible place."""
        if not self.has_more:
            return False
        height, total = self.height, len(self.lines)
        size = max(1, height * height // total)
        start = (height - size) * self.top // (total - height)
        return start <= y < start + size
