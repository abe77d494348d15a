"""An import that is tried or done, and what it says of how it was read and what it added."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from ..domain.errors import NeedleError
from ..text.format import counted, joined, plural, promise, quoted, shown
from .hints import WAYS
from .output import say

if TYPE_CHECKING:
    from ..exchange.reading import Reading, Request
    from ..exchange.records import BadRow
    from ..exchange.tables.rejects import Rejects
    from ..store.exports.import_result import ImportResult
    from ..store.imports.content import ActivitySummary, ImportedEntry, ImportSummary
    from ..store.store import Store

_LISTED = 20
_ROWS_A_STEP = 500


class Attempt(Struct, frozen=True):
    """An import that was tried or done."""

    path: Path
    reading: "Reading"
    done: "ImportSummary"
    first_bad: "Sequence[BadRow]"
    bad: int
    kept_in: Path | None
    """Where the bad rows are; None: nowhere."""
    is_trial: bool

    @property
    def size(self) -> int:
        """How much it adds."""
        return self.done.added + self.done.days_off

    @property
    def can_be_read(self) -> bool:
        """Whether it holds anything at all."""
        done = self.done
        nothing = not (done.added or done.known or done.days_off or done.days_off_known)
        return not self.bad or not nothing or bool(done.activities)

    def tell(self, *, was_said: bool = False) -> None:
        """Say all of it, or only what came of it where the rest was said of the trial before.

        Raises:
            NeedleError: when no row of the file can be read.
        """
        if not was_said:
            for sentence in self.reading.said:
                say(sentence)
            for hint in self.reading.hints:
                say(f"To have that otherwise: {WAYS[hint]}.")
            _say_activities(self.done.activities)
            _say_what_is_odd(self)
            for bad in self.first_bad:
                say(_bad_words(self.reading, bad))
            if self.bad > len(self.first_bad):
                say(f"… and {self.bad - len(self.first_bad):,} more.")
        _say_where_the_bad_are(self)
        if not self.can_be_read:
            raise NeedleError(f"{self.path.name} holds nothing but {counted(self.bad, 'bad row')}.")
        _say_what_was_done(self)


class OursAttempt(Struct, frozen=True):
    """The same of what needle export wrote."""

    path: Path
    done: "ImportResult"
    is_trial: bool

    @property
    def size(self) -> int:
        """How much it adds."""
        return self.done.size

    def tell(self, *, was_said: bool = False) -> None:
        """Say all of it, or only what came of it."""
        if not was_said:
            _say_what_it_means(self)
        result = self.done
        known = f"{counted(result.known, 'entry is', 'entries are')} here already"
        said = f"{'Would add' if self.is_trial else 'Added'} {result.words}"
        say(f"{said}." if result.is_whole else f"{said}; {known}.")
        _say_how_to_go_back(changed=result.changed_anything, is_trial=self.is_trial)


def attempt_import(
    store: "Store",
    request: "Request",
    trial: bool,
    *,
    source: str | None,
    activity: str | None,
    strict: bool,
) -> Attempt:
    """Try an import, or do it.

    Raises:
        NeedleError: when it cannot be, or is strict and a row is bad.
    """
    from ..exchange.formats import opened_file
    from ..exchange.tables.rejects import Rejects

    with (
        opened_file(request) as reading,
        Rejects(reading.columns, reading.delimiter) as rejects,
        _progress(reading) as step,
    ):
        if activity and reading.activities:
            reading.said.append(
                "As all of it goes to one activity, promises and days off of the file are left out."
            )
        done = store.imports.add(
            _good(reading, rejects, step, strict=strict),
            source=reading.source if source is None else source,
            file_name=shown(request.path.name),
            activity=activity,
            activities=reading.activities,
            days_off=() if activity else reading.days_off,
            dry_run=trial,
        )
        beside = Path(request.path.name) if request.is_piped else request.path
        kept_in = rejects.save(beside) if rejects.count and not trial else None
        return Attempt(
            request.path, reading, done, rejects.first, rejects.count, kept_in, is_trial=trial
        )


def _good(
    reading: "Reading", rejects: "Rejects", step: Callable[[], None], *, strict: bool
) -> "Iterator[ImportedEntry]":
    from ..exchange.records import BadRow

    for number, record in enumerate(reading.records):
        if number % _ROWS_A_STEP == 0:
            step()
        if not isinstance(record, BadRow):
            yield record
        elif strict:
            why = _bad_words(reading, record)
            raise NeedleError(
                f"{why[0].upper()}{why[1:]} Nothing was changed: correct it, or leave --strict out."
            )
        else:
            rejects.add(record)


@contextmanager
def _progress(reading: "Reading") -> Iterator[Callable[[], None]]:
    """A bar by the bytes read, where somebody looks."""
    if not reading.size or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=reading.size, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(reading.bytes_read() - bar.pos)
        bar.update(reading.size - bar.pos)


def _bad_words(reading: "Reading", bad: "BadRow") -> str:
    """As `line 3: “x” is no length of time`, with how to mend it."""
    return NeedleError(f"{reading.row_word} {bad.line}: {bad.why}.", bad.hint).told(WAYS)


def _say_activities(activities: "Sequence[ActivitySummary]") -> None:
    made = [item for item in activities if item.created]
    for item in made[:_LISTED]:
        terms = promise(item.terms, is_sales=False) if item.terms else "nothing promised"
        say(f"New activity {quoted(item.into)} ({terms}): {_entries(item.added)}.")
    if len(made) > _LISTED:
        say(f"… and {len(made) - _LISTED} more new activities.")
    for item in [item for item in activities if not item.created][:_LISTED]:
        same = quoted(item.name)
        if item.name != item.into:
            same = f"{quoted(item.name)} goes to {quoted(item.into)}, which"
        kept = ", and its promise stays as it is" if item.terms else ""
        say(f"{same} is here already{kept}: {_entries(item.added)}.")


def _entries(number: int) -> str:
    return counted(number, "entry", "entries")


def _say_what_is_odd(attempt: Attempt) -> None:
    reading = attempt.reading
    if reading.left_out:
        left = "; ".join(f"{what} ({number:,})" for what, number in reading.left_out.items())
        say(f"Left out: {left}.")
    for flag in reading.flags[:_LISTED]:
        say(f"{reading.row_word} {flag.line}: {flag.what}. It is kept as it is.")
    if len(reading.flags) > _LISTED:
        say(f"… and {len(reading.flags) - _LISTED:,} more that look odd.")


def _say_where_the_bad_are(attempt: Attempt) -> None:
    if not attempt.bad or attempt.is_trial:
        return
    rows = f"{attempt.bad:,} bad {plural(attempt.bad, 'row')}"
    if attempt.kept_in is None:
        say(f"The {rows} could not be kept: import again from a folder that you can write to.")
    elif attempt.reading.can_be_corrected:
        say(f"The {rows} can be corrected in {attempt.kept_in} and imported from there.")
    else:
        say(f"The bad rows are listed in {attempt.kept_in}.")


def _say_what_was_done(attempt: Attempt) -> None:
    done = attempt.done
    added = f"{'Would add' if attempt.is_trial else 'Added'} {_entries(done.added)}"
    if done.days_off:
        added += f" and {counted(done.days_off, 'day')} off"
    if done.added and done.activity:
        added += f" to {quoted(done.activity)}{', which is new' if done.created_activity else ''}"
    say(f"{added}; {done.known:,} already here, {attempt.bad:,} bad.")
    if done.without_outcome:
        say(f"Without an outcome, counted as talked: {done.without_outcome:,}.")
    _say_how_to_go_back(changed=done.changed_anything, is_trial=attempt.is_trial)


def _say_what_it_means(attempt: OursAttempt) -> None:
    result = attempt.done
    say(f"{attempt.path.name} is an export of Needlemover.")
    if result.is_whole:
        say("There is no data here yet, so everything comes as it was, settings included.")
        return
    say("What is here stays as it is, settings and promises included; only what is new is added.")
    if result.same_activities:
        names = joined([quoted(name) for name in result.same_activities])
        say(f"The same activity here and there: {names}.")
    if result.other_settings:
        say(f"Chosen otherwise in the file: {', '.join(result.other_settings)}.")
    if result.left_timer:
        say("The timer that ran when it was exported is left out.")


def _say_how_to_go_back(*, changed: bool, is_trial: bool) -> None:
    if not changed:
        say("There was nothing new in it, so nothing was changed.")
    elif not is_trial:
        say("To take them back: needle undo.")
