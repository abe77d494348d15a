"""The call block: its line, the key that begins and ends it, and what becomes of one left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from ...domain.calls.entry import Block
from ...domain.today.snapshot import DaySnapshot
from ...text.calls import block_words, brought_words
from ...text.plain import clock_length, shown
from ..kit.lines import Line, Span, cut, length
from ..kit.panel import Panel
from ..kit.view import View
from .facts import TodayFacts

_USUAL = 50 * 60  # seconds of the first block, unless said otherwise
_HEARTBEAT = 30  # seconds between two times that it is written as seen


class BlockLine(Panel[TodayFacts, None]):
    """One line while a block is open; none else."""

    shows = ("snapshot.block", "block_left", "following")

    def watch_facts(self, before: TodayFacts | None, facts: TodayFacts | None) -> None:
        self.set_class(bool(facts and facts.snapshot.block), "-open")
        super().watch_facts(before, facts)

    def shown_of(self, facts: TodayFacts) -> object:
        return super().shown_of(facts) if facts.snapshot.block is not None else None

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """`BLOCK 23:10 left · 14 dials · 3 conversations · next Tidal Works`."""
        block = facts.snapshot.block
        if block is None:
            return ()
        left = f"{clock_length(facts.block_left)} left" if facts.block_left else "over"
        head: tuple[Span, ...] = (("  BLOCK ", "accent"), (left, "strong"))
        words = block_words(block.dials, block.conversations)
        if facts.following is not None:
            words += f" · next {shown(facts.following.buyer.contact.name)}"
        right: tuple[Span, ...] = (("B", "accent"), (" ends it ", "muted"))
        room = width - length(head) - length(right) - 4
        return (Line((*head, (f" · {cut(words, room)}", "text")), right),)


class CallBlocks:
    """What the key does, and the end of a block."""

    def __init__(self, view: View[DaySnapshot]) -> None:
        self._view = view
        self._seen_at: datetime | None = None
        self._asked_about: datetime | None = None

    def toggle(self) -> None:
        """Ask how long a block is to last, or end the one that is open."""
        block = self._view.snapshot.block
        if block is not None:
            is_over = self._view.clock.now() >= block.ends_at
            self._finish(block) if is_over else self._end(block)
            return
        from ...text.parse.days import parse_until
        from ...text.parse.values import parse_seconds
        from ..kit.fields import text_field
        from ..kit.form import Form

        view, blocks = self._view, self._view.store.blocks
        usual = blocks.last_planned() or _USUAL

        def read(typed: str) -> int:
            until = parse_until(typed, view.clock.now().astimezone(view.clock.zone()))
            return parse_seconds(typed) if until is None else until

        def begin(planned: int) -> None:
            view.do(lambda: blocks.start(planned))
            self._seen_at = view.clock.now()

        placeholder = f"{usual // 60}, or until 10:00"
        field = text_field("planned", "How long", placeholder=placeholder, read=read, blank=usual)
        hint = "Enter begins it: minutes, or until a time"
        view.app.push_screen(Form("Call block", [field], begin, save_word="Begin", hint=hint))

    def watch(self, now: datetime, *, is_free: bool) -> None:
        """End a block whose time is over, unless a call goes on; ask about one left alone."""
        view, block = self._view, self._view.snapshot.block
        if block is None:
            return
        if now < block.ends_at:
            if self._seen_at is None or (now - self._seen_at).total_seconds() >= _HEARTBEAT:
                self._seen_at = now
                seen = partial(view.attempt, view.store.blocks.seen)
                view.call_later(view.turns.do, None, seen)
        elif self._asked_about != block.started_at and is_free and not view.snapshot.is_talking:
            self._asked_about = block.started_at
            self._finish(block)

    def _finish(self, block: Block) -> None:
        """End one whose time is over as planned, or ask when it ended where nobody saw it."""
        view = self._view
        found = view.store.blocks.last_seen()
        if not block.was_left(found):
            self._end(block, block.ends_at)
            return
        from ..kit.dialog import Question

        last_seen = found or block.started_at

        def clock(moment: datetime) -> str:
            return f"{moment.astimezone(view.clock.zone()):%H:%M}"

        def discard() -> None:
            view.do(lambda: view.store.blocks.discard(block.started_at))

        question = Question(
            f"A call block was left open since {clock(block.started_at)}",
            ["It fills no quota: only what blocks bring is counted."],
            [("1", f"It ended as planned, {clock(block.ends_at)}",
              lambda: self._end(block, block.ends_at)),
             ("2", f"It ended when last seen, {clock(last_seen)}",
              lambda: self._end(block, last_seen)),
             ("3", "It ends now", lambda: self._end(block)),
             ("4", "Discard it", discard)],
            leave="Esc  Ask me later",
        )  # fmt: skip
        view.app.push_screen(question)

    def _end(self, block: Block, at: datetime | None = None) -> None:
        view = self._view

        def end() -> None:
            done = view.attempt(lambda: view.store.blocks.end(block.started_at, at))
            if done is not None:
                view.say(brought_words(*done), stays=True)

        view.call_later(view.turns.do, lambda: "Ending the block", end)
