"""An import that is tried or done, and what it says of how it was read and what it added."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from msgspec import Struct

from ..domain.errors import NeedleError
from ..exchange.formats import opened_file
from ..exchange.reading import BadRow, Reading, Request
from ..exchange.tables.leads import read_leads
from ..exchange.tables.rejects import Rejects
from ..store.exports.import_result import ImportResult
from ..store.imports.content import ActivitySummary, ImportedEntry, ImportSummary
from ..store.store import Store
from ..text.format import counted, joined, plural, promise, quoted, shown
from .hints import WAYS
from .output import say

_LISTED = 20
_ROWS_A_STEP = 500


class Attempt(Struct, frozen=True):
    """What an import that was tried or done came to."""

    size: int
    """How much it adds."""
    how: Sequence[str]
    """Sentences: how the file was read, and what is odd about it."""
    what: Sequence[str]
    """Sentences: what was added."""
    refusal: str = ""
    """Why nothing could be: no row of the file can be read."""

    def tell(self, *, was_said: bool = False) -> None:
        """Say all of it, or only what came of it where the rest was said of the trial before."""
        for sentence in self.what if was_said else (*self.how, *self.what):
            say(sentence)
        if self.refusal:
            raise NeedleError(self.refusal)


def attempt_ours(path: Path, done: ImportResult, *, is_trial: bool) -> Attempt:
    """What came of a file that needle export wrote."""
    added = f"{'Would add' if is_trial else 'Added'} {done.words}"
    if not done.is_whole:
        added += f"; {counted(done.known, 'entry is', 'entries are')} here already"
    back = _way_back(changed=done.changed_anything, is_trial=is_trial)
    return Attempt(done.size, tuple(_meaning(path, done)), (f"{added}.", *back))


def attempt_list(store: Store, path: Path, *, is_trial: bool) -> Attempt:
    """What came of a list of buyers to call."""
    said: list[str] = []
    leads = list(read_leads(path, said))
    added = store.contacts.add_list(leads, shown(path.name), dry_run=is_trial)
    words = f"{'Would add' if is_trial else 'Added'} {counted(added, 'contact')} to the list"
    if left := len(leads) - added:
        words += f"; {left:,} on it already, there twice, or never to be called"
    return Attempt(added, said, (f"{words}.", *_way_back(changed=added > 0, is_trial=is_trial)))


def attempt_import(
    store: Store,
    request: Request,
    trial: bool,
    *,
    source: str | None,
    activity: str | None,
    strict: bool,
) -> Attempt:
    """Try an import, or do it; where it is strict, a bad row is an error."""
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
        how = tuple(_how_it_was_read(reading, done, rejects))
        bad = _where_the_bad_are(rejects.count, reading, kept_in) if not trial else ()
        if rejects.count and not done.holds_anything:
            nothing = f"{request.path.name} holds nothing but {counted(rejects.count, 'bad row')}."
            return Attempt(0, how, tuple(bad), nothing)
        added = (*bad, *_what_was_done(done, rejects.count, is_trial=trial))
        return Attempt(done.added + done.days_off, how, added)


def _good(
    reading: Reading, rejects: Rejects, step: Callable[[], None], *, strict: bool
) -> Iterator[ImportedEntry]:
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
def _progress(reading: Reading) -> Iterator[Callable[[], None]]:
    """A bar by the bytes read, where somebody looks."""
    if not reading.size or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=reading.size, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(reading.bytes_read() - bar.pos)
        bar.update(reading.size - bar.pos)


def _bad_words(reading: Reading, bad: BadRow) -> str:
    """As `line 3: “x” is no length of time`, with how to mend it."""
    return NeedleError(f"{reading.row_word} {bad.line}: {bad.why}.", bad.hint).told(WAYS)


def _how_it_was_read(reading: Reading, done: ImportSummary, rejects: Rejects) -> Iterator[str]:
    yield from reading.said
    for hint in reading.hints:
        yield f"To have that otherwise: {WAYS[hint]}."
    yield from _activities(done.activities)
    if reading.left_out:
        left = "; ".join(f"{what} ({number:,})" for what, number in reading.left_out.items())
        yield f"Left out: {left}."
    for flag in reading.flags[:_LISTED]:
        yield f"{reading.row_word} {flag.line}: {flag.what}. It is kept as it is."
    if len(reading.flags) > _LISTED:
        yield f"… and {len(reading.flags) - _LISTED:,} more that look odd."
    for bad in rejects.first:
        yield _bad_words(reading, bad)
    if rejects.count > len(rejects.first):
        yield f"… and {rejects.count - len(rejects.first):,} more."


def _activities(activities: Sequence[ActivitySummary]) -> Iterator[str]:
    made = [item for item in activities if item.created]
    for item in made[:_LISTED]:
        terms = promise(item.terms, is_sales=False) if item.terms else "nothing promised"
        yield f"New activity {quoted(item.into)} ({terms}): {_entries(item.added)}."
    if len(made) > _LISTED:
        yield f"… and {len(made) - _LISTED} more new activities."
    for item in [item for item in activities if not item.created][:_LISTED]:
        same = quoted(item.name)
        if item.name != item.into:
            same = f"{quoted(item.name)} goes to {quoted(item.into)}, which"
        kept = ", and its promise stays as it is" if item.terms else ""
        yield f"{same} is here already{kept}: {_entries(item.added)}."


def _entries(number: int) -> str:
    return counted(number, "entry", "entries")


def _where_the_bad_are(bad: int, reading: Reading, kept_in: Path | None) -> Iterator[str]:
    rows = f"{bad:,} bad {plural(bad, 'row')}"
    if bad and kept_in is None:
        yield f"The {rows} could not be kept: import again from a folder that you can write to."
    elif bad and reading.can_be_corrected:
        yield f"The {rows} can be corrected in {kept_in} and imported from there."
    elif bad:
        yield f"The bad rows are listed in {kept_in}."


def _what_was_done(done: ImportSummary, bad: int, *, is_trial: bool) -> Iterator[str]:
    added = f"{'Would add' if is_trial else 'Added'} {_entries(done.added)}"
    if done.days_off:
        added += f" and {counted(done.days_off, 'day')} off"
    if done.added and done.activity:
        added += f" to {quoted(done.activity)}{', which is new' if done.created_activity else ''}"
    yield f"{added}; {done.known:,} already here, {bad:,} bad."
    if done.without_outcome:
        yield f"Without an outcome, counted as talked: {done.without_outcome:,}."
    yield from _way_back(changed=done.changed_anything, is_trial=is_trial)


def _meaning(path: Path, done: ImportResult) -> Iterator[str]:
    yield f"{path.name} is an export of Needlemover."
    if done.is_whole:
        yield "There is no data here yet, so everything comes as it was, settings included."
        return
    yield "What is here stays as it is, settings and promises included; only what is new is added."
    if done.same_activities:
        names = joined([quoted(name) for name in done.same_activities])
        yield f"The same activity here and there: {names}."
    if done.other_settings:
        yield f"Chosen otherwise in the file: {', '.join(done.other_settings)}."
    if done.left_timer:
        yield "The timer that ran when it was exported is left out."


def _way_back(*, changed: bool, is_trial: bool) -> Iterator[str]:
    if not changed:
        yield "There was nothing new in it, so nothing was changed."
    elif not is_trial:
        yield "To take them back: needle undo."
