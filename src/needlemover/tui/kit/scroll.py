"""The lines of a panel, and which of them are in sight."""

from itertools import dropwhile, takewhile

from .lines import EMPTY, Line, Lines


class Scroll:
    """Keeps the place to which lines are scrolled."""

    def __init__(self) -> None:
        self.lines: Lines = ()
        self.height = 0
        """How many lines are in sight."""
        self.top = 0
        """The line that stands on top."""

    def line(self, y: int) -> Line:
        """What stands at a visible place."""
        place = y + self.top
        return self.lines[place] if place < len(self.lines) else EMPTY

    def in_sight(self, height: int) -> list[Line]:
        """What stands at so many visible places."""
        return [self.line(y) for y in range(height)]

    @property
    def has_more(self) -> bool:
        """Whether some lines have no room."""
        return len(self.lines) > self.height

    def move(self, by: int) -> None:
        self.top = max(0, min(self.top + by, len(self.lines) - self.height))

    def keep_in_sight(self, item: int) -> None:
        """Scroll to an item, where it is not in sight."""
        places = self._places(item)
        if places and item == 0:
            self.top = max(0, places[-1] - self.height + 1)  # with what stands above the first
        elif places:
            self.top = max(min(self.top, places[0]), places[-1] - self.height + 1)
        self.move(0)

    def _places(self, item: int) -> list[int]:
        """The lines of an item, which stand together; those before it have one each at least."""
        from_item = dropwhile(lambda y: self.lines[y].item != item, range(item, len(self.lines)))
        return list(takewhile(lambda y: self.lines[y].item == item, from_item))

    def is_thumb(self, y: int) -> bool:
        """Whether the thumb of the scrollbar stands at a visible place."""
        if not self.has_more:
            return False
        height, total = self.height, len(self.lines)
        size = max(1, height * height // total)
        start = (height - size) * self.top // (total - height)
        return start <= y < start + size
